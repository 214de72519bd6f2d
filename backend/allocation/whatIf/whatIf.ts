import type { PathBlock } from '../../simulation/index.ts';
import type { CapacityLoad } from '../capacityLoad.ts';
import { needScale } from '../needScale.ts';
import { stepNeed } from '../stepNeed.ts';
import { checkWhatIf } from './checkWhatIf.ts';
import { paceWarnings } from './paceWarnings.ts';
import { makePlans, type MadePlans } from './makePlans.ts';
import type { CountedPlan } from './planCounts.ts';
import { sampledPaths, type SampledPaths } from './kinds/sampledPaths.ts';
import { scenarioFuture, type ScenarioFuture, type SeenBlock } from './scenarioFuture.ts';
import { scenarioWeights } from './scenarioWeights.ts';
import { whatIfSession, type WhatIfSession } from './whatIfSession.ts';
import type { DistributionReport, ScenarioReport, WhatIfInput, WhatIfReport, WhatIfService } from './whatIfTypes.ts';

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
 * Yields after each block of paths in each scenario, so that the caller can report progress or stop; memory does not grow
 * with `pathCount`. Plans are made on the first block. A session answers the next question about the same forecast
 * sooner, with the same bits.
 */
export function* whatIf(
  input: WhatIfInput,
  session: WhatIfSession = whatIfSession()
): Generator<WhatIfProgress, WhatIfReport, void> {
  const { series, service } = input;
  const { grid } = series[0]!.forecast;
  const { scenarios, plans } = checkWhatIf({ ...input, grid, names: series.map(({ name }) => name) });
  const base = session.baseOf(input);
  const blocks = base.blocks();
  let next = blocks.next();
  const futureAt = (index: number) =>
    index === 0 ? base.baseline() : scenarioFuture(input, scenarios[index]!, base.setting);
  const futures = scenarios.map((_, index) => futureAt(index));
  const weights = scenarioWeights(input.scenarios);
  const total = input.pathCount * scenarios.length;
  const seen: Array<SeenBlock | undefined> = [];
  const asked: Array<ScenarioReport['asked']> = [];
  let made: MadePlans | undefined;
  if (service !== undefined) {
    const block = next.value as PathBlock;
    const isKept = futures.length * block.values.byteLength <= MOST_KEPT_BYTES;
    const planned = futures.map((future, index) => (isKept ? future : futureAt(index)));
    const needs: Int32Array[] = [];
    const samples: SampledPaths[] = [];
    for (const [index, future] of planned.entries()) {
      if (weights[index]! > 0) {
        const one = future.see(block);
        needs[index] = one.needs;
        samples.push(sampledPaths(block, one.paths, weights[index]!));
        seen[index] = isKept ? one : undefined;
        yield { done: 0, total };
      }
    }
    made = planFor(input, block, { planned, needs, samples, weights }, plans);
    yield { done: 0, total };
  }
  for (let done = 0; next.done !== true; next = blocks.next()) {
    const block = next.value;
    for (const [index, future] of futures.entries()) {
      const one = (block.firstPath === 0 ? seen[index] : undefined) ?? future.see(block);
      seen[index] = undefined;
      if (service !== undefined && block.firstPath === 0) {
        asked[index] = askedReplicas(block, one.needs, service);
      }
      made?.plans.forEach(({ plan }) => {
        future.judge(block, one, plan.counts);
      });
      done += block.pathCount;
      yield { done, total };
    }
  }
  return {
    scenarios: futures.map((future, index) => ({
      scenario: scenarios[index]!.name,
      weight: weights[index]!,
      asked: asked[index] ?? null,
      demand: future.distribution(0),
      resources: Object.fromEntries(
        series.slice(1).map(({ name }, place): [string, DistributionReport] => [name, future.distribution(place + 1)])
      ),
      plans: (made?.plans ?? []).map(({ plan, replicaCost }) => future.report(plan.name, plan.counts, replicaCost)),
    })),
    ...(made?.kinds ?? { frontier: [], frontiers: {}, candidates: [], absent: [] }),
    recommendation: made?.recommendation ?? null,
    warnings: [...base.warnings, ...(service === undefined ? [] : paceWarnings(plans, grid, service))],
  };
}

/** Replicas that are enough with probability 1 - risk in one scenario. */
function askedReplicas(
  { pathCount, stepCount }: PathBlock,
  needs: Int32Array,
  { min, max, risk }: WhatIfService
): ScenarioReport['asked'] {
  const futures = [{ pathCount, stepCount, needs, weight: 1 }];
  const scale = needScale(futures, min, max);
  const counts = Array.from({ length: stepCount }, (_, step) => stepNeed(futures, step, scale, max).quantile(1 - risk));
  return { first: counts[0]!, peak: counts.reduce((most, count) => Math.max(most, count)) };
}

interface Planned {
  readonly planned: readonly ScenarioFuture[];
  readonly needs: readonly Int32Array[];
  readonly samples: readonly SampledPaths[];
  readonly weights: readonly number[];
}

/** Plans for the scenarios with a weight; a series' load is its demand at level 1 - risk in the one where that is highest. */
function planFor(
  input: WhatIfInput,
  { pathCount, stepCount }: PathBlock,
  { planned, needs, samples, weights }: Planned,
  plans: readonly CountedPlan[]
): MadePlans {
  const loads = input.series.flatMap(({ name, unit, perReplica }, place): CapacityLoad[] => {
    if (perReplica === undefined) {
      return [];
    }
    const highDemand = new Float64Array(stepCount);
    planned.forEach((future, index) => {
      if (needs[index] !== undefined) {
        future.high(place)?.forEach((value, step) => {
          highDemand[step] = Math.max(highDemand[step]!, value);
        });
      }
    });
    return [{ name, unit, perReplica, highDemand }];
  });
  const futures = weights.flatMap((weight, index) =>
    needs[index] === undefined ? [] : [{ pathCount, stepCount, needs: needs[index], weight }]
  );
  return makePlans(input, input.service!, { futures, loads, samples }, plans);
}
