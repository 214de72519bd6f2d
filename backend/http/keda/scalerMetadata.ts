import { HeadroomError } from '../../errors/index.ts';
import { parseDurationSeconds } from '../../timeseries/index.ts';

const KINDS = ['total', 'committed', 'reserved', 'burst'] as const;
const DEFAULT_LEVEL = 0.9;

/** What a ScaledObject asks for. */
export interface ScalerMetadata {
  readonly workload: string;
  /** Recommended replicas of a kind, or the forecast of a resource or activity at a level. */
  readonly asked:
    | { readonly what: 'replicas'; readonly kind: (typeof KINDS)[number] }
    | { readonly what: 'forecast'; readonly resource: string; readonly level: number };
  /** Absent: the lead time of the workload. */
  readonly leadSeconds?: number;
  /** Absent: 1 for replicas, what a replica carries for a forecast. */
  readonly threshold?: number;
}

/** Reads a trigger's metadata; throws API_PARAMETER_INVALID. What KEDA itself adds to it is passed over. */
export function scalerMetadata(metadata: Readonly<Record<string, string>>): ScalerMetadata {
  const { workload, kind, resource, level, lead, threshold } = metadata;
  if (workload === undefined || workload === '') {
    throw invalid('workload', 'it is required: the name of a workload of Headroom');
  }
  return {
    workload,
    asked: resource === undefined ? replicas(kind, level) : forecast(resource, kind, level),
    ...(lead === undefined ? {} : { leadSeconds: leadOf(lead) }),
    ...(threshold === undefined ? {} : { threshold: thresholdOf(threshold) }),
  };
}

function replicas(kind: string | undefined, level: string | undefined): ScalerMetadata['asked'] {
  if (level !== undefined) {
    throw invalid('level', 'it goes with resource only');
  }
  const found = KINDS.find((each) => each === (kind ?? 'total'));
  if (found === undefined) {
    throw invalid('kind', `it must be one of ${KINDS.join(', ')}`);
  }
  return { what: 'replicas', kind: found };
}

function forecast(resource: string, kind: string | undefined, level: string | undefined): ScalerMetadata['asked'] {
  if (kind !== undefined) {
    throw invalid('kind', 'it goes without resource only');
  }
  const read = level === undefined ? DEFAULT_LEVEL : numberOf(level);
  if (read === undefined || read <= 0 || read >= 1) {
    throw invalid('level', 'it must be a level between 0 and 1, such as 0.9');
  }
  return { what: 'forecast', resource, level: read };
}

function leadOf(text: string): number {
  const seconds = parseDurationSeconds(text);
  if (seconds === undefined) {
    throw invalid('lead', 'it must be a duration, such as 10m');
  }
  return seconds;
}

function thresholdOf(text: string): number {
  const threshold = numberOf(text);
  // KEDA reads thousandths: less would be a target of zero.
  if (threshold === undefined || threshold < 0.001) {
    throw invalid('threshold', 'it must be a number of at least 0.001');
  }
  return threshold;
}

function numberOf(text: string): number | undefined {
  return /^\d+(\.\d+)?$/.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

function invalid(name: string, problem: string): HeadroomError {
  return new HeadroomError('API_PARAMETER_INVALID', { name, problem });
}
