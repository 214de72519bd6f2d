const LEVEL_RATES = [0.1, 0.25, 0.5, 0.9];
const SLOPE_RATES = [0.03, 0.15];
const DAMPINGS = [0.85, 0.97];
const CLIP = 3;
const SIZE_RATE = 0.1;

/** Level and slope after each step, `[step]`, of one way of smoothing, and how its slope fades. */
export interface TrendCandidate {
  readonly damping: number;
  readonly levels: Float64Array;
  readonly slopes: Float64Array;
}

/**
 * Damped-trend exponential smoothings of a series, some without a trend; a surprise of more than three usual ones counts
 * as three, so that one odd day doesn't move the level.
 */
export function trendCandidates(values: Float64Array): TrendCandidate[] {
  const candidates: TrendCandidate[] = [];
  for (const rate of LEVEL_RATES) {
    candidates.push(smoothed(values, rate, 0, 0));
    for (const slopeRate of SLOPE_RATES) {
      for (const damping of DAMPINGS) {
        candidates.push(smoothed(values, rate, slopeRate, damping));
      }
    }
  }
  return candidates;
}

/** What the candidate says at `origin` of the value `lead` steps later. */
export function trendAt({ damping, levels, slopes }: TrendCandidate, origin: number, lead: number): number {
  const steps = damping === 0 ? 0 : (damping * (1 - damping ** lead)) / (1 - damping);
  return levels[origin]! + slopes[origin]! * steps;
}

function smoothed(values: Float64Array, rate: number, slopeRate: number, damping: number): TrendCandidate {
  const levels = new Float64Array(values.length);
  const slopes = new Float64Array(values.length);
  let level = values[0]!;
  let slope = 0;
  let size = 0;
  values.forEach((value, t) => {
    const expected = level + damping * slope;
    const surprise = value - expected;
    const bound = t < 5 || size === 0 ? Math.abs(surprise) : CLIP * size;
    const taken = Math.max(-bound, Math.min(bound, surprise));
    size += (t < 5 ? 0.5 : SIZE_RATE) * (Math.min(Math.abs(surprise), 2 * bound) - size);
    const ownRate = Math.max(rate, 1 / (t + 1));
    const next = expected + ownRate * taken;
    slope = damping * slope + slopeRate * ownRate * taken;
    level = next;
    levels[t] = level;
    slopes[t] = slope;
  });
  return { damping, levels, slopes };
}
