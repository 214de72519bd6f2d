import { quantileSorted } from '../../statistics/index.ts';
import { blockMoments, type Moments, type Observations } from './blockMoments.ts';
import { boundedRidge } from './boundedRidge.ts';

const BLOCKS = 6;
const REWEIGHTINGS = 2;
const HUBER = 2.5;
const RIDGE = 1e-4;
const LAG_RIDGE = 3e-3;
const BEND_RIDGE = 3e-3;
const STRAIGHT_RIDGE = 1e6;
/** A richer variant must beat a simpler one by this share of its loss. */
const SIMPLER_IS_BETTER = 0.005;
const SIGN_AGREEMENT = 0.8;
/** The share of held-out blocks that must be explained better with the drivers than without. */
const BLOCK_AGREEMENT = 0.6;
/** Errors beyond so many times the 95th percentile count no more than it. */
const OUTLIER = 3;

/** What a column is, and of which driver; `control` columns belong to none. */
export interface RegressionColumn {
  readonly role: 'control' | 'segment' | 'lag' | 'daily';
  readonly driver: number;
}

export interface Regression {
  readonly coefficients: Float64Array;
  /** The mean absolute error on blocks not learnt from over that of the controls alone; 1 where few blocks gain. */
  readonly lossShare: number;
  /** The coefficients learnt without each of the blocks. */
  readonly withoutBlock: readonly Float64Array[];
  /** Errors on blocks not learnt from, `[row]`. */
  readonly errors: Float64Array;
}

interface Variant {
  readonly isBent: boolean;
  readonly hasLags: boolean;
  readonly isDaily: boolean;
}

const FIRST: Variant = { isBent: true, hasLags: true, isDaily: false };
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
      errorsOf(data, coefficients, errors, bounds[block]!, bounds[block + 1]!);
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

function usedColumns(columns: readonly RegressionColumn[], { hasLags, isDaily }: Variant): Uint8Array {
  return Uint8Array.from(columns, ({ role }) =>
    role === 'control' || role === 'segment' || (role === 'lag' && hasLags) || (role === 'daily' && isDaily) ? 1 : 0
  );
}

/** A little on all, more on lags and times of day, and on the differences between neighbouring segments of a driver. */
function penaltyOf(columns: readonly RegressionColumn[], { weight }: Moments, { isBent }: Variant): Float64Array {
  const size = columns.length;
  const penalty = new Float64Array(size * size);
  const bend = weight * (isBent ? BEND_RIDGE : STRAIGHT_RIDGE);
  columns.forEach(({ role, driver }, i) => {
    penalty[i * size + i]! += weight * (role === 'lag' || role === 'daily' ? LAG_RIDGE : RIDGE);
    const next = columns[i + 1];
    if (role === 'segment' && next?.role === 'segment' && next.driver === driver) {
      penalty[i * size + i]! += bend;
      penalty[(i + 1) * size + i + 1]! += bend;
      penalty[i * size + i + 1]! -= bend;
      penalty[(i + 1) * size + i]! -= bend;
    }
  });
  return penalty;
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

/**
 * Gives rows far from a first fit, made on a part of them, less weight, in place. Source: Huber (1964).
 */
function weighRows(data: Observations, columns: readonly RegressionColumn[]): void {
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
  errorsOf(data, coefficients, errors, 0, errors.length);
  const sorted = errors.map(Math.abs).sort();
  const scale = Math.max(1.5 * quantileSorted(sorted, 0.5), quantileSorted(sorted, 0.9) / 2);
  errors.forEach((error, row) => {
    data.weights[row] = Math.min(1, (HUBER * scale) / Math.max(1e-300, Math.abs(error)));
  });
}

function errorsOf(
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

function meanSize(errors: Float64Array, cap: number): number {
  let sum = 0;
  for (const error of errors) {
    sum += Math.min(cap, Math.abs(error)) / errors.length;
  }
  return sum;
}
