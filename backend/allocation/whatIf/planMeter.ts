import { serviceMeter, usualWhenFull, type PathBlock, type ScenarioPaths } from '../../simulation/index.ts';
import type { TimeGrid } from '../../timeseries/index.ts';
import { paidHours } from '../paidHours.ts';
import { churnCost, scaleActions, violationCost } from '../prices.ts';
import { windowRisk } from '../windowRisk.ts';
import { planEntries } from './planCounts.ts';
import type { CostParts, PlanReport, WhatIfSeries, WhatIfService } from './whatIfTypes.ts';

/** Judges one plan in one scenario, block by block. */
export interface PlanMeter {
  /** Paths added so far. */
  readonly pathCount: number;
  add(block: PathBlock, paths: ScenarioPaths, needs: Int32Array): void;
  /** `replicaCost` is the price of the plan's replicas over the horizon; undefined without one. */
  report(name: string, replicaCost: number | undefined): PlanReport;
}

export interface PlanMeterInput {
  /** Replicas that serve, `[step]`. */
  readonly counts: Int32Array;
  readonly grid: TimeGrid;
  /** Demand first. */
  readonly series: readonly WhatIfSeries[];
  readonly service: WhatIfService;
}

/** Makes the meter of a plan. */
export function planMeter({ counts, grid, series, service }: PlanMeterInput): PlanMeter {
  const perReplica = series[0]!.perReplica!;
  const stepCount = grid.length;
  const windowSteps = Math.max(1, Math.floor(service.startSeconds / grid.stepSeconds + 1e-9));
  const limited = series.flatMap((one, place) =>
    place === 0 || one.perReplica === undefined
      ? []
      : [{ place, perReplica: one.perReplica, whenFull: one.whenFull ?? usualWhenFull(one.name) }]
  );
  const fluid =
    service.model === undefined
      ? undefined
      : serviceMeter(service.model, grid.stepSeconds, { limits: limited, startSeconds: service.startSeconds });
  const shortPaths = new Float64Array(stepCount);
  const usable = new Float64Array(stepCount);
  let [pathTotal, risk, everShort, served, offered] = [0, 0, 0, 0, 0];

  const fixed = Float64Array.from(counts);
  const fixedOffer = fixed.reduce((sum, count) => sum + count * perReplica, 0);
  const rows: Float64Array[] = limited.map(() => new Float64Array(0));

  function scaleUsable(path: number, { factor, add }: NonNullable<ScenarioPaths['capacity']>): number {
    let offer = 0;
    for (let step = 0; step < stepCount; step++) {
      const at = path * stepCount + step;
      usable[step] = Math.max(0, counts[step]! * factor[at]! + add[at]!);
      offer += usable[step]! * perReplica;
    }
    return offer;
  }

  function servedOf(values: Float64Array, start: number, ready: Float64Array): number {
    let sum = 0;
    for (let step = 0; step < stepCount; step++) {
      const demand = values[start + step]!;
      const most = ready[step]! * perReplica;
      sum += demand < most ? (demand > 0 ? demand : 0) : most;
    }
    return sum;
  }

  /** How many paths are short, summed over the steps. */
  function addShortPaths(needs: Int32Array, pathCount: number): number {
    let total = 0;
    for (let step = 0; step < stepCount; step++) {
      const count = counts[step]!;
      let short = 0;
      for (let i = step * pathCount; i < (step + 1) * pathCount; i++) {
        short += needs[i]! > count ? 1 : 0;
      }
      shortPaths[step]! += short;
      total += short;
    }
    return total;
  }

  function addPath(block: PathBlock, { values, capacity }: ScenarioPaths, path: number): void {
    const start = path * block.seriesCount * stepCount;
    const ready = capacity === undefined ? fixed : usable;
    offered += capacity === undefined ? fixedOffer : scaleUsable(path, capacity);
    served += servedOf(values, start, ready);
    if (fluid !== undefined) {
      for (let i = 0; i < limited.length; i++) {
        const from = start + limited[i]!.place * stepCount;
        rows[i] = values.subarray(from, from + stepCount);
      }
      fluid.add(values.subarray(start, start + stepCount), ready, rows);
    }
  }

  /** What requests dropped at so many units of demand a step cost over the horizon. */
  function droppedCost(units: number | undefined): number | null {
    const { droppedThousand } = service.prices;
    if (droppedThousand === undefined) {
      return 0;
    }
    const requests = ((units ?? 0) * stepCount * grid.stepSeconds) / (service.model?.unitSeconds ?? 1);
    return units === undefined ? null : (requests / 1000) * droppedThousand;
  }

  return {
    get pathCount() {
      return pathTotal;
    },
    add(block, paths, needs) {
      const { pathCount } = block;
      const futures = [{ pathCount, stepCount, needs, weight: 1 }];
      pathTotal += pathCount;
      const short = addShortPaths(needs, pathCount);
      risk +=
        windowSteps === 1 ? short / stepCount : pathCount * windowRisk({ futures, windowSteps, firstStep: 0 }, counts);
      everShort += pathCount * windowRisk({ futures, windowSteps: stepCount, firstStep: 0 }, counts);
      for (let path = 0; path < pathCount; path++) {
        addPath(block, paths, path);
      }
    },
    report(name, replicaCost) {
      const outcome = fluid?.outcome();
      const stepHours = grid.stepSeconds / 3600;
      const shortMinutes = 60 * (shortPaths.reduce((sum, count) => sum + count, 0) / pathTotal) * stepHours;
      const hours = paidHours(counts, service.current, grid.stepSeconds, {
        startSeconds: service.startSeconds,
        drainSeconds: service.drainSeconds ?? 0,
      });
      const costs: CostParts = {
        replicas: replicaCost ?? null,
        violations: violationCost(shortMinutes, service.prices),
        dropped: droppedCost(outcome?.dropped),
        churn: churnCost(counts, service.current, service.prices),
        overProvisioning:
          ((offered - served) / perReplica / pathTotal) * stepHours * (service.prices.idleReplicaHour ?? 0),
      };
      return {
        plan: name,
        replicas: planEntries(counts, grid.stepSeconds),
        cost: costs.replicas === null ? null : sumOf(costs),
        costs,
        replicaHours: hours.serving + hours.changing,
        violationMinutes: shortMinutes,
        scaleActions: scaleActions(counts, service.current),
        utilization: offered > 0 ? served / offered : null,
        latencySeconds: outcome?.latencySeconds ?? null,
        throughput: outcome?.throughput ?? served / (pathTotal * stepCount),
        dropped: outcome?.dropped ?? null,
        killed: outcome?.killed ?? null,
        shortfallProbability: Array.from(shortPaths, (count) => count / pathTotal),
        shortfallProbabilityWindow: risk / pathTotal,
        shortfallProbabilityHorizon: everShort / pathTotal,
        sloAttainment: outcome?.sloAttainment ?? null,
      };
    },
  };
}

function sumOf({ replicas, violations, dropped, churn, overProvisioning }: CostParts): number {
  return (replicas ?? 0) + violations + (dropped ?? 0) + churn + overProvisioning;
}
