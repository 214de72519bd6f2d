import type { LearntServiceFile, ServiceFile } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { fitService, type FittedService, type ServiceHistory } from '../../simulation/index.ts';
import type { CsvTable } from '../../sources/index.ts';
import { parseQuantity, type Series } from '../../timeseries/index.ts';

const USUAL_QUANTILE = 0.99;

/** A service whose capacity was learnt. */
export interface LearntService {
  readonly value: ServiceFile;
  readonly fit: FittedService;
  /** Requests that a replica works on at a time, where the latency told. */
  readonly workersPerReplica?: number;
}

/**
 * Learns `perReplica: auto` from the columns that the service file names, and what else they tell of the service and the
 * file does not.
 *
 * Throws CAPACITY_NOT_LEARNT where they don't say enough; `fail` is told the field that names no column.
 */
export function learnCapacity(
  file: LearntServiceFile,
  table: CsvTable,
  demand: Series,
  where: string,
  fail: (field: string, problem: string) => never
): LearntService {
  const { history, ...rest } = file;
  if (history === undefined) {
    return fail('history', 'is missing: perReplica auto is learnt from columns, at least that of the ready replicas');
  }
  const column = (field: keyof typeof history, name: string): Series => {
    const values = table.columns.get(name);
    return values === undefined
      ? fail(
          `history.${field}`,
          `names no column of the input: ${name} (there are ${[...table.columns.keys()].join(', ')})`
        )
      : { grid: table.grid, values };
  };
  const cpuPerReplica = quantityOf(file.resources?.['cpu']?.perReplica);
  if (history.cpu !== undefined && cpuPerReplica === undefined) {
    fail('history.cpu', 'needs resources.cpu.perReplica, which says what one replica has');
  }
  const cpu = history.cpu ?? (cpuPerReplica === undefined ? undefined : 'cpu');
  const past: ServiceHistory = {
    demand,
    replicas: column('replicas', history.replicas),
    ...(history.latency === undefined
      ? {}
      : {
          latency: {
            series: column('latency', history.latency),
            quantile: history.latencyQuantile ?? USUAL_QUANTILE,
          },
        }),
    ...(history.errors === undefined ? {} : { errors: column('errors', history.errors) }),
    ...(cpu === undefined || cpuPerReplica === undefined
      ? {}
      : { cpu: { series: column('cpu', cpu), perReplica: cpuPerReplica } }),
  };
  const promise = file.slo && { ...file.slo, unitSeconds: file.unitSeconds ?? 1 };
  const fit = fitService(past, promise, { canSlowDown: file.scalability === undefined });
  if (fit.kind === 'unknown') {
    throw new HeadroomError('CAPACITY_NOT_LEARNT', { where, reason: fit.reason });
  }
  return { ...withFit({ ...rest, perReplica: fit.perReplica }, fit), fit };
}

function withFit(value: ServiceFile, { workers, scalability }: FittedService): Omit<LearntService, 'fit'> {
  const { slo } = value;
  const scaled = scalability === undefined ? value : { ...value, scalability };
  return slo === undefined || slo.serviceSeconds !== undefined || workers === undefined
    ? { value: scaled }
    : {
        value: {
          ...scaled,
          slo: { ...slo, serviceSeconds: workers.serviceSeconds },
          variability: value.variability ?? workers.variability,
        },
        workersPerReplica: workers.workersPerReplica,
      };
}

function quantityOf(perReplica: number | string | undefined): number | undefined {
  const quantity = typeof perReplica === 'string' ? parseQuantity(perReplica) : perReplica;
  return quantity !== undefined && quantity > 0 ? quantity : undefined;
}
