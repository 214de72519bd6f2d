import type { SyntheticSeries, SyntheticShape } from '../syntheticSeries.ts';
import type { Account } from './account.ts';
import { meanSize } from '../../meanSize.ts';

const LARGEST_MEAN = 1e9;

export interface Finish {
  readonly family: string;
  /** What the values are multiplied by; the account's level unless given. */
  readonly level?: number;
  /** Steps in the planted cycle; that of the shape unless given. */
  readonly seasonSteps?: number;
  readonly driver?: Float32Array;
  /** Before the level, as the values are. */
  readonly driven?: Float64Array;
  readonly sumSteps?: number;
  /** True where values below 0 stay. */
  readonly isSigned?: boolean;
}

/** The series of these values, brought to its level; not below 0 unless signed, of a mean size of at most 1e9. */
export function finished(
  values: Float64Array,
  account: Account,
  shape: SyntheticShape,
  finish: Finish
): SyntheticSeries {
  const {
    family,
    level = account.level,
    seasonSteps = shape.seasonSteps,
    driver,
    driven,
    sumSteps,
    isSigned = false,
  } = finish;
  const factor = Math.min(level, LARGEST_MEAN / (meanSize(values) || 1));
  const out = new Float32Array(values.length);
  for (let t = 0; t < out.length; t++) {
    const value = values[t]! * factor;
    out[t] = value < 0 && !isSigned ? 0 : value;
  }
  return {
    values: out,
    stepSeconds: shape.stepSeconds,
    seasonSteps,
    startSeconds: account.startSeconds,
    categories: account.categories,
    family,
    ...(driver === undefined ? {} : { driver }),
    ...(driven === undefined ? {} : { driven: Float32Array.from(driven, (each) => factor * each) }),
    ...(sumSteps === undefined ? {} : { sumSteps }),
  };
}
