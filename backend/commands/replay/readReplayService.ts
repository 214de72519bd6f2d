import { serviceFileSchema } from '../../../contract/index.ts';
import { DEFAULTS } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { ReplayService } from '../../replay/index.ts';
import { serviceModel, type ServiceModel } from '../../simulation/index.ts';
import { readYaml } from '../simulate/readYaml.ts';

const DRAIN_SECONDS = 30;
const LONGEST_SECONDS = 86_400;
const LEAST_SYNC_SECONDS = 1;
const LONGEST_WINDOW_SECONDS = 3600;
const MOST_TOLERANCE = 1;
const MOST_REPLICAS = 100_000;

/** A service file as a replay reads it. */
export interface ReadReplayService {
  readonly service: ReplayService;
  readonly model?: ServiceModel;
  readonly warnings: readonly string[];
  /** Of its prices; absent where none is named. */
  readonly currency?: string;
}

/** Reads a service file (interfaces 1.5) with its defaults. Throws SERVICE_INVALID with the field. */
export async function readReplayService(file: string): Promise<ReadReplayService> {
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
  const hpa = { ...DEFAULTS.reactive.hpa, ...definedOnly(value.hpa ?? {}) };
  const within = (field: string, number: number, least: number, most: number): number =>
    number >= least && number <= most
      ? number
      : fail(field, `must be from ${String(least)} to ${String(most)}, not ${String(number)}`);
  within('max', max, 1, MOST_REPLICAS);
  within('hpa.syncSeconds', hpa.syncSeconds, LEAST_SYNC_SECONDS, LONGEST_SECONDS);
  within('hpa.tolerance', hpa.tolerance, 0, MOST_TOLERANCE);
  within('hpa.downStabilizationSeconds', hpa.downStabilizationSeconds, 0, LONGEST_WINDOW_SECONDS);
  const { replicaHour, violationMinute, currency } = value.cost ?? {};
  const priced = currency === undefined ? {} : { currency };
  const service: ReplayService = {
    perReplica: value.perReplica,
    startSeconds: within('startSeconds', value.startSeconds ?? DEFAULTS.scaling.leadTimeSeconds, 0, LONGEST_SECONDS),
    drainSeconds: within('drainSeconds', value.drainSeconds ?? DRAIN_SECONDS, 0, LONGEST_SECONDS),
    metricLagSeconds: within(
      'metricLagSeconds',
      value.metricLagSeconds ?? DEFAULTS.reactive.metricLagSeconds,
      0,
      LONGEST_SECONDS
    ),
    min,
    max,
    ...(replicaHour === undefined ? {} : { replicaHour }),
    ...(violationMinute === undefined ? {} : { violationMinute }),
    hpa,
    risk: value.headroom?.risk ?? DEFAULTS.scaling.risk,
  };
  const warnings = [
    ...(replicaHour === undefined ? ['Without cost.replicaHour there is no replica cost'] : []),
    ...(violationMinute === undefined ? ['Without cost.violationMinute there is no violation cost'] : []),
  ];
  if (value.slo?.serviceSeconds === undefined) {
    return { service, ...priced, warnings: [...warnings, 'Without slo.serviceSeconds latency is not known'] };
  }
  const { serviceSeconds, latencySeconds, objective } = value.slo;
  const { perReplica, unitSeconds = 1 } = value;
  const model = serviceModel({ perReplica, unitSeconds, serviceSeconds, latencySeconds, objective });
  return model === undefined
    ? {
        service,
        ...priced,
        warnings: [...warnings, 'Service alone takes longer than the SLO allows, so latency is not known'],
      }
    : { service, ...priced, model, warnings };
}

function definedOnly(fields: Readonly<Record<string, number | undefined>>): Partial<ReplayService['hpa']> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
