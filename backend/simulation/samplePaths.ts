import { randomInteger, seededRandom, type RandomSource } from '../random/index.ts';
import type { Dependence } from './dependence.ts';
import { dayScores } from './dayScores.ts';
import { drawReaders } from './drawReaders.ts';
import { fullOrder } from './fullOrder.ts';
import { kernel } from './kernel/kernel.ts';
import { kernelRows, type KernelRow, type KernelRows } from './kernel/kernelRows.ts';
import { latentRowCount, latentScores } from './latentScores.ts';
import type { Margin } from './margin.ts';
import { turnTile, TILE_STEPS } from './turnTile.ts';
import { blockCountFor, blockLevels } from './pathLevels.ts';

/**
 * Some of the simulated futures: `values` is `[path][series][step]`, valid until the next block is asked for.
 *
 * `firstPath` is the index of the block's first path among all.
 */
export interface PathBlock {
  readonly firstPath: number;
  readonly pathCount: number;
  readonly seriesCount: number;
  readonly stepCount: number;
  readonly values: Float64Array;
}

export interface PathOptions {
  readonly pathCount: number;
  readonly seed: number;
  /** Where blocks are written if they fit: that of an earlier run's, whose values are then gone. */
  readonly buffer?: ArrayBufferLike;
}

/**
 * Simulated joint futures of the series whose distributions are `margins` (one or more, all over the same steps).
 *
 * At each step of each series all paths together hold exactly the margin's quantiles at (i + 0.5) / pathCount; their
 * order carries the dependence. Paths come in antithetic pairs, in which the surprises of one are the other's turned
 * round. A seed gives the same bits. Streamed in blocks of at most 2,048 paths.
 */
export function* samplePaths(
  margins: readonly Margin[],
  dependence: Dependence,
  { pathCount, seed, buffer }: PathOptions
): Generator<PathBlock, void, void> {
  const stepCount = stepsOf(margins, dependence);
  const seriesCount = margins.length;
  const blockCount = blockCountFor(pathCount, seriesCount, stepCount);
  const random = seededRandom(seed);
  const dayOrder = shuffledDays(dependence.kind === 'schaake' ? dependence.template.dayCount : 1, random);
  const most = Math.ceil(pathCount / blockCount);
  const size = most * seriesCount * stepCount;
  const values =
    buffer !== undefined && buffer.byteLength >= 8 * size ? new Float64Array(buffer) : new Float64Array(size);
  let firstPath = 0;
  for (let block = 0; block < blockCount; block++) {
    const levels = blockLevels(pathCount, blockCount, block);
    const days = Uint32Array.from(levels, (_, path) => dayOrder[(firstPath + path) % dayOrder.length]!);
    fillBlock(values, margins, stepCount, levels, { dependence, days, random: seededRandom(random()) });
    yield {
      firstPath,
      pathCount: levels.length,
      seriesCount,
      stepCount,
      values: values.subarray(0, levels.length * seriesCount * stepCount),
    };
    firstPath += levels.length;
  }
}

/** What orders the paths of a block; `days` is `[path]`, the past day that each follows where days lead. */
interface BlockOrder {
  readonly dependence: Dependence;
  readonly days: Uint32Array;
  readonly random: RandomSource;
}

/** Fills a tile of a few steps after the other, `[series][step][path]`, since a path's steps lie far from another's. */
function fillBlock(
  values: Float64Array,
  margins: readonly Margin[],
  stepCount: number,
  levels: Float64Array,
  order: BlockOrder
): void {
  const pathCount = levels.length;
  const seriesCount = margins.length;
  const rows = blockRows(pathCount, seriesCount);
  const tile = rows.doubles(pathCount * TILE_STEPS * seriesCount);
  // Reading draws runs up to one beyond the end.
  const draws = rows.doubles(pathCount + 1);
  const readers = drawReaders(margins, levels, rows);
  const paths = orderOf(order, stepCount, draws, tile, rows);
  for (let start = 0; start < stepCount; start += TILE_STEPS) {
    const end = Math.min(stepCount, start + TILE_STEPS);
    for (let step = start; step < end; step++) {
      paths.advance();
      for (let series = 0; series < seriesCount; series++) {
        readers[series]!(step, draws);
        paths.place(series, (series * TILE_STEPS + step - start) * pathCount);
      }
    }
    for (let series = 0; series < seriesCount; series++) {
      const target = { values, start: series * stepCount + start, stride: seriesCount * stepCount };
      turnTile(tile.values, series * TILE_STEPS * pathCount, pathCount, end - start, target);
    }
  }
}

function blockRows(pathCount: number, seriesCount: number): KernelRows {
  const doubles = pathCount * TILE_STEPS * seriesCount + (1 + seriesCount) * (pathCount + 1);
  const floats = latentRowCount(seriesCount) * pathCount;
  return kernelRows(8 * doubles + 4 * floats + 2 * pathCount, 3 + seriesCount + latentRowCount(seriesCount));
}

interface PathOrder {
  /** Moves on by one step. */
  advance(): void;
  /** Writes the draws into the tile, from `first` on, in the order of the paths' scores in one series. */
  place(series: number, first: number): void;
}

function orderOf(
  { dependence, days, random }: BlockOrder,
  stepCount: number,
  draws: KernelRow<Float64Array>,
  tile: KernelRow<Float64Array>,
  rows: KernelRows
): PathOrder {
  const pathCount = days.length;
  const latent = latentScores(dependence, pathCount >>> 1, stepCount, random, rows);
  if (dependence.kind === 'schaake') {
    const scores = dayScores(latent, dependence.template, dependence.blur, days, stepCount);
    const placeAll = fullOrder(pathCount);
    return {
      advance() {
        scores.advance();
      },
      place(series, first) {
        placeAll(scores.ofSeries(series), draws.values, tile.values.subarray(first, first + pathCount));
      },
    };
  }
  // A path and its mirror image: the first of each pair, then the second ones, then the one that is its own.
  const buckets = rows.buckets(pathCount >>> 1);
  return {
    advance() {
      latent.advance();
    },
    place(series, first) {
      const { at, end } = latent.ofSeries(series);
      kernel.findBuckets(at, end, buckets);
      kernel.placePairs(buckets, draws.at, pathCount, tile.at + 8 * first);
    },
  };
}

function stepsOf(margins: readonly Margin[], dependence: Dependence): number {
  const [first] = margins;
  const stepCount = first === undefined ? 0 : first.values.length / first.levels.length;
  if (stepCount < 1 || margins.some((margin) => margin.values.length !== stepCount * margin.levels.length)) {
    throw new RangeError('margins need the same number of steps, one or more');
  }
  if (dependence.times.length !== margins.length) {
    throw new RangeError('the dependence is of another number of series');
  }
  return stepCount;
}

function shuffledDays(count: number, random: RandomSource): Uint32Array {
  const days = Uint32Array.from({ length: count }, (_, day) => day);
  for (let i = count - 1; i > 0; i--) {
    const j = randomInteger(random, i + 1);
    [days[i], days[j]] = [days[j]!, days[i]!];
  }
  return days;
}
