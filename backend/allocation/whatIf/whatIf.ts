import type { PathBlock } from '../../simulation/index.ts';
import type { CapacityLoad } from '../capacityLoad.ts';
import type { NeedPaths } from '../needPaths.ts';
import { checkWhatIf } from './checkWhatIf.ts';
import { paceWarnings } from './paceWarnings.ts';
import { makePlans, type MadePlans } from './makePlans.ts';
import type { CountedPlan } from './planCounts.ts';
import { pricedPlans, type PricedPlan } from './pricedPlans.ts';
import { sampledPaths, type SampledPaths } from './kinds/sampledPaths.ts';
import { scenarioFuture, type ScenarioFuture, type SeenBlock } from './scenarioFuture.ts';
import { scenarioWeights } from './scenarioWeights.ts';
import { whatIfSession, type WhatIfSession } from './whatIfSession.ts';
import type { DistributionReport, ScenarioReport, WhatIfInput, WhatIfReport } from './whatIfTypes.ts';

/** How far a what-if has come. */
export interface WhatIfProgress {
  readonly done: number;
  readonly total: number;
}

/** As many bytes of changed paths are kept between planning and judging; beyond, they are made twice. */
const MOST_KEPT_BYTES = 2 ** 26;

/**
 * Simulates the baseline and some scenarios, judges plans in each, and recommends one for their mixture.
 *
 * Every scenario meets the same paths. All input is checked before the first path is drawn (SCENARIO_*, PLAN_INVALID).
 * With `sliderLevels` less is said of the same. Yields after each block of paths in each scenario, so that the caller can report progress or stop; memory does not grow
 * with `pathCount`. Plans are made on the first block. A session answers the next question about the same forecast
 * sooner, with the same bits.
 */
export function* whatIf(
  input: WhatIfInput,
  session: WhatIfSession = whatIfSession()
): Generator<WhatIfProgress, WhatIfReport, void> {
  const { series, service, sliderLevels } = input;
  const shown = sliderLevels ?? input.levels;
  const { grid } = series[0]!.forecast;
  const { scenarios, plans } = checkWhatIf({ ...input, grid, names: series.map(({ name }) => name) });
  const base = session.baseOf(input);
  const blocks = base.blocks();
  let next = blocks.next();
  const futureInput = {
    ...{ series, levels: shown },
    ...(service === undefined ? {} : { service }),
    ...(service === undefined || sliderLevels !== undefined ? {} : { highLevel: 1 - service.risk }),
  };
  const futureAt = (index: number) =>
    index === 0 ? base.baseline() : scenarioFuture(futureInput, scenarios[index]!, base.setting);
  const futures = scenarios.map((_, index) => futureAt(index));
  const weights = scenarioWeights(input.scenarios);
  const see = (future: ScenarioFuture, block: PathBlock, baseline: SeenBlock | undefined): SeenBlock => {
    const buffer = session.takeBuffer();
    const one = future.see(block, buffer, baseline);
    if (buffer !== undefined && one.paths.values.buffer !== buffer) {
      session.giveBuffer(buffer);
    }
    return one;
  };
  const leave = (block: PathBlock, { paths: { values } }: SeenBlock) => {
    if (values.buffer !== block.values.buffer) {
      session.giveBuffer(values.buffer);
    }
  };
  const total = input.pathCount * scenarios.length;
  const seen: Array<SeenBlock | undefined> = [];
  const asked: Array<ScenarioReport['asked']> = [];
  let judged: readonly PricedPlan[] = [];
  let made: MadePlans | undefined;
  if (service !== undefined) {
    const block = next.value as PathBlock;
    const isKept = futures.length * block.values.byteLength <= MOST_KEPT_BYTES;
    const planned = futures.map((future, index) => (isKept ? future : futureAt(index)));
    const needs: Int32Array[] = [];
    const samples: SampledPaths[] = [];
    let baseline: SeenBlock | undefined;
    for (const [index, future] of planned.entries()) {
      const counts = weights[index]! > 0;
      // The baseline is seen even where it has no weight: most of a scenario is like it.
      if (counts || (index === 0 && isKept)) {
        const one = see(future, block, baseline);
        baseline = index === 0 ? one : baseline;
        if (counts) {
          needs[index] = one.needs;
        }
        if (counts && sliderLevels === undefined) {
          samples.push(sampledPaths(block, one.paths, weights[index]!));
        }
        if (isKept) {
          seen[index] = one;
        } else {
          leave(block, one);
        }
        yield { done: 0, total };
      }
    }
    const futureNeeds = weightedNeeds(block, needs, weights);
    if (sliderLevels === undefined) {
      const planning = planFor(input, { planned, needs, samples, futures: futureNeeds }, plans);
      let stage = planning.next();
      while (stage.done !== true) {
        yield { done: 0, total };
        stage = planning.next();
      }
      made = stage.value;
    }
    judged = made?.plans ?? pricedPlans(input, service, futureNeeds, plans);
    yield { done: 0, total };
  }
  for (let done = 0; next.done !== true; next = blocks.next()) {
    const block = next.value;
    let baseline: SeenBlock | undefined;
    for (const [index, future] of futures.entries()) {
      const one = (block.firstPath === 0 ? seen[index] : undefined) ?? see(future, block, baseline);
      baseline = index === 0 ? one : baseline;
      seen[index] = undefined;
      if (block.firstPath === 0) {
        asked[index] = future.asked(block, one);
      }
      judged.forEach(({ plan }) => {
        future.judge(block, one, plan.counts);
      });
      leave(block, one);
      done += block.pathCount;
      yield { done, total };
    }
  }
  return {
    scenarios: futures.map((future, index) => ({
      scenario: scenarios[index]!.name,
      weight: weights[index]!,
      asked: asked[index] ?? null,
      demand: future.distribution(0, shown),
      resources: Object.fromEntries(
        series
          .slice(1)
          .map(({ name }, place): [string, DistributionReport] => [name, future.distribution(place + 1, shown)])
      ),
      plans: judged.map(({ plan, replicaCost }) => future.report(plan.name, plan.counts, replicaCost)),
    })),
    ...(made?.kinds ?? { frontier: [], frontiers: {}, candidates: [], absent: [] }),
    recommendation: made?.recommendation ?? null,
    warnings: [...base.warnings, ...(service === undefined ? [] : paceWarnings(plans, grid, service))],
  };
}

interface Planned {
  readonly planned: readonly ScenarioFuture[];
  readonly needs: readonly Int32Array[];
  readonly samples: readonly SampledPaths[];
  readonly futures: readonly NeedPaths[];
}

/** The needs of those scenarios that count. */
function weightedNeeds(
  { pathCount, stepCount }: PathBlock,
  needs: readonly Int32Array[],
  weights: readonly number[]
): readonly NeedPaths[] {
  return weights.flatMap((weight, index) =>
    needs[index] === undefined ? [] : [{ pathCount, stepCount, needs: needs[index], weight }]
  );
}

/** Plans for the scenarios with a weight; a series' load is its demand at level 1 - risk in the one where that is highest. */
function planFor(
  input: WhatIfInput,
  { planned, needs, samples, futures }: Planned,
  plans: readonly CountedPlan[]
): Generator<void, MadePlans, void> {
  const loads = input.series.flatMap(({ name, unit, perReplica }, place): CapacityLoad[] => {
    if (perReplica === undefined) {
      return [];
    }
    const highDemand = new Float64Array(futures[0]!.stepCount);
    planned.forEach((future, index) => {
      if (needs[index] !== undefined) {
        future.high(place)?.forEach((value, step) => {
          highDemand[step] = Math.max(highDemand[step]!, value);
        });
      }
    });
    return [{ name, unit, perReplica, highDemand }];
  });
  return makePlans(input, input.service!, { futures, loads, samples }, plans);
}
