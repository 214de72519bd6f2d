import { quantileReader } from './quantileReader.ts';

/** The distribution of one series at each step: quantiles `[level][step]` at ascending levels; a Forecast is one. */
export interface Margin {
  readonly levels: readonly number[];
  readonly values: Float64Array;
}

/** Reads the values of a margin at fixed probabilities at `step` into `target`, `[probability]`. */
export type MarginReader = (step: number, target: Float64Array) => void;

/**
 * Makes the reader of a margin's values at `probabilities`, which ascend.
 *
 * Values are never below zero at a step where the lowest quantile isn't; a margin of one level is that value for sure.
 */
export function marginReader(margin: Margin, probabilities: Float64Array): MarginReader {
  const [reader] = levelReaders([margin], probabilities);
  return reader === undefined
    ? (step, target) => target.fill(margin.values[step]!, 0, probabilities.length)
    : readerOf(margin, reader);
}

/** How margins are read at the same `probabilities`, one for all that have the same levels; undefined for one level. */
export function levelReaders(
  margins: readonly Margin[],
  probabilities: Float64Array
): ReadonlyArray<LevelReader | undefined> {
  const known = new Map<string, LevelReader>();
  return margins.map(({ levels }) => {
    if (levels.length === 1) {
      return undefined;
    }
    const key = levels.join();
    const reader = known.get(key) ?? levelReader(levels, probabilities);
    known.set(key, reader);
    return reader;
  });
}

/** `share` is how far between its level and the next a probability lies, `ends` is `[level]`: the first one not of it. */
export interface LevelReader {
  readonly share: Float64Array;
  readonly ends: readonly number[];
}

function levelReader(levels: readonly number[], probabilities: Float64Array): LevelReader {
  const { left, share } = quantileReader(levels, probabilities);
  return { share, ends: levels.map((_, level) => left.findLastIndex((below) => below === level) + 1) };
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
