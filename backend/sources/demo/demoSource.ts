import { setImmediate } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { SourceEntry } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { HistoryResult, HistorySource, SourceQuery } from '../../forecasting/index.ts';
import { missing, observed, timeAt, type Observation, type TimeGrid } from '../../timeseries/index.ts';
import type { SourceDeps } from '../sourceDeps.ts';
import { demoSeries } from './demoFleet.ts';
import type { DemoSeries } from './demoService.ts';

const DEFAULT_SEED = 1;
/** Values computed in one go before others get their turn: one or two milliseconds' work. */
const PACE = 500;

/**
 * The demo fleet: every series is a function of absolute time and the seed, so that any past is there at once, a
 * restart finds the same, and live data goes on. Nothing after the present is told. Queries are names such as
 * `checkout.requests`.
 */
export class DemoSource implements HistorySource {
  readonly name: string;
  readonly #series: ReadonlyMap<string, DemoSeries>;
  readonly #nowSeconds: () => number;
  /** However many series are asked for at once, others wait for one piece of one of them. */
  readonly #pieces = new PQueue({ concurrency: 1 });
  #isClosed = false;

  constructor(entry: Extract<SourceEntry, { type: 'demo' }>, deps: SourceDeps) {
    this.name = entry.name;
    this.#series = demoSeries(entry.seed ?? DEFAULT_SEED);
    this.#nowSeconds = deps.nowSeconds;
  }

  async history(query: SourceQuery, grid: TimeGrid, signal: AbortSignal): Promise<HistoryResult> {
    const { name, series } = this.#find(query, signal);
    const now = this.#nowSeconds();
    const values = new Float64Array(grid.length).fill(Number.NaN);
    for (let from = 0; from < grid.length; from += PACE) {
      await this.#pieces.add(() => {
        for (let index = from; index < Math.min(grid.length, from + PACE); index++) {
          const time = timeAt(grid, index);
          values[index] = time <= now ? series(time) : Number.NaN;
        }
        return setImmediate();
      });
      signal.throwIfAborted();
    }
    const [workload, metric] = splitName(name);
    return { series: [{ labels: { workload, metric }, series: { grid, values } }], warnings: [] };
  }

  latest(query: SourceQuery, timeSeconds: number, signal: AbortSignal): Promise<Observation> {
    return Promise.resolve().then(() => {
      const { series } = this.#find(query, signal);
      if (timeSeconds > this.#nowSeconds()) {
        return missing('that time has not come yet');
      }
      const value = series(timeSeconds);
      return Number.isNaN(value) ? missing('nothing was measured at that time') : observed(value);
    });
  }

  check(signal: AbortSignal): Promise<{ readonly isHealthy: boolean; readonly problem?: string }> {
    return Promise.resolve().then(() => {
      signal.throwIfAborted();
      return this.#isClosed ? { isHealthy: false, problem: this.#closed().message } : { isHealthy: true };
    });
  }

  names(signal: AbortSignal): Promise<readonly string[]> {
    return Promise.resolve().then(() => {
      signal.throwIfAborted();
      if (this.#isClosed) {
        throw this.#closed();
      }
      return [...this.#series.keys()];
    });
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return Promise.resolve();
  }

  #find({ query, by }: SourceQuery, signal: AbortSignal): { readonly name: string; readonly series: DemoSeries } {
    signal.throwIfAborted();
    if (this.#isClosed) {
      throw this.#closed();
    }
    if (typeof query !== 'string' || by !== undefined) {
      const reason = 'the demo takes the name of one series, such as checkout.requests, without `by`';
      const shown = typeof query === 'string' ? query : JSON.stringify(query);
      throw new HeadroomError('SOURCE_QUERY_INVALID', { source: this.name, query: shown, reason });
    }
    const series = this.#series.get(query);
    if (series === undefined) {
      const known = [...this.#series.keys()].join(', ');
      throw new HeadroomError('SOURCE_SERIES_UNKNOWN', { source: this.name, series: query, known });
    }
    return { name: query, series };
  }

  #closed(): HeadroomError {
    return new HeadroomError('SOURCE_CLOSED', { source: this.name });
  }
}

function splitName(name: string): readonly [string, string] {
  const dot = name.lastIndexOf('.');
  return [name.slice(0, dot), name.slice(dot + 1)];
}
