import { quantileSorted } from '../../statistics/index.ts';
import { blockMoments, type Observations } from './blockMoments.ts';
import { boundedRidge } from './boundedRidge.ts';
import { fittingErrors } from './fittingErrors.ts';
import { penaltyOf, usedColumns, type RegressionColumn, type Variant } from './regressionVariant.ts';

const REWEIGHTINGS = 2;
const HUBER = 2.5;
const FIRST: Variant = { isBent: true, hasLags: true, isDaily: false };

/**
 * Gives rows far from a first fit, made on a part of them, less weight, in place. Source: Huber (1964).
 */
export function weighRows(data: Observations, columns: readonly RegressionColumn[]): void {
  const part = everyFourth(data);
  const count = part.truths.length;
  const isUsed = usedColumns(columns, FIRST);
  const signs = new Int8Array(columns.length);
  for (let round = 0; round <= REWEIGHTINGS; round++) {
    const moments = blockMoments(part, 0, count);
    const fit = boundedRidge({ ...moments, penalty: penaltyOf(columns, moments, FIRST), signs, isUsed });
    reweigh(round === REWEIGHTINGS ? data : part, fit);
  }
}

function everyFourth({ rows, truths, weights, columnCount }: Observations): Observations {
  const kept = Array.from({ length: Math.ceil(truths.length / 4) }, (_, i) => 4 * i);
  const part = new Float64Array(kept.length * columnCount);
  kept.forEach((row, i) => {
    part.set(rows.subarray(row * columnCount, (row + 1) * columnCount), i * columnCount);
  });
  return {
    rows: part,
    truths: Float64Array.from(kept, (row) => truths[row]!),
    weights: Float64Array.from(kept, (row) => weights[row]!),
    columnCount,
  };
}

function reweigh(data: Observations, coefficients: Float64Array): void {
  const errors = new Float64Array(data.truths.length);
  fittingErrors(data, coefficients, errors, 0, errors.length);
  const sorted = errors.map(Math.abs).sort();
  const scale = Math.max(1.5 * quantileSorted(sorted, 0.5), quantileSorted(sorted, 0.9) / 2);
  errors.forEach((error, row) => {
    data.weights[row] = Math.min(1, (HUBER * scale) / Math.max(1e-300, Math.abs(error)));
  });
}
