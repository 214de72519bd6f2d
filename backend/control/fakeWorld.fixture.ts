import type { HistorySource, SourceQuery } from '../forecasting/index.ts';
import { timeAt, type TimeGrid } from '../timeseries/index.ts';
import type { FleetHooks } from './fleetHooks.ts';

/** Hooks that tell nobody, but for those that are given. */
export function silentHooks(heard: Partial<FleetHooks> = {}): FleetHooks {
  const nothing = (): void => undefined;
  return {
    event: nothing,
    forecastSeconds: nothing,
    simulationSeconds: nothing,
    fitSeconds: nothing,
    sourceError: nothing,
    sourceSuccess: nothing,
    workloadSuccess: nothing,
    ...heard,
  };
}

/**
 * A source with one series for each query: `valueOf` says what was measured at a time, NaN for a gap. What it throws is
 * how the read fails.
 */
export function fakeSource(
  valueOf: (query: SourceQuery['query'], grid: TimeGrid) => (timeSeconds: number) => number
): HistorySource {
  return {
    name: 'fake',
    history: ({ query }, grid) =>
      new Promise((resolve) => {
        const value = valueOf(query, grid);
        const values = Float64Array.from({ length: grid.length }, (_, index) => value(timeAt(grid, index)));
        resolve({ series: [{ labels: {}, series: { grid, values } }], warnings: [] });
      }),
    latest: () => Promise.reject(new Error('not asked')),
    check: () => Promise.resolve({ isHealthy: true }),
    close: () => Promise.resolve(),
  };
}
