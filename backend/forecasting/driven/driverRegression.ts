import { quantileSorted } from '../../statistics/index.ts';
import { blockMoments, type Moments, type Observations } from './blockMoments.ts';
import { boundedRidge } from './boundedRidge.ts';
import { fittingErrors } from './fittingErrors.ts';
import { penaltyOf, usedColumns, type RegressionColumn, type Variant } from './regressionVariant.ts';
import { weighRows } from './weighRows.ts';

const BLOCKS = 6;
/** A richer variant must beat a simpler one by this share of its loss. */
const SIMPLER_IS_BETTER = 0.005;
const SIGN_AGREEMENT = 0.8;
/** The share of held-out blocks that must be explained better with the drivers than without. */
const BLOCK_AGREEMENT = 0.6;
/** Errors beyond so many times the 95th percentile count no more than it. */
const OUTLIER = 3;

export interface Regression {
  readonly coefficients: Float64Array;
  /** The mean absolute error on blocks not learnt from over that of the controls alone; 1 where few blocks gain. */
  readonly lossShare: number;
  /** The coefficients learnt without each of the blocks. */
  readonly withoutBlock: readonly Float64Array[];
  /** Errors on blocks not learnt from, `[row]`. */
  readonly errors: Float64Array;
}

/** From simple to rich. */
const VARIANTS: readonly Variant[] = [
  { isBent: false, hasLags: false, isDaily: false },
  { isBent: true, hasLags: false, isDaily: false },
  { isBent: false, hasLags: true, isDaily: false },
  { isBent: true, hasLags: true, isDaily: false },
  { isBent: true, hasLags: true, isDaily: true },
];

/**
 * Regresses truths on controls and drivers: robust, ridged, monotone in a driver where the past agrees on the sign, and
 * as rich (bends, lags, time of day) as pays on contiguous blocks that were held out.
 */
export function driverRegression(data: Observations, columns: readonly RegressionColumn[]): Regression {
  const { truths, columnCount } = data;
  const rowCount = truths.length;
  const bounds = Array.from({ length: BLOCKS + 1 }, (_, i) => Math.round((i * rowCount) / BLOCKS));
  const controls = Uint8Array.from(columns, ({ role }) => (role === 'control' ? 1 : 0));
  const free = new Int8Array(columnCount);

  weighRows(data, columns);
  const blocks = momentsOf(data, bounds);
  const signs = columnSigns(columns, blocks);

  const heldOut = (isUsed: Uint8Array, variant: Variant, bound: Int8Array) => {
    const errors = new Float64Array(rowCount);
    const withoutBlock = blocks.map((_, block) => {
      const rest = sumOf(blocks, block);
      const problem = { ...rest, penalty: penaltyOf(columns, rest, variant), signs: bound, isUsed };
      const coefficients = boundedRidge(problem);
      fittingErrors(data, coefficients, errors, bounds[block]!, bounds[block + 1]!);
      return coefficients;
    });
    return { errors, withoutBlock };
  };
  const undriven = heldOut(controls, VARIANTS[0]!, free).errors;
  const cap = OUTLIER * quantileSorted(undriven.map(Math.abs).sort(), 0.95);
  const nothing = meanSize(undriven, cap);
  let best: { errors: Float64Array; withoutBlock: Float64Array[]; loss: number; variant: Variant } | undefined;
  for (const variant of VARIANTS) {
    const held = heldOut(usedColumns(columns, variant), variant, signs);
    const loss = meanSize(held.errors, cap);
    if (best === undefined || loss < (1 - SIMPLER_IS_BETTER) * best.loss) {
      best = { ...held, loss, variant };
    }
  }
  const { errors, withoutBlock, loss, variant } = best!;
  const total = sumOf(blocks, -1);
  const isUsed = usedColumns(columns, variant);
  const coefficients = boundedRidge({ ...total, penalty: penaltyOf(columns, total, variant), signs, isUsed });
  const agreeing = blocks.filter((_, block) => {
    const [from, to] = [bounds[block]!, bounds[block + 1]!];
    return meanSize(errors.subarray(from, to), cap) < meanSize(undriven.subarray(from, to), cap);
  }).length;
  const isBetter = nothing > 0 && agreeing >= BLOCK_AGREEMENT * BLOCKS;
  return { coefficients, lossShare: isBetter ? loss / nothing : 1, withoutBlock, errors };
}

function momentsOf(data: Observations, bounds: readonly number[]): Moments[] {
  return Array.from({ length: BLOCKS }, (_, block) => blockMoments(data, bounds[block]!, bounds[block + 1]!));
}

function sumOf(blocks: readonly Moments[], without: number): Moments {
  const gram = new Float64Array(blocks[0]!.gram.length);
  const moments = new Float64Array(blocks[0]!.moments.length);
  let weight = 0;
  blocks.forEach((block, index) => {
    if (index !== without) {
      weight += block.weight;
      block.gram.forEach((value, cell) => (gram[cell]! += value));
      block.moments.forEach((value, cell) => (moments[cell]! += value));
    }
  });
  return { gram, moments, weight };
}

/** The sign of each driver's own covariance with the truths where most blocks agree on it, else 0. */
function columnSigns(columns: readonly RegressionColumn[], blocks: readonly Moments[]): Int8Array {
  const signs = new Map<number, number>();
  const covariance = (driver: number, { moments }: Moments): number =>
    columns.reduce((sum, each, i) => sum + (each.driver === driver && each.role === 'segment' ? moments[i]! : 0), 0);
  for (const driver of new Set(columns.map((each) => each.driver))) {
    const values = blocks.map((block) => covariance(driver, block));
    const total = Math.sign(values.reduce((sum, value) => sum + value, 0));
    const agreeing = values.filter((value) => Math.sign(value) === total).length;
    signs.set(driver, agreeing >= SIGN_AGREEMENT * blocks.length ? total : 0);
  }
  return Int8Array.from(columns, ({ role, driver }) =>
    role === 'segment' || role === 'lag' ? (signs.get(driver) ?? 0) : 0
  );
}

function meanSize(errors: Float64Array, cap: number): number {
  let sum = 0;
  for (const error of errors) {
    sum += Math.min(cap, Math.abs(error)) / errors.length;
  }
  return sum;
}
