import { carriedForward } from '../carriedForward.ts';

const MAX_LENGTH = 4000;

/** What an external model reads: no gaps, of a size near one, and no longer than it can bear. */
export interface PreparedValues {
  readonly values: Float64Array;
  /** By what forecasts are multiplied to be in the history's unit again. */
  readonly unit: number;
}

/** The last values of a history, ready for an external model; `undefined` where they are all the same or too few. */
export function preparedValues(values: Float64Array, minLength: number): PreparedValues | undefined {
  const first = values.findIndex((value) => !Number.isNaN(value));
  const filled = carriedForward(values.subarray(first)).subarray(-MAX_LENGTH);
  const unit = filled.reduce((sum, value) => sum + Math.abs(value) / filled.length, 0);
  const isConstant = filled.every((value) => value === filled[0]);
  return isConstant || filled.length < minLength ? undefined : { values: filled.map((value) => value / unit), unit };
}
