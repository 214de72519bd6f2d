import { quantileSorted } from '../../../statistics/index.ts';
import type { CapacityFit } from './capacityFit.ts';
import { workStretch } from '../scalability.ts';
import { fitErrors } from './fitErrors.ts';
import { fitLatency } from './fitLatency.ts';
import { fitScalability } from './fitScalability.ts';
import { fitUtilization } from './fitUtilization.ts';
import { replicaLoads, type ReplicaLoad } from './replicaLoads.ts';
import type { FittedService, ServiceFit } from './serviceFit.ts';
import type { ServiceHistory, ServicePromise } from './serviceHistory.ts';

/** The normal quantile of a central 90 % interval. */
const SPREAD = 1.645;

/**
 * Learns from the past what one replica serves within its promise: from latency, else from failures, else from the use
 * of the processors; unknown, with the reasons in words, where none of them came near a limit.
 *
 * Without a promise only the use of the processors is looked at. With `canSlowDown`, replicas may slow each other down:
 * `perReplica` is then what one alone serves; else it is what one serves among as many as there usually were.
 */
export function fitService(
  history: ServiceHistory,
  promise: ServicePromise | undefined,
  { canSlowDown }: { readonly canSlowDown: boolean }
): ServiceFit {
  const measured = replicaLoads(history);
  const scalability = canSlowDown ? fitScalability(measured) : undefined;
  const loads =
    scalability === undefined
      ? measured
      : measured.map((each) => ({ ...each, load: each.load * workStretch(each.replicas, scalability) }));
  if (loads.length === 0) {
    return { kind: 'unknown', pointCount: 0, reason: 'demand and ready replicas were never measured together' };
  }
  const reasons: string[] = [];
  const keep = (fit: CapacityFit, basis: FittedService['basis']): FittedService | undefined => {
    if (fit.kind === 'unknown') {
      reasons.push(fit.reason);
      return undefined;
    }
    return { ...fittedOf(fit, basis, loads), ...(scalability === undefined ? {} : { scalability }) };
  };
  if (history.latency !== undefined && promise !== undefined) {
    const fit = fitLatency(loads, history.latency.quantile, promise);
    const fitted = keep(fit, 'latency');
    if (fitted !== undefined && fit.kind === 'fitted') {
      const { workersPerReplica, serviceSeconds, variability } = fit.curve;
      return { ...fitted, workers: { workersPerReplica, serviceSeconds, variability } };
    }
  }
  if (history.errors !== undefined && promise !== undefined) {
    const fitted = keep(fitErrors(loads, promise.objective), 'errors');
    if (fitted !== undefined) {
      return fitted;
    }
  }
  if (history.cpu !== undefined) {
    const fitted = keep(fitUtilization(loads), 'utilization');
    if (fitted !== undefined) {
      return fitted;
    }
  }
  return {
    kind: 'unknown',
    pointCount: loads.length,
    reason:
      reasons.length > 0
        ? reasons.join('; ')
        : 'it takes the latency or the failures with an objective, or the use of cpu with what a replica has of it',
  };
}

function fittedOf(
  { perReplica, relativeError, fitError, pointCount }: CapacityFit & { kind: 'fitted' },
  basis: FittedService['basis'],
  loads: readonly ReplicaLoad[]
): FittedService {
  return {
    kind: 'fitted',
    perReplica,
    range: [perReplica * Math.exp(-SPREAD * relativeError), perReplica * Math.exp(SPREAD * relativeError)],
    relativeError,
    basis,
    fitError,
    pointCount,
    highestLoad: quantileSorted(Float64Array.from(loads, ({ load }) => load).sort(), 0.99),
  };
}
