import { normalCdf, normalQuantile } from '../../statistics/index.ts';

/** Of the grid that the undecided part of the sum lies on; the bounds are good to four digits. */
const GRID = 101;
const REACH = 8;
const MOST_KEPT = 200;

/** One look: how much was measured until then, and which part of the time was over. */
export interface SpentLook {
  readonly count: number;
  /** Above 0, at most 1. */
  readonly time: number;
}

/** The bound of a look. */
export interface SpentBound {
  readonly count: number;
  /** How far a standardised estimate must lie from zero; infinite while nothing was measured. */
  readonly bound: number;
  /** Where the sum of differences of variance 1 lay at the look before, with the weights of a rule for integrals. */
  readonly before: SumDensity | undefined;
}

export interface SumDensity {
  readonly count: number;
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The bounds of looks, in order of time, that all together err with probability `errorRate`: alpha spending after O'Brien
 * and Fleming, by time.
 *
 * Sources: Lan and DeMets, Discrete sequential boundaries for clinical trials (1983); the recursion is that of Armitage,
 * McPherson and Rowe (1969).
 */
export function spentBounds(looks: readonly SpentLook[], errorRate: number): readonly SpentBound[] {
  const bounds: SpentBound[] = [];
  const z = normalQuantile(1 - errorRate / 4);
  let key = String(errorRate);
  let last: SpentBound | undefined;
  let spent = 0;
  for (const { count, time } of looks) {
    if (!(count > (last?.count ?? 0))) {
      // Nothing new was measured: nothing is spent.
      bounds.push(last ?? { count, bound: Number.POSITIVE_INFINITY, before: undefined });
      continue;
    }
    const due = 4 * (1 - normalCdf(z / Math.sqrt(time)));
    key += ` ${String(count)}/${String(time)}`;
    const kept = known.get(key);
    last = kept ?? nextBound(last, count, due - spent);
    if (kept === undefined) {
      if (known.size >= MOST_KEPT) {
        known.clear();
      }
      known.set(key, last);
    }
    bounds.push(last);
    spent = due;
  }
  return bounds;
}

/** The same looks are asked for again and again, and always have the same bounds. */
const known = new Map<string, SpentBound>();

function nextBound(last: SpentBound | undefined, count: number, spend: number): SpentBound {
  const before = last === undefined ? undefined : undecided(last);
  const deviation = Math.sqrt(count - (last?.count ?? 0));
  // Below and above are alike.
  const beyond = (bound: number): number =>
    before === undefined
      ? 2 * (1 - normalCdf(bound / deviation))
      : 2 * before.points.reduce((sum, at, i) => sum + before.weights[i]! * normalCdf((at - bound) / deviation), 0);
  let [low, high] = [0, REACH * Math.sqrt(count)];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    [low, high] = beyond(middle) > spend ? [middle, high] : [low, middle];
  }
  return { count, bound: high / Math.sqrt(count), before };
}

/** The density of the sum at a look where no bound was crossed until then, by Simpson's rule. */
function undecided({ count, bound, before }: SpentBound): SumDensity {
  const edge = bound * Math.sqrt(count);
  const deviation = Math.sqrt(count - (before?.count ?? 0));
  const width = (2 * edge) / (GRID - 1);
  const points = Float64Array.from({ length: GRID }, (_, i) => -edge + i * width);
  const weights = points.map((point, i) => {
    const rule = (width / 3) * (i === 0 || i === GRID - 1 ? 1 : i % 2 === 1 ? 4 : 2);
    const value =
      before === undefined
        ? gauss(point, deviation)
        : before.points.reduce((sum, from, j) => sum + before.weights[j]! * gauss(point - from, deviation), 0);
    return rule * value;
  });
  return { count, points, weights };
}

function gauss(x: number, deviation: number): number {
  return Math.exp(-0.5 * (x / deviation) ** 2) / (deviation * Math.sqrt(2 * Math.PI));
}
