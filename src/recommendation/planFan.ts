import type { ForecastResponse } from '../../contract/api.ts';
import type { Plan } from '../../contract/plan.ts';
import type { Recommendation } from '../../contract/recommendation.ts';
import type { Values } from '../charts/fan';
import { lastNumber } from '../charts/lastNumber';

/**
 * The capacity that a plan gives at each time, in the unit of demand: null before its first step and where `perReplica`
 * is unknown; `times` and `at` in epoch seconds.
 */
export function planCapacity({ replicas }: Plan, times: readonly number[], perReplica: number | null): Values {
  let step = -1;
  return times.map((time) => {
    while (step + 1 < replicas.length && (replicas[step + 1]?.at ?? Infinity) <= time) {
      step += 1;
    }
    const holding = replicas[step];
    return holding === undefined || perReplica === null ? null : holding.count * perReplica;
  });
}

/** What one replica carries, by the capacity of so many; null where it cannot be told. */
export function capacityPerReplica(capacity: Values, replicas: number | null): number | null {
  const last = lastNumber(capacity);
  return last === null || replicas === null || replicas <= 0 ? null : last / replicas;
}

/** A recommended plan over the times of a forecast, in its unit; undefined where it cannot be told. */
export function planFan(
  { capacity, times }: Pick<ForecastResponse, 'capacity' | 'times'>,
  { plan, current }: Pick<Recommendation, 'plan' | 'current'>
): Values | undefined {
  const planned = planCapacity(plan, times, capacityPerReplica(capacity, current.replicas));
  return planned.some((value) => value !== null) ? planned : undefined;
}
