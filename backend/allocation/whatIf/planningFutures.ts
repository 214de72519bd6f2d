import { scenarioRun, type CompiledScenario, type PathBlock } from '../../simulation/index.ts';
import type { CapacityLoad } from '../capacityLoad.ts';
import type { NeedPaths } from '../needPaths.ts';
import { blockNeeds } from './blockNeeds.ts';
import { columnQuantiles } from './columnQuantiles.ts';
import type { ScenarioSetting } from './scenarioSetting.ts';
import type { WhatIfSeries, WhatIfService } from './whatIfTypes.ts';

/** What plans are made from: the needs of one block of paths in each scenario that counts, and what presses on capacity. */
export interface PlanningFutures {
  readonly futures: readonly NeedPaths[];
  readonly loads: readonly CapacityLoad[];
}

/**
 * The needs of `block` in each scenario with a weight; a series' load is its demand at level 1 - risk in the scenario
 * where that is highest.
 */
export function planningFutures(
  block: PathBlock,
  series: readonly WhatIfSeries[],
  scenarios: readonly CompiledScenario[],
  weights: readonly number[],
  setting: ScenarioSetting,
  { risk, model }: Pick<WhatIfService, 'risk' | 'model'>
): PlanningFutures {
  const { pathCount, stepCount, seriesCount } = block;
  const perReplica = series.map((one) => one.perReplica);
  const high = series.map(() => new Float64Array(stepCount));
  const futures: NeedPaths[] = [];
  scenarios.forEach((scenario, index) => {
    const weight = weights[index]!;
    if (weight === 0) {
      return;
    }
    const paths = scenarioRun(scenario, setting)(block);
    futures.push({ pathCount, stepCount, needs: blockNeeds(block, paths, perReplica, model?.scalability), weight });
    series.forEach((one, place) => {
      if (one.perReplica !== undefined) {
        const quantiles = columnQuantiles([1 - risk], place, seriesCount, stepCount);
        quantiles.add(paths.values, pathCount);
        quantiles.values()[0]!.forEach((value, step) => {
          high[place]![step] = Math.max(high[place]![step]!, value);
        });
      }
    });
  });
  const loads = series.flatMap((one, place) =>
    one.perReplica === undefined
      ? []
      : [{ name: one.name, unit: one.unit, perReplica: one.perReplica, highDemand: high[place]! }]
  );
  return { futures, loads };
}
