import { quantileSorted } from '../../../statistics/index.ts';
import { workStretch, type Scalability } from '../scalability.ts';
import { medianLine } from '../../medianLine.ts';
import type { ReplicaLoad } from './replicaLoads.ts';

const LEAST_COUNTS = 4;
const LEAST_EACH = 10;
const LEAST_SPAN = 2;
/** How much nearer the curve must come than no slowing down at all. */
const LEAST_GAIN = 0.25;
const GRID = [0, ...Array.from({ length: 24 }, (_, i) => 1e-5 * 1.55 ** i)];

/** What a unit of demand took of the processors at each count of replicas, as logarithms. */
export type WorkCosts = ReadonlyArray<readonly [count: number, logCost: number]>;

/**
 * How replicas slow each other down, from what a unit of demand takes of the processors at different counts of replicas;
 * undefined where counts hardly differed or the cost does not rise with them.
 */
export function fitScalability(loads: readonly ReplicaLoad[]): Scalability | undefined {
  const costs = workCosts(loads, idleUse(loads));
  return costs === undefined ? undefined : bestScalability(costs);
}

/** What processors do without any load; undefined where their use was not measured. */
export function idleUse(loads: readonly ReplicaLoad[]): number | undefined {
  const points = used(loads);
  return points.length === 0
    ? undefined
    : (medianLine(points.map(({ load, utilization }) => [load, utilization!])) ?? [0])[0];
}

/** The costs at each count of replicas; undefined where counts hardly differed, or there is no `idle`. */
export function workCosts(loads: readonly ReplicaLoad[], idle: number | undefined): WorkCosts | undefined {
  if (idle === undefined) {
    return undefined;
  }
  const costsOf = new Map<number, number[]>();
  for (const { replicas, load, utilization } of used(loads)) {
    const count = Math.round(replicas);
    costsOf.set(count, [
      ...(costsOf.get(count) ?? []),
      (utilization! - Math.max(0, Math.min(idle, 0.9 * utilization!))) / load,
    ]);
  }
  const costs = [...costsOf]
    .filter(([, values]) => values.length >= LEAST_EACH)
    .map(([count, values]): [number, number] => [
      count,
      Math.log(quantileSorted(Float64Array.from(values).sort(), 0.5)),
    ]);
  const counts = costs.map(([count]) => count);
  return costs.length < LEAST_COUNTS || Math.max(...counts) < LEAST_SPAN * Math.min(...counts) ? undefined : costs;
}

/** The scalability nearest to the costs; undefined where none is clearly nearer than none at all. */
export function bestScalability(costs: WorkCosts): Scalability | undefined {
  const flat = misfit(costs, { contention: 0, coherence: 0 });
  let best = { scalability: { contention: 0, coherence: 0 }, error: flat };
  for (const contention of GRID) {
    for (const coherence of GRID) {
      const error = misfit(costs, { contention, coherence });
      best = error < best.error * (1 - 1e-9) ? { scalability: { contention, coherence }, error } : best;
    }
  }
  return best.error <= (1 - LEAST_GAIN) * flat && best.error > 0 ? best.scalability : undefined;
}

function used(loads: readonly ReplicaLoad[]): readonly ReplicaLoad[] {
  return loads.filter(({ utilization }) => utilization !== undefined && utilization > 0);
}

/** The mean distance of the logarithms from their median, once the curve is taken out. */
export function misfit(costs: WorkCosts, scalability: Scalability): number {
  const rests = Float64Array.from(costs, ([count, cost]) => cost - Math.log(workStretch(count, scalability)));
  const middle = quantileSorted(rests.slice().sort(), 0.5);
  return rests.reduce((sum, rest) => sum + Math.abs(rest - middle), 0) / rests.length;
}
