import { randomInteger, seededRandom, type RandomSource } from '../random/index.ts';
import type { Dependence } from './dependence.ts';
import { latentScores } from './latentScores.ts';
import { marginReader, type Margin } from './margin.ts';
import { blockCountFor, blockLevels } from './pathLevels.ts';
import { rankOrder } from './rankOrder.ts';

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
}

/**
 * Simulated joint futures of the series whose distributions are `margins` (one or more, all over the same steps).
 *
 * At each step of each series all paths together hold exactly the margin's quantiles at (i + 0.5) / pathCount; their
 * order carries the dependence. A seed gives the same bits. Streamed in blocks of at most 2,048 paths.
 */
export function* samplePaths(
  margins: readonly Margin[],
  dependence: Dependence,
  { pathCount, seed }: PathOptions
): Generator<PathBlock, void, void> {
  const stepCount = stepsOf(margins, dependence);
  const seriesCount = margins.length;
  const blockCount = blockCountFor(pathCount, seriesCount, stepCount);
  const random = seededRandom(seed);
  const dayOrder = shuffledDays(dependence.kind === 'schaake' ? dependence.template.dayCount : 1, random);
  const values = new Float64Array(Math.ceil(pathCount / blockCount) * seriesCount * stepCount);
  let firstPath = 0;
  for (let block = 0; block < blockCount; block++) {
    const levels = blockLevels(pathCount, blockCount, block);
    const days = Uint32Array.from(levels, (_, path) => dayOrder[(firstPath + path) % dayOrder.length]!);
    const scores = latentScores(dependence, levels.length, stepCount, days, seededRandom(random()));
    fillBlock(values, margins, stepCount, levels, scores);
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

function fillBlock(
  values: Float64Array,
  margins: readonly Margin[],
  stepCount: number,
  levels: Float64Array,
  scores: ReturnType<typeof latentScores>
): void {
  const pathCount = levels.length;
  const pathStride = margins.length * stepCount;
  const order = rankOrder(pathCount);
  const draws = new Float64Array(pathCount);
  const readers = margins.map((margin) => marginReader(margin, levels));
  for (let step = 0; step < stepCount; step++) {
    scores.advance();
    for (let series = 0; series < margins.length; series++) {
      const ascending = order.sort(scores.ofSeries(series));
      readers[series]!(step, draws);
      const cell = series * stepCount + step;
      for (let rank = 0; rank < pathCount; rank++) {
        values[ascending[rank]! * pathStride + cell] = draws[rank]!;
      }
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
