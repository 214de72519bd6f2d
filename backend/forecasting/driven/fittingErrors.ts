import type { Observations } from './blockMoments.ts';

/** Writes truths less fit into `errors` for the rows from `from` up to, not including, `to`. */
export function fittingErrors(
  { rows, truths, columnCount }: Observations,
  coefficients: Float64Array,
  errors: Float64Array,
  from: number,
  to: number
): void {
  for (let row = from; row < to; row++) {
    let rest = truths[row]!;
    for (let i = 0; i < columnCount; i++) {
      rest -= coefficients[i]! * rows[row * columnCount + i]!;
    }
    errors[row] = rest;
  }
}
