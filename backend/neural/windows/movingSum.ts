const MAX_LAG = 300;
const MIN_LAG = 6;
const READ_STEPS = 4096;
const MIN_DIFFERENCES = 600;
/** The differences of a trailing sum of unrelated events correlate by -0.5 at its length. */
const STRENGTH = -0.38;

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
  let best = 0;
  let strongest = STRENGTH;
  for (let lag = MIN_LAG; lag <= Math.min(MAX_LAG, count >> 2); lag++) {
    let sum = 0;
    for (let i = lag; i < count; i++) {
      sum += differences[i]! * differences[i - lag]!;
    }
    const correlation = ((sum / power) * count) / (count - lag);
    if (correlation < strongest) {
      strongest = correlation;
      best = lag;
    }
  }
  return best;
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
