import type { HistorySource } from '../../../backend/forecasting/index.ts';
import { gridIndexAt, timeAt, type Series } from '../../../backend/timeseries/index.ts';

/** What is measured of the simulated cluster: the rows that are known now, and the replicas that served. */
export interface Measured {
  readonly nowSeconds: () => number;
  /** A row is known so long after its timestamp. */
  readonly lagSeconds: number;
  readonly demand: Series;
  readonly readyAt: (seconds: number) => number;
}

/** A source of `requests` and `replicas`; a step longer than a row's is the mean of its rows. */
export function traceSource({ nowSeconds, lagSeconds, demand, readyAt }: Measured): HistorySource {
  const demandAt = (seconds: number, stepSeconds: number): number => {
    const last = gridIndexAt(demand.grid, seconds);
    const count = Math.max(1, Math.round(stepSeconds / demand.grid.stepSeconds));
    const known = demand.values
      .slice(Math.max(0, last + 1 - count), Math.max(0, last + 1))
      .filter((value) => !Number.isNaN(value));
    return known.length === 0 ? Number.NaN : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  return {
    name: 'trace',
    history: async ({ query }, grid) => {
      await Promise.resolve();
      const values = Float64Array.from({ length: grid.length }, (_, index) => {
        const seconds = timeAt(grid, index);
        if (seconds > nowSeconds() - lagSeconds || seconds < demand.grid.startSeconds) {
          return Number.NaN;
        }
        return query === 'replicas' ? readyAt(seconds) : demandAt(seconds, grid.stepSeconds);
      });
      return { series: [{ labels: {}, series: { grid, values } }], warnings: [] };
    },
    latest: () => Promise.reject(new Error('a trace is read as a history')),
    check: () => Promise.resolve({ isHealthy: true }),
    close: () => Promise.resolve(),
  };
}
