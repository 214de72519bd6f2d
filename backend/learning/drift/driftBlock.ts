import { quantileSorted } from '../../statistics/index.ts';

/** The quantiles 0.1, 0.5 and 0.9 that were foreseen for each truth of a block; NaN where nothing was. */
export interface ForeseenBlock {
  readonly low: ArrayLike<number>;
  readonly median: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

/** An hour of truths (one step, where that is longer) beside what was foreseen at its start and six hours before. */
export interface DriftInput {
  readonly startSeconds: number;
  /** NaN is missing. */
  readonly truths: ArrayLike<number>;
  readonly near?: ForeseenBlock;
  readonly far?: ForeseenBlock;
}

/** What is kept of a block; residuals in standard deviations of the forecast, `null` where too little was measured. */
export interface DriftBlock {
  readonly startSeconds: number;
  readonly mean: number | null;
  /** Mean of the medians foreseen six hours before. */
  readonly farMean: number | null;
  /** The 0.3, 0.5 and 0.7 quantiles of the block's residuals. */
  readonly near: readonly [number, number, number] | null;
  readonly far: readonly [number, number, number] | null;
  readonly spread: number | null;
}

const LEAST_SHARE = 0.75;
const BAND_DEVIATIONS = 1.2816;
/** Residuals beyond this many deviations say no more than those at it. */
const MOST_DEVIATIONS = 50;
/** The least width of a half of the band, as a share of the widest in its block. */
const LEAST_WIDTH = 0.02;

export function driftBlock(input: DriftInput): DriftBlock {
  const truths = Array.from(input.truths);
  const known = truths.filter((truth) => Number.isFinite(truth));
  const isKnown = known.length > 0 && known.length >= LEAST_SHARE * truths.length;
  const near = isKnown && input.near !== undefined ? residuals(truths, input.near) : [];
  const far = isKnown && input.far !== undefined ? residuals(truths, input.far) : [];
  const least = Math.max(1, LEAST_SHARE * truths.length);
  const thirds = (values: readonly number[]): DriftBlock['near'] =>
    values.length < least
      ? null
      : [quantileSorted(values, 0.3), quantileSorted(values, 0.5), quantileSorted(values, 0.7)];
  const farMedians = Array.from(input.far?.median ?? []).filter(
    (each, i) => Number.isFinite(truths[i]) && Number.isFinite(each)
  );
  return {
    startSeconds: input.startSeconds,
    mean: isKnown ? meanOf(known) : null,
    farMean: isKnown && farMedians.length >= least ? meanOf(farMedians) : null,
    near: thirds(near),
    far: thirds(far),
    spread: near.length < Math.max(4, least) ? null : spreadAround(truths, input.near!.median),
  };
}

/** Ascending. A half of the band that is next to nothing counts as wide as a small part of the widest. */
function residuals(truths: readonly number[], { low, median, high }: ForeseenBlock): readonly number[] {
  const widths = truths.map((_, i) => Math.max(high[i]! - median[i]!, median[i]! - low[i]!));
  const widest = Math.max(...widths.filter((width) => Number.isFinite(width)), 0);
  return truths
    .flatMap((truth, index) => {
      const error = truth - median[index]!;
      const half = error > 0 ? high[index]! - median[index]! : median[index]! - low[index]!;
      const deviation = Math.max(half, LEAST_WIDTH * widest) / BAND_DEVIATIONS;
      const residual = error === 0 ? 0 : error / deviation;
      return Number.isNaN(residual) ? [] : [Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, residual))];
    })
    .sort((a, b) => a - b);
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function spreadAround(truths: readonly number[], medians: ArrayLike<number>): number {
  const errors = truths
    .map((truth, index) => truth - medians[index]!)
    .filter((error) => Number.isFinite(error))
    .sort((a, b) => a - b);
  return quantileSorted(errors, 0.75) - quantileSorted(errors, 0.25);
}
