import { serviceMeter, type PathBlock, type ScenarioPaths } from '../../simulation/index.ts';
import type { TimeGrid } from '../../timeseries/index.ts';
import { planOutcome } from '../planOutcome.ts';
import { violationCost } from '../prices.ts';
import { windowRisk } from '../windowRisk.ts';
import { planEntries, type CountedPlan } from './planCounts.ts';
import type { PlanReport, WhatIfService } from './whatIfTypes.ts';

/** Judges one plan in one scenario, block by block. */
export interface PlanMeter {
  add(block: PathBlock, paths: ScenarioPaths, needs: Int32Array): void;
  report(): PlanReport;
}

export interface PlanMeterInput {
  readonly plan: CountedPlan;
  readonly grid: TimeGrid;
  /** Units of demand, series 0, that a replica serves. */
  readonly perReplica: number;
  /** The price of the plan's replicas over the horizon; undefined without one. */
  readonly replicaCost: number | undefined;
  readonly service: WhatIfService;
}

/** Makes the meter of a plan. */
export function planMeter({ plan, grid, perReplica, replicaCost, service }: PlanMeterInput): PlanMeter {
  const { counts } = plan;
  const stepCount = grid.length;
  const windowSteps = Math.max(1, Math.floor(service.startSeconds / grid.stepSeconds + 1e-9));
  const fluid = service.model === undefined ? undefined : serviceMeter(service.model, grid.stepSeconds);
  const shortPaths = new Float64Array(stepCount);
  const usable = new Float64Array(stepCount);
  let [pathTotal, risk, served, offered] = [0, 0, 0, 0];

  function addPath(demand: Float64Array, path: number, capacity: ScenarioPaths['capacity']): void {
    for (let step = 0; step < stepCount; step++) {
      const at = path * stepCount + step;
      const count = counts[step]!;
      usable[step] = capacity === undefined ? count : Math.max(0, count * capacity.factor[at]! + capacity.add[at]!);
      offered += usable[step]! * perReplica;
      served += Math.min(Math.max(0, demand[step]!), usable[step]! * perReplica);
    }
    fluid?.add(demand, usable);
  }

  return {
    add({ pathCount, seriesCount }, { values, capacity }, needs) {
      const futures = [{ pathCount, stepCount, needs, weight: 1 }];
      pathTotal += pathCount;
      planOutcome(futures, counts).probability.forEach((share, step) => {
        shortPaths[step]! += share * pathCount;
      });
      risk += pathCount * windowRisk({ futures, windowSteps, firstStep: 0 }, counts);
      for (let path = 0; path < pathCount; path++) {
        const start = path * seriesCount * stepCount;
        addPath(values.subarray(start, start + stepCount), path, capacity);
      }
    },
    report() {
      const outcome = fluid?.outcome();
      const stepHours = grid.stepSeconds / 3600;
      const shortHours = (shortPaths.reduce((sum, count) => sum + count, 0) / pathTotal) * stepHours;
      return {
        plan: plan.name,
        replicas: planEntries(counts, grid.stepSeconds),
        cost: replicaCost === undefined ? null : replicaCost + violationCost(60 * shortHours, service.prices),
        replicaHours: counts.reduce((sum, count) => sum + count, 0) * stepHours,
        utilization: offered > 0 ? served / offered : null,
        latencySeconds: outcome?.latencySeconds ?? null,
        throughput: outcome?.throughput ?? served / (pathTotal * stepCount),
        dropped: outcome?.dropped ?? null,
        shortfallProbability: Array.from(shortPaths, (count) => count / pathTotal),
        shortfallProbabilityWindow: risk / pathTotal,
        sloAttainment: outcome?.sloAttainment ?? null,
      };
    },
  };
}
