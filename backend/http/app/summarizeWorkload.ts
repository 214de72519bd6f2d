import type { Recommendation, ResourceSummary, WorkloadSummary } from '../../../contract/index.ts';
import {
  SHORTFALL_WINDOWS,
  type Outlook,
  type ShortfallOutlook,
  type ShortfallWindow,
} from '../../allocation/index.ts';
import type { WorkloadView } from '../../control/index.ts';
import { gridIndexAt, timeAt, type Series } from '../../timeseries/index.ts';
import { orNull } from './orNull.ts';
import { sparklineOf } from './sparklineOf.ts';

/** A workload as a line of the fleet table; its sparkline is most of it. */
export function summarizeWorkload(
  view: WorkloadView,
  nowSeconds: number,
  { hasSparkline = true }: { readonly hasSparkline?: boolean } = {}
): WorkloadSummary {
  const { config, outlook, recommendation } = view;
  const replicas = latestValue(view.replicas);
  const { tier, industry, region, name: account } = config.account;
  const resources = config.series.map((series): ResourceSummary => {
    const foreseen = outlook?.series.find((each) => each.name === series.name);
    return {
      name: series.name,
      kind: series.kind,
      unit: series.unit,
      model: foreseen?.model ?? null,
      latest: latestValue(view.actual.get(series.name)),
      capacity: series.perReplica === undefined || replicas === null ? null : series.perReplica * replicas,
      shortfallProbability: windowsAt(outlook, foreseen?.shortfall, nowSeconds),
      firstShortfallAt: firstShortfall(outlook, foreseen?.shortfall, config.scaling.risk),
    };
  });
  const any = outlook?.anyShortfall;
  return {
    name: config.name,
    account: { name: account, tier, industry, region },
    mode: view.mode,
    ...(view.scaling === undefined ? {} : { scaling: standOf(view.scaling) }),
    declaredIn: config.declaredIn,
    health: view.health,
    demand: config.demand ?? null,
    resources,
    replicas: { current: replicas, recommended: recommendedPeak(recommendation) },
    shortfallProbability: windowsAt(outlook, any, nowSeconds),
    firstShortfallAt: firstShortfall(outlook, any, config.scaling.risk),
    costHourly: {
      current: config.cost.replicaHour === undefined || replicas === null ? null : config.cost.replicaHour * replicas,
      proposed: valueAt(outlook, outlook?.costHourly, nowSeconds),
      currency: config.cost.currency,
    },
    recommendationId: recommendation?.id ?? null,
    ...(hasSparkline ? { sparkline: sparklineOf(view, nowSeconds) } : {}),
    warnings: [...view.warnings],
  };
}

function standOf({
  isModeLocked,
  hasTarget,
  paused,
  floor,
  problem,
  lastAction,
}: NonNullable<WorkloadView['scaling']>): NonNullable<WorkloadSummary['scaling']> {
  return {
    isModeLocked,
    hasTarget,
    paused: { ...paused },
    isFloorHeld: floor?.isHeld ?? null,
    floor: floor?.set ?? null,
    problem: problem ?? null,
    lastAction: lastAction === undefined ? null : { ...lastAction },
  };
}

/** The most that the recommendation asks for within its horizon; for `hold` what there is. */
function recommendedPeak(recommendation: Recommendation | undefined): number | null {
  return recommendation?.plan.replicas.reduce((most, { count }) => Math.max(most, count), 0) ?? null;
}

function latestValue(series: Series | undefined): number | null {
  return orNull(series?.values.findLast((value) => !Number.isNaN(value)));
}

function valueAt(outlook: Outlook | undefined, values: Float64Array | undefined, timeSeconds: number): number | null {
  if (outlook === undefined || values === undefined) {
    return null;
  }
  const index = gridIndexAt(outlook.grid, timeSeconds);
  return orNull(values[index]) ?? orNull(values[index + 1]);
}

function windowsAt(
  outlook: Outlook | undefined,
  shortfall: ShortfallOutlook | undefined,
  nowSeconds: number
): Record<string, number> | null {
  if (outlook === undefined || shortfall === undefined) {
    return null;
  }
  const entries = (Object.keys(SHORTFALL_WINDOWS) as ShortfallWindow[]).flatMap((window) => {
    const value = orNull(shortfall.window[window][gridIndexAt(outlook.grid, nowSeconds)]);
    return value === null ? [] : [[window, value] as const];
  });
  return Object.fromEntries(entries);
}

function firstShortfall(
  outlook: Outlook | undefined,
  shortfall: ShortfallOutlook | undefined,
  risk: number
): number | null {
  const index = shortfall?.probability.findIndex((probability) => probability > risk) ?? -1;
  return outlook === undefined || index < 0 ? null : timeAt(outlook.grid, index);
}
