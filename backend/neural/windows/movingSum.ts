const MAX_LAG = 300;
const MIN_LAG = 6;
const READ_STEPS = 4096;
const MIN_DIFFERENCES = 600;
/** The differences of a trailing sum of unrelated events correlate by -0.5 at its length. */
const STRENGTH = -0.38;
/** Lags are looked at on the newest differences first, and only what may be one on all of them. */
const SCREENED_STEPS = 2100;
const SCREEN_STRENGTH = -0.2;

/**
 * The window, in steps, of which the series is a trailing sum, 0 where it is none: the differences of such a sum
 * correlate by about -0.5 at the lag of its window, and hardly elsewhere.
 */
export function movingSumSteps(values: Float64Array, end: number): number {
  const start = Math.max(1, end - READ_STEPS);
  const count = end - start;
  if (count < MIN_DIFFERENCES) {
    return 0;
  }
  const differences = new Float64Array(count);
  let power = 0;
  for (let i = 0; i < count; i++) {
    const difference = values[start + i]! - values[start + i - 1]!;
    differences[i] = Number.isFinite(difference) ? difference : 0;
    power += differences[i]! ** 2;
  }
  if (power === 0) {
    return 0;
  }
  const screened = Math.max(0, count - SCREENED_STEPS);
  let best = 0;
  let strongest = STRENGTH;
  for (let lag = MIN_LAG; lag <= Math.min(MAX_LAG, count >> 2); lag++) {
    if (correlationAt(differences, lag, screened) < SCREEN_STRENGTH) {
      const correlation = correlationAt(differences, lag, 0);
      if (correlation < strongest) {
        strongest = correlation;
        best = lag;
      }
    }
  }
  return best;
}

/** The correlation of differences `lag` steps apart, of those from `start` on. */
function correlationAt(differences: Float64Array, lag: number, start: number): number {
  const from = start + lag;
  let sum = 0;
  let power = 0;
  for (let i = from; i < differences.length; i++) {
    sum += differences[i]! * differences[i - lag]!;
    power += differences[i]! * differences[i]!;
  }
  return power === 0 ? 0 : sum / power;
}

/**
 * Running totals of the events behind a trailing sum over `steps` steps: `totals[i]` is how much had come before step
 * `i`, `[end + 1]`. In each chain of steps a window apart the least is taken for none.
 */
export function eventTotals(values: Float64Array, end: number, steps: number): Float64Array {
  const events = new Float64Array(end);
  for (let i = steps; i < end; i++) {
    events[i] = events[i - steps]! + values[i]! - values[i - 1]!;
  }
  for (let phase = 0; phase < steps && phase < end; phase++) {
    let least = Number.POSITIVE_INFINITY;
    for (let i = phase; i < end; i += steps) {
      least = Math.min(least, events[i]!);
    }
    for (let i = phase; i < end; i += steps) {
      events[i]! -= least;
    }
  }
  const totals = new Float64Array(end + 1);
  for (let i = 0; i < end; i++) {
    totals[i + 1] = totals[i]! + events[i]!;
  }
  return totals;
}
