import type { ExperimentOutcome } from '../../../contract/index.ts';
import { LINEAR, replicasWorth } from '../../simulation/index.ts';
import { gridIndexAt, timeAt, type Series } from '../../timeseries/index.ts';
import type { WorkloadView } from '../fleetView.ts';

/** What a test compares and what guards it, step by step on one grid; NaN where something of it is not measured. */
export interface OutcomeSeries {
  readonly outcome: Series;
  /** 1 where the SLO is violated: demand above capacity, latency or errors beyond their bound. */
  readonly violated: Series;
}

/** Undefined where demand, its capacity or the replicas are not measured. */
export function outcomeSeries(view: WorkloadView, outcome: ExperimentOutcome): OutcomeSeries | undefined {
  const { config, actual, replicas, latency, errors } = view;
  const demand = actual.get(config.demand ?? '');
  const perReplica = config.series.find(({ name }) => name === config.demand)?.perReplica;
  if (demand === undefined || replicas === undefined || perReplica === undefined) {
    return undefined;
  }
  const { replicaHour = 0, violationMinute = 0 } = config.cost;
  const { latencySeconds = Number.NaN, objective = Number.NaN } = config.slo;
  const at = (series: Series | undefined, atSeconds: number): number =>
    series?.values[gridIndexAt(series.grid, atSeconds)] ?? Number.NaN;
  const values = new Float64Array(demand.grid.length);
  const violated = new Float64Array(demand.grid.length);
  for (let step = 0; step < values.length; step++) {
    const atSeconds = timeAt(demand.grid, step);
    const ready = at(replicas, atSeconds);
    const isMissing = Number.isNaN(demand.values[step]!) || Number.isNaN(ready);
    const isShort = demand.values[step]! > replicasWorth(ready, config.serving.scalability ?? LINEAR) * perReplica;
    const isBroken = at(latency, atSeconds) > latencySeconds || at(errors, atSeconds) > 1 - objective;
    violated[step] = isMissing ? Number.NaN : Number(isShort || isBroken);
    values[step] = isMissing
      ? Number.NaN
      : outcome === 'replicas'
        ? ready
        : outcome === 'violations'
          ? violated[step]!
          : ready * replicaHour + Number(isShort) * violationMinute * 60;
  }
  return { outcome: { grid: demand.grid, values }, violated: { grid: demand.grid, values: violated } };
}
