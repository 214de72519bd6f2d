import type { Recommendation, ResourceSummary, WorkloadSummary } from '../../../contract/index.ts';
import {
  SHORTFALL_WINDOWS,
  type Outlook,
  type SeriesOutlook,
  type ShortfallOutlook,
  type ShortfallWindow,
} from '../../allocation/index.ts';
import type { WorkloadView } from '../../control/index.ts';
import { gridIndexAt, timeAt, type Series } from '../../timeseries/index.ts';

const SPARKLINE_POINTS = 100;
const SPARKLINE_PAST_SECONDS = 43_200;

/** A workload as a line of the fleet table. */
export function summarizeWorkload(view: WorkloadView, nowSeconds: number): WorkloadSummary {
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
    sparkline: sparkline(view, nowSeconds),
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

/** NaN and what lies outside become null. */
export function orNull(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
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

/** The demand, or the resource nearest to its capacity, around now. */
function sparkline(view: WorkloadView, nowSeconds: number): WorkloadSummary['sparkline'] {
  const { outlook, config } = view;
  const shown = outlook && mostUrgent(outlook, config.demand);
  if (outlook === undefined || shown === undefined) {
    return null;
  }
  const { grid } = outlook;
  const endSeconds = timeAt(grid, grid.length - 1);
  const startSeconds = nowSeconds - SPARKLINE_PAST_SECONDS;
  const spacing = Math.max(1, Math.round((endSeconds - startSeconds) / grid.stepSeconds / SPARKLINE_POINTS));
  const actual = view.actual.get(shown.name);
  const level = (wanted: number) => {
    const row = shown.levels.indexOf(wanted);
    return row < 0 ? undefined : shown.values.subarray(row * grid.length, (row + 1) * grid.length);
  };
  const [lower, median, upper] = [level(0.1), level(0.5), level(0.9)];
  const series: NonNullable<WorkloadSummary['sparkline']> = {
    resource: shown.name,
    times: [],
    actual: [],
    lower: [],
    median: [],
    upper: [],
    capacity: [],
  };
  const perReplica = config.series.find((each) => each.name === shown.name)?.perReplica;
  const firstIndex = gridIndexAt(grid, startSeconds);
  for (let index = firstIndex; index < grid.length; index += spacing) {
    const time = timeAt(grid, index);
    const at = (values: Float64Array | undefined) => (index < 0 ? null : orNull(values?.[index]));
    series.times.push(time);
    series.actual.push(actual === undefined ? null : orNull(actual.values[gridIndexAt(actual.grid, time)]));
    series.lower.push(at(lower));
    series.median.push(at(median));
    series.upper.push(at(upper));
    const { replicas } = view;
    const past = replicas?.values[gridIndexAt(replicas.grid, time)];
    series.capacity.push(
      at(shown.capacity) ?? (perReplica === undefined || past === undefined ? null : orNull(past * perReplica))
    );
  }
  return series;
}

function mostUrgent(outlook: Outlook, demand: string | undefined): SeriesOutlook | undefined {
  const worst = (series: SeriesOutlook) =>
    series.shortfall?.probability.reduce((most, each) => (each > most ? each : most), 0) ?? -1;
  const byDemand = outlook.series.find((each) => each.name === demand) ?? outlook.series[0];
  return outlook.series.reduce(
    (most, each) => (most === undefined || worst(each) > worst(most) + 0.01 ? each : most),
    byDemand
  );
}
