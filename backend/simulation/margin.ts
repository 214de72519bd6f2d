import { quantileReader } from './quantileReader.ts';

/** The distribution of one series at each step: quantiles `[level][step]` at ascending levels; a Forecast is one. */
export interface Margin {
  readonly levels: readonly number[];
  readonly values: Float64Array;
}

/** Reads the values of a margin at fixed probabilities at `step` into `target`, `[probability]`. */
export type MarginReader = (step: number, target: Float64Array) => void;

/** Makes the reader of a margin's values at `probabilities`, which ascend. */
export function marginReader(margin: Margin, probabilities: Float64Array): MarginReader {
  return marginReaders([margin], probabilities)[0]!;
}

/**
 * Makes the readers of margins at the same `probabilities`, which ascend.
 *
 * Values are never below zero at a step where the lowest quantile isn't; a margin of one level is that value for sure.
 */
export function marginReaders(margins: readonly Margin[], probabilities: Float64Array): readonly MarginReader[] {
  const known: LevelReader[] = [];
  return margins.map((margin) => {
    if (margin.levels.length === 1) {
      return (step, target) => target.fill(margin.values[step]!, 0, probabilities.length);
    }
    let reader = known.find(({ levels }) => levels.join() === margin.levels.join());
    if (reader === undefined) {
      reader = levelReader(margin.levels, probabilities);
      known.push(reader);
    }
    return readerOf(margin, reader);
  });
}

/** `share` is how far between its level and the next a probability lies, `ends` is `[level]`: the first one not of it. */
interface LevelReader {
  readonly levels: readonly number[];
  readonly share: Float64Array;
  readonly ends: readonly number[];
}

function levelReader(levels: readonly number[], probabilities: Float64Array): LevelReader {
  const { left, share } = quantileReader(levels, probabilities);
  return { levels, share, ends: levels.map((_, level) => left.findLastIndex((below) => below === level) + 1) };
}

function readerOf(margin: Margin, { share, ends }: LevelReader): MarginReader {
  const levelCount = margin.levels.length;
  const stepCount = margin.values.length / levelCount;
  return (step, target) => {
    const isPositive = margin.values[step]! >= 0;
    let i = 0;
    for (let level = 0; level + 1 < levelCount; level++) {
      const value = margin.values[level * stepCount + step]!;
      const rise = margin.values[(level + 1) * stepCount + step]! - value;
      for (const end = ends[level]!; i < end; i++) {
        target[i] = value + share[i]! * rise;
      }
    }
    for (let first = 0; isPositive && target[first]! < 0; first++) {
      target[first] = 0;
    }
  };
}
