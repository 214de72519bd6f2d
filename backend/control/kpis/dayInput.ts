import { DEFAULTS } from '../../config/index.ts';
import type { DayInput } from '../../learning/index.ts';
import { LINEAR, workStretch } from '../../simulation/index.ts';
import { selectMedian } from '../../statistics/index.ts';
import { gridIndexAt, type Series } from '../../timeseries/index.ts';
import { answeringOutlooks } from '../answeringOutlooks.ts';
import type { FleetView, WorkloadView } from '../fleetView.ts';

const DAY_SECONDS = 86_400;

export interface KpiWorld {
  readonly fleet: FleetView;
  /** The utilisation that a workload's owner has its autoscaler hold; undefined where it is not known. */
  readonly utilizationOf: (workload: string) => number | undefined;
}

/** What a workload's day is reckoned from; undefined where demand, its capacity or the replicas are not measured. */
export async function dayInput(
  view: WorkloadView,
  daySeconds: number,
  { fleet, utilizationOf }: KpiWorld
): Promise<DayInput | undefined> {
  const { config, actual, replicas, latency, errors, mode } = view;
  const { name, account, scaling, cost, slo } = config;
  const demand = actual.get(config.demand ?? '');
  const perReplica = config.series.find((series) => series.name === config.demand)?.perReplica;
  if (demand === undefined || replicas === undefined || perReplica === undefined) {
    return undefined;
  }
  const past = await fleet.pastOutlooks(name, daySeconds, daySeconds + DAY_SECONDS);
  const spans = answeringOutlooks(past, undefined, scaling.leadTimeSeconds, daySeconds, daySeconds + DAY_SECONDS);
  const target = utilizationOf(name);
  return {
    workload: name,
    account: account.name,
    tier: account.tier,
    daySeconds,
    demand,
    replicas,
    ...(latency === undefined || slo.latencySeconds === undefined
      ? {}
      : { latency: { series: latency, most: slo.latencySeconds } }),
    ...(errors === undefined || slo.objective === undefined
      ? {}
      : { errors: { series: errors, most: 1 - slo.objective } }),
    service: {
      // The counterfactuals know no slowing down: what one serves among as many as there were that day.
      perReplica: perReplica / workStretch(usualReplicas(replicas, daySeconds), config.serving.scalability ?? LINEAR),
      startSeconds: scaling.leadTimeSeconds,
      drainSeconds: scaling.drainSeconds,
      metricLagSeconds: DEFAULTS.reactive.metricLagSeconds,
      min: Math.max(1, scaling.min),
      max: scaling.max,
      hpa: {
        ...DEFAULTS.reactive.hpa,
        ...(target !== undefined && target > 0 && target <= 1 ? { targetUtilization: target } : {}),
      },
      risk: scaling.risk,
    },
    recommendedFloor: (atSeconds) => {
      const span = spans.findLast(({ fromSeconds, toSeconds }) => fromSeconds <= atSeconds && atSeconds <= toSeconds);
      const { outlook } = span ?? {};
      return outlook?.replicas?.total[gridIndexAt(outlook.grid, atSeconds)] ?? Number.NaN;
    },
    replicaHour: cost.replicaHour ?? null,
    violationMinute: cost.violationMinute ?? null,
    currency: cost.currency,
    isActedOn: mode !== 'observe' && scaling.target !== undefined,
  };
}

/** The median of the day; 1 where none was measured. */
function usualReplicas({ grid, values }: Series, daySeconds: number): number {
  const [from, to] = [daySeconds, daySeconds + DAY_SECONDS].map((at) => Math.max(0, gridIndexAt(grid, at)));
  const counts = values.slice(from, to).filter((count) => count >= 1);
  return counts.length === 0 ? 1 : selectMedian(counts);
}
