import { randomInteger, seededRandom, type RandomSource } from '../random/index.ts';
import type { Dependence } from './dependence.ts';
import { dayScores } from './dayScores.ts';
import { fullOrder } from './fullOrder.ts';
import { latentScores, type LatentScores } from './latentScores.ts';
import { marginReaders, type Margin } from './margin.ts';
import { mirroredOrder, type PlaceDraws } from './mirroredOrder.ts';
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
  const tile = new Float64Array(most * TILE_STEPS * seriesCount);
  let firstPath = 0;
  for (let block = 0; block < blockCount; block++) {
    const levels = blockLevels(pathCount, blockCount, block);
    const days = Uint32Array.from(levels, (_, path) => dayOrder[(firstPath + path) % dayOrder.length]!);
    fillBlock(values, tile, margins, stepCount, levels, orderOf(dependence, days, stepCount, seededRandom(random())));
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

interface PathOrder {
  readonly scores: LatentScores;
  readonly place: PlaceDraws;
}

/** How the paths of a block are ordered at each step; `days` is `[path]`. */
function orderOf(dependence: Dependence, days: Uint32Array, stepCount: number, random: RandomSource): PathOrder {
  const scores = latentScores(dependence, days.length >>> 1, stepCount, random);
  return dependence.kind === 'schaake'
    ? {
        scores: dayScores(scores, dependence.template, dependence.blur, days, stepCount),
        place: fullOrder(days.length),
      }
    : { scores, place: mirroredOrder(days.length) };
}

/** Fills a tile of a few steps after the other, `[series][step][path]`, since a path's steps lie far from another's. */
function fillBlock(
  values: Float64Array,
  tile: Float64Array,
  margins: readonly Margin[],
  stepCount: number,
  levels: Float64Array,
  { scores, place }: PathOrder
): void {
  const pathCount = levels.length;
  const draws = new Float64Array(pathCount);
  const readers = marginReaders(margins, levels);
  const rows = Array.from({ length: margins.length * TILE_STEPS }, (_, row) =>
    tile.subarray(row * pathCount, (row + 1) * pathCount)
  );
  for (let start = 0; start < stepCount; start += TILE_STEPS) {
    const end = Math.min(stepCount, start + TILE_STEPS);
    for (let step = start; step < end; step++) {
      scores.advance();
      for (let series = 0; series < margins.length; series++) {
        readers[series]!(step, draws);
        place(scores.ofSeries(series), draws, rows[series * TILE_STEPS + step - start]!);
      }
    }
    for (let series = 0; series < margins.length; series++) {
      const target = { values, start: series * stepCount + start, stride: margins.length * stepCount };
      turnTile(tile, series * TILE_STEPS * pathCount, pathCount, end - start, target);
    }
  }
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
