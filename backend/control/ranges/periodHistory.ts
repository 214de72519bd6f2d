import type { HistorySource, SourceQuery } from '../../forecasting/index.ts';
import { gridEnd, observedCount, type Series, type TimeGrid } from '../../timeseries/index.ts';
import { combineSeries } from '../combineSeries.ts';
import { joinPeriods, periodsOf, periodsUntil, type Periods } from './periods.ts';

const DAY_SECONDS = 86_400;
/** Read in one go: a few thousand samples, and then others have their turn. */
const WINDOW_SECONDS = 60 * DAY_SECONDS;
/** After this long everything is read again: what was filled in later is found then. */
const FULL_READ_SECONDS = 30 * DAY_SECONDS;

export interface PeriodHistoryOptions {
  readonly stepSeconds: number;
  readonly sampleSeconds: number;
  readonly historySeconds: number;
}

/** What is kept of the long past of one query. */
export interface KeptPeriods {
  readonly periods: Periods;
  readonly fullReadSeconds: number;
}

/**
 * The long past of one query as periods: at first all that its source keeps, window by window from now on back to one
 * without a measurement, then what is new. Of the samples nothing but means and peaks is kept, longer than the source
 * may keep them.
 */
export class PeriodHistory {
  readonly #source: HistorySource;
  readonly #query: SourceQuery;
  readonly #options: PeriodHistoryOptions;
  #kept: KeptPeriods | undefined;
  #warnings: readonly string[] = [];

  constructor(source: HistorySource, query: SourceQuery, options: PeriodHistoryOptions) {
    this.#source = source;
    this.#query = query;
    this.#options = options;
  }

  get kept(): KeptPeriods | undefined {
    return this.#kept;
  }

  get warnings(): readonly string[] {
    return this.#warnings;
  }

  restore(kept: KeptPeriods): void {
    this.#kept = kept;
  }

  /** What is known, up to `endSeconds`; periods that could not be read are gaps. */
  knownAt(endSeconds: number): Periods | undefined {
    const { stepSeconds, historySeconds } = this.#options;
    const known = this.#kept && periodsUntil(this.#kept.periods, endSeconds);
    const unread: Periods = {
      grid: { startSeconds: endSeconds, stepSeconds, length: 1 },
      mean: Float64Array.of(Number.NaN),
      peak: Float64Array.of(Number.NaN),
    };
    return known && joinPeriods(known, unread, Math.floor(historySeconds / stepSeconds));
  }

  /** Reads up to the end of a period; on failure throws and keeps what was known. */
  async update(endSeconds: number, signal: AbortSignal): Promise<void> {
    const { stepSeconds, historySeconds } = this.#options;
    const known = this.#kept && periodsUntil(this.#kept.periods, endSeconds);
    const knownUntil = known === undefined ? Number.NEGATIVE_INFINITY : gridEnd(known.grid);
    const fullReadSeconds = this.#kept?.fullReadSeconds ?? Number.NEGATIVE_INFINITY;
    const isFull =
      endSeconds - knownUntil > WINDOW_SECONDS || Math.abs(endSeconds - fullReadSeconds) >= FULL_READ_SECONDS;
    const warnings = new Set<string>();
    const fresh = isFull
      ? await this.#readBack(endSeconds, warnings, signal)
      : // The last known period once more, for samples that came late.
        await this.#read(Math.min(knownUntil, endSeconds) - stepSeconds, endSeconds, warnings, signal);
    this.#kept = {
      periods: joinPeriods(known, fresh, Math.floor(historySeconds / stepSeconds)),
      fullReadSeconds: isFull ? endSeconds : fullReadSeconds,
    };
    this.#warnings = [...warnings];
  }

  async #readBack(endSeconds: number, warnings: Set<string>, signal: AbortSignal): Promise<Periods> {
    const { stepSeconds, historySeconds } = this.#options;
    const windowSeconds = Math.max(1, Math.floor(WINDOW_SECONDS / stepSeconds)) * stepSeconds;
    const firstSeconds = endSeconds - Math.floor(historySeconds / stepSeconds) * stepSeconds;
    let read: Periods | undefined;
    for (let to = endSeconds; to > firstSeconds; to -= windowSeconds) {
      const older = await this.#read(Math.max(firstSeconds, to - windowSeconds), to, warnings, signal);
      read = read === undefined ? older : joinPeriods(older, read, Number.POSITIVE_INFINITY);
      if (older.mean.every(Number.isNaN)) {
        break;
      }
    }
    return read!;
  }

  /** The periods in (fromSeconds, toSeconds]. What a source says of a time without a sample is no warning. */
  async #read(fromSeconds: number, toSeconds: number, warnings: Set<string>, signal: AbortSignal): Promise<Periods> {
    const { stepSeconds, sampleSeconds } = this.#options;
    const grid: TimeGrid = {
      startSeconds: fromSeconds + sampleSeconds,
      stepSeconds: sampleSeconds,
      length: Math.round((toSeconds - fromSeconds) / sampleSeconds),
    };
    const result = await this.#source.history(this.#query, grid, signal);
    signal.throwIfAborted();
    const combined = combineSeries(result, grid.length, this.#query.by !== undefined);
    const samples: Series = { grid, values: combined.values };
    if (observedCount(samples) > 0 || result.series.length > 1) {
      [...result.warnings, ...combined.warnings].forEach((warning) => warnings.add(warning));
    }
    return periodsOf(samples, stepSeconds);
  }
}
