import { serviceFileSchema, type ServiceFile } from '../../../contract/index.ts';
import type { WhatIfService } from '../../allocation/index.ts';
import { DEFAULTS } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { serviceModel } from '../../simulation/index.ts';
import { parseQuantity } from '../../timeseries/index.ts';
import { readYaml } from './readYaml.ts';

/** A service file, understood: what one replica offers of each series, and the service itself. */
export interface ReadService {
  /** Of demand. */
  readonly perReplica: number;
  /** Of resources, by name. */
  readonly perReplicaOf: ReadonlyMap<string, number>;
  readonly warnings: readonly string[];
  /** The service with `current` replicas serving now. */
  readonly serving: (current: number) => WhatIfService;
  /** Replicas for this demand, within min and max. */
  readonly replicasFor: (demand: number) => number;
}

/** Reads a service file (interfaces 1.5); `resources` are those simulated. Throws SERVICE_INVALID with the field. */
export async function readService(file: string, resources: readonly string[]): Promise<ReadService> {
  const documents = await readYaml(file, serviceFileSchema, 'SERVICE_INVALID');
  const read = documents[0]!;
  const { value } = read;
  const fail = (field: string, problem: string): never => {
    throw new HeadroomError('SERVICE_INVALID', { where: read.locate(field), field, problem });
  };
  if (documents.length > 1) {
    fail('file', 'holds more than one document');
  }
  const [min, max] = [value.min ?? DEFAULTS.scaling.min, value.max ?? DEFAULTS.scaling.max];
  if (max < min) {
    fail('max', `is below min ${String(min)}: ${String(max)}`);
  }
  const perReplicaOf = new Map<string, number>();
  for (const [name, { perReplica }] of Object.entries(value.resources ?? {})) {
    const field = `resources.${name}.perReplica`;
    if (!resources.includes(name)) {
      fail(`resources.${name}`, `is not simulated: name it in --resources`);
    }
    const quantity = typeof perReplica === 'number' ? perReplica : parseQuantity(perReplica);
    perReplicaOf.set(name, quantity !== undefined && quantity > 0 ? quantity : fail(field, 'must be more than 0'));
  }
  const { model, warning } = modelOf(value);
  const { currency, ...prices } = value.cost ?? {};
  const clamp = (count: number) => Math.max(min, Math.min(max, count));
  return {
    perReplica: value.perReplica,
    perReplicaOf,
    warnings: warning === undefined ? [] : [warning],
    replicasFor: (demand) => clamp(Math.ceil(Math.max(0, demand) / value.perReplica)),
    serving: (current) => ({
      min,
      max,
      startSeconds: value.startSeconds ?? DEFAULTS.scaling.leadTimeSeconds,
      risk: value.headroom?.risk ?? DEFAULTS.scaling.risk,
      current,
      tiers: DEFAULTS.scaling.tiers,
      prices: definedOnly(prices),
      currency: currency ?? DEFAULTS.cost.currency,
      ...(model === undefined ? {} : { model }),
    }),
  };
}

function modelOf({ perReplica, unitSeconds = 1, slo }: ServiceFile): {
  model?: ReturnType<typeof serviceModel>;
  warning?: string;
} {
  if (slo?.serviceSeconds === undefined) {
    return { warning: 'Without slo.serviceSeconds latency, drops and attainment are not known' };
  }
  const { serviceSeconds, latencySeconds, objective } = slo;
  const model = serviceModel({ perReplica, unitSeconds, serviceSeconds, latencySeconds, objective });
  return model === undefined
    ? { warning: 'Service alone takes longer than the SLO allows, so latency, drops and attainment are not known' }
    : { model };
}

function definedOnly(prices: Omit<NonNullable<ServiceFile['cost']>, 'currency'>): WhatIfService['prices'] {
  const { replicaHour, tierReplicaHour, violationMinute } = prices;
  return {
    ...(replicaHour === undefined ? {} : { replicaHour }),
    ...(tierReplicaHour === undefined ? {} : { tierReplicaHour }),
    ...(violationMinute === undefined ? {} : { violationMinute }),
  };
}
