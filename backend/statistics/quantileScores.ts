import { pinballLoss } from './pinballLoss.ts';

/** The levels over which CRPS is defined here: 0.1, 0.2 ... 0.9. */
export const CRPS_LEVELS: readonly number[] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** Sums from which the scores of quantile forecasts are made; sums of several forecasts add up. */
export interface QuantileScores {
  readonly levels: readonly number[];
  /** Twice the pinball loss, summed, for each level. */
  readonly losses: Float64Array;
  /** How often the truth was at or below the quantile, for each level. */
  readonly below: Float64Array;
  absoluteTruth: number;
  count: number;
}

/** Scores of no forecast yet. */
export function emptyScores(levels: readonly number[]): QuantileScores {
  return {
    levels,
    losses: new Float64Array(levels.length),
    below: new Float64Array(levels.length),
    absoluteTruth: 0,
    count: 0,
  };
}

/** Adds a forecast, `values` as `[level][step]`, whose truth is `truth`, `[step]`; missing truths are left out. */
export function addScores(scores: QuantileScores, values: Float64Array, truth: Float64Array): void {
  const { levels, losses, below } = scores;
  const steps = truth.length;
  for (let step = 0; step < steps; step++) {
    const value = truth[step]!;
    if (Number.isNaN(value)) {
      continue;
    }
    scores.absoluteTruth += Math.abs(value);
    scores.count++;
    for (let row = 0; row < levels.length; row++) {
      const quantile = values[row * steps + step]!;
      losses[row]! += 2 * pinballLoss(value, quantile, levels[row]!);
      below[row]! += value <= quantile ? 1 : 0;
    }
  }
}

/** Adds the sums of `other`, which has the same levels, to `scores`. */
export function mergeScores(scores: QuantileScores, other: QuantileScores): void {
  other.losses.forEach((loss, row) => (scores.losses[row]! += loss));
  other.below.forEach((count, row) => (scores.below[row]! += count));
  scores.absoluteTruth += other.absoluteTruth;
  scores.count += other.count;
}

/**
 * Weighted quantile loss: the mean over `levels` of `sum 2 * pinball / sum |truth|`; `undefined` without a truth other
 * than zero. With `CRPS_LEVELS` this is the CRPS of `shared/data/README.md`.
 */
export function weightedQuantileLoss(
  scores: QuantileScores,
  levels: readonly number[] = scores.levels
): number | undefined {
  let sum = 0;
  for (const level of levels) {
    sum += scores.losses[rowOf(scores, level)]!;
  }
  return scores.absoluteTruth === 0 ? undefined : sum / levels.length / scores.absoluteTruth;
}

/** The continuous ranked probability score, approximated over the levels 0.1 ... 0.9 and divided by the mean truth. */
export function crps(scores: QuantileScores): number | undefined {
  return weightedQuantileLoss(scores, CRPS_LEVELS);
}

/** Normalised deviation: the sum of the median's absolute errors over the sum of the truth's absolute values. */
export function normalizedDeviation(scores: QuantileScores): number | undefined {
  return scores.absoluteTruth === 0 ? undefined : scores.losses[rowOf(scores, 0.5)]! / scores.absoluteTruth;
}

function rowOf(scores: QuantileScores, level: number): number {
  const row = scores.levels.indexOf(level);
  if (row < 0) {
    throw new RangeError(`there are no scores of level ${String(level)}`);
  }
  return row;
}
