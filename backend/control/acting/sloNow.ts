import { replicasWorth, scalabilityIn } from '../../simulation/index.ts';
import type { Series } from '../../timeseries/index.ts';
import type { WorkloadView } from '../fleetView.ts';
import { presentValue } from './presentValue.ts';

export type SloState = 'met' | 'violated' | 'unknown';

/**
 * Whether the SLO is met by the latest measurements: the latency within its bound, failed requests within what the
 * objective leaves, demand within what the ready replicas serve. Unknown where nothing of it is measured now.
 */
export function sloNow({ config, actual, replicas, latency, errors }: WorkloadView, nowSeconds: number): SloState {
  const latest = (series: Series | undefined) => presentValue(series, nowSeconds);
  const { latencySeconds, objective } = config.slo;
  const ready = latest(replicas);
  const verdicts: boolean[] = [];
  const measuredLatency = latest(latency);
  if (measuredLatency !== undefined && latencySeconds !== undefined) {
    verdicts.push(measuredLatency <= latencySeconds);
  }
  const failed = latest(errors);
  if (failed !== undefined && objective !== undefined) {
    verdicts.push(failed <= 1 - objective);
  }
  for (const { name, perReplica, kind } of config.series) {
    const value = latest(actual.get(name));
    if (perReplica !== undefined && ready !== undefined && value !== undefined) {
      verdicts.push(value <= replicasWorth(ready, scalabilityIn(kind, config.serving.scalability)) * perReplica);
    }
  }
  return verdicts.includes(false) ? 'violated' : verdicts.length > 0 ? 'met' : 'unknown';
}
