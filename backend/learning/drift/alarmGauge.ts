const DAY_SECONDS = 86_400;
/** Largest values of so many past days are kept. */
const KEPT_DAYS = 28;
/** With fewer nothing is told from noise. */
export const LEAST_DAYS = 7;
/** Bounds of the power with which the tail falls; what is lighter counts as the second. */
const HEAVIEST_TAIL = 1.5;
const LIGHTEST_TAIL = 6;
/** So many days' worth of belief in the lightest, before a series has shown its own. */
const PRIOR_DAYS = 10;
/** The threshold rests on this share of the largest values, so that no single odd day makes it blind. */
const RANKED_SHARE = 1 / 6;

/** A day counts at most so many times the threshold. */
const MOST_ABOVE = 2;

/** What is believed of how excesses over the median fall (the shape of a generalised Pareto tail), and for how many days' worth. */
const PRIOR_SHAPE = 1 / 3;
const PRIOR_EXCESSES = 20;
const HEAVIEST_SHAPE = 0.6;
/** Days are alike where none lies so many times as high as the usual one. */
const ALIKE = 4;

/**
 * How the largest values go on beyond those that were seen. `power`: as a power of what they are. `excess`: as a power of
 * how far they lie above the usual day, which asks for far less where days are alike, as residuals are of even demand;
 * where they are not, `power` all the same.
 */
export type Tail = 'power' | 'excess';

/** What is known of one statistic: the largest value of each of the last days, and of today. Plain data. */
export interface AlarmGauge {
  readonly maxima: readonly number[];
  readonly daySeconds: number;
  /** Largest value of that day; `null` before the first. */
  readonly today: number | null;
}

export const NEW_GAUGE: AlarmGauge = { maxima: [], daySeconds: 0, today: null };

/**
 * The value that noise of the same kind passes on one day in `alarmDays`; `undefined` while fewer than a week is known.
 *
 * From the k-th largest of n daily maxima, beyond which lies a share of k / (n + 1) of the days whatever their
 * distribution and however the values within a day hang together, extended by a power tail whose power the upper
 * half of them gives. Sources: the order-statistic (conformal) p-value; Hill (1975); Weissman (1978), extrapolation.
 */
export function alarmThreshold({ maxima }: AlarmGauge, alarmDays: number, tail: Tail = 'power'): number | undefined {
  const count = maxima.length;
  if (count < LEAST_DAYS) {
    return undefined;
  }
  const largestFirst = [...maxima].sort((a, b) => b - a);
  if (tail === 'excess' && areAlike(largestFirst)) {
    return excessThreshold(largestFirst, alarmDays);
  }
  const rank = Math.max(1, Math.round(RANKED_SHARE * count));
  const ranked = largestFirst[rank - 1]!;
  return ranked * Math.max(1, (rank * alarmDays) / (count + 1)) ** (1 / tailOf(largestFirst));
}

/** The gauge after a value; a day that is over is kept, at most at what alarmed on it, so that it blinds no later one. */
export function gaugeAfter(
  gauge: AlarmGauge,
  timeSeconds: number,
  value: number,
  alarmDays: number,
  tail: Tail = 'power'
): AlarmGauge {
  const daySeconds = Math.floor(timeSeconds / DAY_SECONDS) * DAY_SECONDS;
  if (daySeconds === gauge.daySeconds || gauge.today === null) {
    return { ...gauge, daySeconds, today: Math.max(value, gauge.today ?? 0) };
  }
  const most = MOST_ABOVE * (alarmThreshold(gauge, alarmDays, tail) ?? Number.POSITIVE_INFINITY);
  const maxima = [...gauge.maxima, Math.min(gauge.today, most)].slice(-KEPT_DAYS);
  return { maxima, daySeconds, today: value };
}

function areAlike(largestFirst: readonly number[]): boolean {
  return largestFirst[0]! < ALIKE * largestFirst[Math.ceil(largestFirst.length / 2)]!;
}

/**
 * The same from excesses over the median: a generalised Pareto tail, its shape by probability-weighted moments drawn
 * towards that of a third power, its scale by the mean. Source: J. Hosking and J. Wallis (1987).
 */
function excessThreshold(largestFirst: readonly number[], alarmDays: number): number {
  const count = Math.ceil(largestFirst.length / 2);
  const usual = largestFirst[count]!;
  const excesses = largestFirst.slice(0, count).map((value) => value - usual);
  const mean = excesses.reduce((sum, excess) => sum + excess, 0) / count;
  const weighted = excesses.reduce((sum, excess, place) => sum + (excess * (place + 0.65)) / count, 0) / count;
  const own = mean > 0 ? Math.max(-0.5, Math.min(1, 2 - mean / (mean - 2 * weighted))) : 0;
  const drawn = (count * own + PRIOR_EXCESSES * PRIOR_SHAPE) / (count + PRIOR_EXCESSES);
  const shape = Math.max(0, Math.min(HEAVIEST_SHAPE, drawn));
  const times = Math.max(1, (count * alarmDays) / (largestFirst.length + 1));
  const reach = shape < 1e-6 ? Math.log(times) : (times ** shape - 1) / shape;
  return usual + mean * (1 - shape) * reach;
}

/** Hill's estimate from the upper half, drawn towards the lightest while there are few. */
function tailOf(largestFirst: readonly number[]): number {
  const count = Math.ceil(largestFirst.length / 2);
  const least = largestFirst[count]!;
  if (!(least > 0)) {
    return HEAVIEST_TAIL;
  }
  const logs = largestFirst.slice(0, count).reduce((sum, value) => sum + Math.log(value / least), 0);
  const mean = (logs + PRIOR_DAYS / LIGHTEST_TAIL) / (count + PRIOR_DAYS);
  return Math.max(HEAVIEST_TAIL, Math.min(LIGHTEST_TAIL, 1 / mean));
}
