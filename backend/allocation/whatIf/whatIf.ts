import {
  estimateDependence,
  samplePaths,
  scenarioRun,
  type CompiledScenario,
  type PathBlock,
} from '../../simulation/index.ts';
import { seededRandom } from '../../random/index.ts';
import { blockNeeds } from './blockNeeds.ts';
import { checkWhatIf } from './checkWhatIf.ts';
import { columnQuantiles, type ColumnQuantiles } from './columnQuantiles.ts';
import type { CountedPlan } from './planCounts.ts';
import { planMeter, type PlanMeter } from './planMeter.ts';
import { makePlans, type MadePlans } from './makePlans.ts';
import { planningFutures } from './planningFutures.ts';
import { scenarioSetting, type ScenarioSetting } from './scenarioSetting.ts';
import { scenarioWeights } from './scenarioWeights.ts';
import type { DistributionReport, WhatIfInput, WhatIfReport } from './whatIfTypes.ts';

/** How far a what-if has come. */
export interface WhatIfProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * Simulates the baseline and some scenarios, judges plans in each, and recommends one for their mixture.
 *
 * Every scenario meets the same paths. All input is checked before the first path is drawn (SCENARIO_*, PLAN_INVALID).
 * Yields after each block of paths, so that the caller can report progress or stop; memory does not grow with
 * `pathCount`. Plans are made on the first block.
 */
export function* whatIf(input: WhatIfInput): Generator<WhatIfProgress, WhatIfReport, void> {
  const { series, service, levels, seed } = input;
  const { grid } = series[0]!.forecast;
  const { scenarios, plans } = checkWhatIf({ ...input, grid, names: series.map(({ name }) => name) });
  const seeds = seededRandom(seed);
  const [pathSeed, chanceSeed] = [seeds(), seeds()];
  const { setting, warnings } = scenarioSetting(series, chanceSeed);
  const dependence = estimateDependence(
    series.map(({ history }) => history),
    grid.length
  );
  const blocks = () =>
    samplePaths(
      series.map(({ forecast }) => forecast),
      dependence,
      { pathCount: input.pathCount, seed: pathSeed }
    );
  const weights = scenarioWeights(input.scenarios);
  const made = service === undefined ? undefined : planFor(input, blocks(), scenarios, weights, plans, setting);
  const meters = scenarios.map((scenario) => scenarioMeter(input, scenario, setting, made));
  let done = 0;
  for (const block of blocks()) {
    for (const meter of meters) {
      meter.add(block);
      done += block.pathCount;
      yield { done, total: input.pathCount * scenarios.length };
    }
  }
  return {
    scenarios: meters.map((meter, index) => ({
      scenario: scenarios[index]!.name,
      weight: weights[index]!,
      demand: { levels, values: meter.quantiles[0]!.values() },
      resources: Object.fromEntries(
        series
          .slice(1)
          .map(({ name }, place): [string, DistributionReport] => [
            name,
            { levels, values: meter.quantiles[place + 1]!.values() },
          ])
      ),
      plans: meter.plans.map((plan) => plan.report()),
    })),
    frontier: made?.frontier ?? [],
    recommendation: made?.recommendation ?? null,
    warnings,
  };
}

function planFor(
  input: WhatIfInput,
  blocks: Iterator<PathBlock>,
  scenarios: readonly CompiledScenario[],
  weights: readonly number[],
  plans: readonly CountedPlan[],
  setting: ScenarioSetting
): MadePlans {
  const block = blocks.next().value as PathBlock;
  const planning = planningFutures(block, input.series, scenarios, weights, setting, input.service!);
  return makePlans(input, input.service!, planning, plans);
}

interface ScenarioMeter {
  readonly quantiles: readonly ColumnQuantiles[];
  readonly plans: readonly PlanMeter[];
  add(block: PathBlock): void;
}

function scenarioMeter(
  { series, levels, service }: WhatIfInput,
  scenario: CompiledScenario,
  setting: ScenarioSetting,
  made: MadePlans | undefined
): ScenarioMeter {
  const { grid } = series[0]!.forecast;
  const run = scenarioRun(scenario, setting);
  const quantiles = series.map((_, place) => columnQuantiles(levels, place, series.length, grid.length));
  const perReplica = series.map((one) => one.perReplica);
  const plans =
    made === undefined || service === undefined
      ? []
      : made.plans.map(({ plan, replicaCost }) => planMeter({ plan, grid, series, replicaCost, service }));
  return {
    quantiles,
    plans,
    add(block) {
      const paths = run(block);
      quantiles.forEach((one) => {
        one.add(paths.values, block.pathCount);
      });
      if (plans.length > 0) {
        const needs = blockNeeds(block, paths, perReplica, service?.model?.scalability);
        plans.forEach((plan) => {
          plan.add(block, paths, needs);
        });
      }
    },
  };
}
