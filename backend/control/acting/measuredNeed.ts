import type { MeasuredNeed } from '../../scaling/index.ts';
import { replicasForWork, scalabilityIn } from '../../simulation/index.ts';
import { lastObservedSeconds } from '../../timeseries/index.ts';
import type { WorkloadView } from '../fleetView.ts';
import { presentValue } from './presentValue.ts';
import { unlikeness } from './unlikeness.ts';

/**
 * Replicas that what is measured now keeps as busy as `utilization`; missing where a series with a capacity is not
 * measured, too old, or unlike all that was measured before.
 */
export function measuredNeed(
  { config, actual, near }: WorkloadView,
  nowSeconds: number,
  utilization: number
): MeasuredNeed {
  const limited = config.series.filter(({ perReplica }) => perReplica !== undefined);
  if (limited.length === 0) {
    return { kind: 'missing', reason: 'No series has a capacity' };
  }
  let replicas = 0;
  for (const { name, perReplica, kind } of limited) {
    const series = [near?.actual.get(name), actual.get(name)].find(
      (each) => each !== undefined && lastObservedSeconds(each) !== undefined
    );
    if (series === undefined) {
      return { kind: 'missing', reason: `${name} was never measured` };
    }
    const value = presentValue(series, nowSeconds);
    if (value === undefined) {
      return { kind: 'missing', reason: `${name} has no present measurement` };
    }
    const lie = unlikeness(series);
    if (lie !== undefined) {
      return { kind: 'missing', reason: `${name} is not believed: ${lie}` };
    }
    const linear = Math.ceil(value / (perReplica! * utilization) - 1e-9);
    const needed = replicasForWork(linear, scalabilityIn(kind, config.serving.scalability));
    replicas = Math.max(replicas, Number.isFinite(needed) ? needed : linear);
  }
  return { kind: 'observed', replicas };
}
