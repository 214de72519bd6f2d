import { proportionalMap, resourceMap, type ScenarioRunOptions } from '../../simulation/index.ts';
import type { WhatIfSeries } from './whatIfTypes.ts';

/** What all scenarios of one what-if share: how resources follow demand, what is usual, and the seed of their chances. */
export type ScenarioSetting = ScenarioRunOptions;

/** The setting, and what to know about it in words. */
export function scenarioSetting(
  series: readonly WhatIfSeries[],
  seed: number
): { readonly setting: ScenarioSetting; readonly warnings: readonly string[] } {
  const [demand] = series;
  const responses = series.map((one, place) =>
    place === 0
      ? { map: proportionalMap(0), warning: undefined }
      : resourceMap(demand!.history, one.history, one.forecast.grid.length)
  );
  return {
    setting: {
      stepSeconds: demand!.forecast.grid.stepSeconds,
      typical: series.map(({ forecast }) => meanOfMedian(forecast)),
      maps: responses.map(({ map }) => map),
      seed,
    },
    warnings: responses.flatMap(({ warning }, place) =>
      warning === undefined ? [] : [`${series[place]!.name} ${warning}`]
    ),
  };
}

/** The mean over the horizon of the level nearest to the middle. */
function meanOfMedian({ levels, values, grid }: WhatIfSeries['forecast']): number {
  const row = levels.reduce((best, level, i) => (Math.abs(level - 0.5) < Math.abs(levels[best]! - 0.5) ? i : best), 0);
  const middle = values.subarray(row * grid.length, (row + 1) * grid.length);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
