import type { ServiceFile } from '../../../contract/index.ts';
import { weighedPrices, type WhatIfService } from '../../allocation/index.ts';
import { compileCost, DEFAULTS } from '../../config/index.ts';
import { serviceModel, usualWhenFull, type ServiceObjective, type WhenFull } from '../../simulation/index.ts';
import { parseQuantity } from '../../timeseries/index.ts';

/** A service as it was written, understood: what one replica offers of each series, and the service itself. */
export interface UnderstoodService {
  /** Of demand. */
  readonly perReplica: number;
  /** Of resources, by name. */
  readonly perReplicaOf: ReadonlyMap<string, number>;
  /** What happens when a resource is full, by name. */
  readonly whenFullOf: ReadonlyMap<string, WhenFull>;
  readonly warnings: readonly string[];
  /** The service with `current` replicas serving now. */
  readonly serving: (current: number) => WhatIfService;
  /** Replicas for this demand, within min and max. */
  readonly replicasFor: (demand: number) => number;
}

/**
 * Understands a service (interfaces 1.5) for a simulation of `resources`; `fail` is told the field of what contradicts.
 *
 * `workersPerReplica` is how many requests a replica works on at a time, where it was learnt.
 */
export function understandService(
  value: ServiceFile,
  resources: readonly string[],
  fail: (field: string, problem: string) => never,
  workersPerReplica?: number
): UnderstoodService {
  const [min, max] = [value.min ?? DEFAULTS.scaling.min, value.max ?? DEFAULTS.scaling.max];
  if (max < min) {
    fail('max', `is below min ${String(min)}: ${String(max)}`);
  }
  const perReplicaOf = new Map<string, number>();
  const whenFullOf = new Map<string, WhenFull>();
  for (const [name, { perReplica, whenFull = usualWhenFull(name) }] of Object.entries(value.resources ?? {})) {
    const field = `resources.${name}.perReplica`;
    if (!resources.includes(name)) {
      fail(`resources.${name}`, `is not simulated: the resources are ${resources.join(', ') || 'none'}`);
    }
    const quantity = typeof perReplica === 'number' ? perReplica : parseQuantity(perReplica);
    perReplicaOf.set(name, quantity !== undefined && quantity > 0 ? quantity : fail(field, 'must be more than 0'));
    whenFullOf.set(name, whenFull);
  }
  const { model, warning } = modelOf(value, workersPerReplica);
  const {
    currency,
    weights = {},
    ...prices
  } = compileCost(value.cost, (path, problem) => {
    fail(['cost', ...path].join('.'), problem);
  });
  const clamp = (count: number) => Math.max(min, Math.min(max, count));
  return {
    perReplica: value.perReplica,
    perReplicaOf,
    whenFullOf,
    warnings: warning === undefined ? [] : [warning],
    replicasFor: (demand) => clamp(Math.ceil(Math.max(0, demand) / value.perReplica)),
    serving: (current) => ({
      min,
      max,
      startSeconds: value.startSeconds ?? DEFAULTS.scaling.leadTimeSeconds,
      drainSeconds: value.drainSeconds ?? DEFAULTS.scaling.drainSeconds,
      risk: value.headroom?.risk ?? DEFAULTS.scaling.risk,
      current,
      tiers: DEFAULTS.scaling.tiers,
      ...(value.limits === undefined ? {} : { limits: value.limits }),
      reactive: {
        targetUtilization: value.hpa?.targetUtilization ?? DEFAULTS.reactive.hpa.targetUtilization,
        delaySeconds:
          (value.metricLagSeconds ?? DEFAULTS.reactive.metricLagSeconds) +
          (value.startSeconds ?? DEFAULTS.scaling.leadTimeSeconds),
        downStabilizationSeconds: value.hpa?.downStabilizationSeconds ?? DEFAULTS.reactive.hpa.downStabilizationSeconds,
      },
      prices: weighedPrices(prices, weights),
      currency,
      ...(model === undefined ? {} : { model }),
    }),
  };
}

function modelOf(
  { perReplica, unitSeconds = 1, slo, variability, scalability, queueLimit }: ServiceFile,
  workersPerReplica: number | undefined
): {
  model?: ReturnType<typeof serviceModel>;
  warning?: string;
} {
  if (slo?.serviceSeconds === undefined) {
    return { warning: 'Without slo.serviceSeconds latency, drops and attainment are not known' };
  }
  const { serviceSeconds, latencySeconds, objective } = slo;
  const told: Partial<ServiceObjective> = definedOnly({ variability, scalability, queueLimit, workersPerReplica });
  const model = serviceModel({ perReplica, unitSeconds, serviceSeconds, latencySeconds, objective, ...told });
  return model === undefined
    ? { warning: 'Service alone takes longer than the SLO allows, so latency, drops and attainment are not known' }
    : { model };
}

function definedOnly<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
