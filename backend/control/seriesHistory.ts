import type { HistoryResult, HistorySource, SourceQuery } from '../forecasting/index.ts';
import { gridEnd, gridIndexAt, timeAt, type Series, type TimeGrid } from '../timeseries/index.ts';
import { combineSeries } from './combineSeries.ts';

/** Read again at each update, since samples may arrive late. */
const OVERLAP_SECONDS = 3600;
/** After this long everything is read again: what was filled in later than the overlap is found then. */
const FULL_READ_SECONDS = 86_400;

/** So many parts of a split are kept apart; all are in the sum. */
const MOST_PARTS = 32;

export interface SeriesHistoryOptions {
  readonly stepSeconds: number;
  readonly historySeconds: number;
  /** Whether the parts of a split are kept beside their sum. Default: they are. */
  readonly keepsParts?: boolean;
}

/** The measured past of one query, kept up to date by reading what is new and, for late samples, the last hour. */
export class SeriesHistory {
  readonly #source: HistorySource;
  readonly #query: SourceQuery;
  readonly #options: SeriesHistoryOptions;
  #series: Series | undefined;
  #parts: ReadonlyMap<string, Series> = new Map();
  #warnings: readonly string[] = [];
  #fullReadSeconds = Number.NEGATIVE_INFINITY;

  constructor(source: HistorySource, query: SourceQuery, options: SeriesHistoryOptions) {
    this.#source = source;
    this.#query = query;
    this.#options = options;
  }

  /** What is known, up to the last successful update; `undefined` before the first. */
  get series(): Series | undefined {
    return this.#series;
  }

  /** The parts of a split by the value of its label, on the grid of their sum; empty where it is none. */
  get parts(): ReadonlyMap<string, Series> {
    return this.#parts;
  }

  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /** Reads up to `nowSeconds`; on failure throws and keeps what was known. */
  async update(nowSeconds: number, signal: AbortSignal): Promise<void> {
    const { stepSeconds, historySeconds } = this.#options;
    const endSeconds = Math.floor(nowSeconds / stepSeconds) * stepSeconds;
    const length = Math.floor(historySeconds / stepSeconds) + 1;
    const whole: TimeGrid = { startSeconds: endSeconds - (length - 1) * stepSeconds, stepSeconds, length };
    const known = this.#series;
    const isFull =
      known === undefined ||
      nowSeconds - this.#fullReadSeconds >= FULL_READ_SECONDS ||
      gridEnd(known.grid) < whole.startSeconds ||
      gridEnd(known.grid) > endSeconds;
    const overlap = Math.max(1, Math.floor(OVERLAP_SECONDS / stepSeconds));
    const first = isFull ? 0 : Math.max(0, gridIndexAt(whole, gridEnd(known.grid)) - overlap);
    const grid: TimeGrid = { startSeconds: timeAt(whole, first), stepSeconds, length: length - first };

    const result = await this.#source.history(this.#query, grid, signal);
    const read = combineSeries(result, grid.length, this.#query.by !== undefined);
    const joined = (before: Series | undefined, fresh: Float64Array | undefined): Series => {
      const series: Series = { grid: whole, values: new Float64Array(length).fill(Number.NaN) };
      if (!isFull && before !== undefined) {
        copyOverlap(before, series);
      }
      series.values.set(fresh ?? new Float64Array(grid.length).fill(Number.NaN), first);
      return series;
    };
    const by = this.#options.keepsParts === false ? undefined : this.#query.by;
    const { kept, left } = partsOf(result, by, this.#parts);
    const formerParts = this.#parts;
    this.#parts = new Map(kept.map(([name, fresh]) => [name, joined(formerParts.get(name), fresh)]));
    this.#series = joined(known, read.values);
    this.#warnings = [
      ...result.warnings,
      ...read.warnings,
      ...(left === 0
        ? []
        : [`${String(left)} parts of the split are in the sum only: ${String(MOST_PARTS)} are kept apart`]),
    ];
    if (isFull) {
      this.#fullReadSeconds = nowSeconds;
    }
  }

  /** The known series up to `endSeconds`, the part that could not be read as gaps; `undefined` before the first update. */
  paddedTo(endSeconds: number): Series | undefined {
    const known = this.#series;
    if (known === undefined || gridEnd(known.grid) >= endSeconds) {
      return known;
    }
    const { stepSeconds, length } = known.grid;
    const grid: TimeGrid = { startSeconds: endSeconds - (length - 1) * stepSeconds, stepSeconds, length };
    const values = new Float64Array(length).fill(Number.NaN);
    copyOverlap(known, { grid, values });
    return { grid, values };
  }
}

function copyOverlap(from: Series, to: Series): void {
  const shift = gridIndexAt(from.grid, to.grid.startSeconds);
  for (let index = Math.max(0, -shift); index < to.values.length; index++) {
    const value = from.values[index + shift];
    if (value === undefined) {
      return;
    }
    to.values[index] = value;
  }
}

/** The parts to keep apart, known ones first, with what was read of them; and how many more there are. */
function partsOf(
  { series }: HistoryResult,
  by: string | undefined,
  known: ReadonlyMap<string, Series>
): { readonly kept: ReadonlyArray<readonly [string, Float64Array | undefined]>; readonly left: number } {
  if (by === undefined) {
    return { kept: [], left: 0 };
  }
  const read = new Map(series.map((part) => [part.labels[by] ?? '', part.series.values]));
  const isKept = (name: string): boolean =>
    read.has(name) || (known.get(name)?.values.some((value) => !Number.isNaN(value)) ?? false);
  const names = [...new Set([...known.keys(), ...read.keys()])].filter(isKept);
  return {
    kept: names.slice(0, MOST_PARTS).map((name) => [name, read.get(name)]),
    left: Math.max(0, names.length - MOST_PARTS),
  };
}
