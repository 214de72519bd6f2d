import type { Outlook } from '../allocation/index.ts';
import type { ForecastImportance } from '../evaluation/index.ts';
import { historyUntil } from '../forecasting/index.ts';
import { gridIndexAt } from '../timeseries/index.ts';
import type { Compute, ImportanceJob, SeriesJob } from './compute.ts';

/** What the forecasts of one workload's latest outlook used: asked for when it is wanted, once for each series. */
export class ImportanceKeeper {
  readonly #compute: Compute;
  #outlook: Outlook | undefined;
  readonly #known = new Map<string, Promise<ForecastImportance>>();

  constructor(compute: Compute) {
    this.#compute = compute;
  }

  /** Of the series of a job, as the outlook's cutoff left it; a failure is not kept. */
  async of(
    outlook: Outlook,
    { name, history }: SeriesJob,
    options: Omit<ImportanceJob, 'series' | 'history'>
  ): Promise<ForecastImportance> {
    if (this.#outlook !== outlook) {
      this.#outlook = outlook;
      this.#known.clear();
    }
    const known = this.#known.get(name);
    if (known !== undefined) {
      return known;
    }
    const length = gridIndexAt(history.target.grid, outlook.cutoffSeconds) + 1;
    const asked = this.#compute.importance({
      ...options,
      series: name,
      history: historyUntil(history, length, options.horizon),
    });
    this.#known.set(name, asked);
    try {
      return await asked;
    } catch (error) {
      if (this.#known.get(name) === asked) {
        this.#known.delete(name);
      }
      throw error;
    }
  }
}
