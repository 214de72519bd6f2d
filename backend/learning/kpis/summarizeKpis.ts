import { seededRandom } from '../../random/index.ts';
import { dayBootstrap, type DayEstimate } from './dayBootstrap.ts';
import type { KpiDay, KpiRun } from './kpiDay.ts';

/** What is better than another way of scaling: positive is saved, or avoided. */
export interface KpiGain {
  readonly replicaHours: DayEstimate;
  readonly violationMinutes: DayEstimate;
  /** Null where no price of a replica is known, or several currencies meet. */
  readonly cost: DayEstimate | null;
}

/** The figures of a group over a time; all of measured steps alone. */
export interface KpiSummary {
  /** Days with a figure, over all workloads of the group. */
  readonly workloadDays: number;
  readonly days: number;
  readonly workloads: number;
  /** Of the steps of those days, those that lack demand or replicas. */
  readonly missingShare: number;
  /** Of the days, workload by workload, on which Headroom acted. */
  readonly actedShare: number;
  readonly utilization: number | null;
  readonly replicaHours: number;
  /** Replicas that served and were not filled. */
  readonly slackReplicaHours: number;
  readonly violationMinutes: number;
  readonly cost: number | null;
  readonly currency: string | null;
  readonly sloAttainment: number | null;
  readonly reactive: KpiRun & { readonly cost: number | null };
  /** Against the reactive autoscaler alone on the same demand. */
  readonly savings: KpiGain;
  /** What the forecasts' floor was worth above a seasonal-naive one, and above none; null where it was not reckoned. */
  readonly forecastValue: { readonly againstSeasonal: KpiGain | null; readonly againstNone: KpiGain | null };
}

/** Sums a group's days up; undefined for none. `seed` is of the draws that tell how sure a figure is. */
export function summarizeKpis(rows: readonly KpiDay[], seed: number): KpiSummary | undefined {
  if (rows.length === 0) {
    return undefined;
  }
  const sum = (pick: (row: KpiDay) => number): number => rows.reduce((total, row) => total + pick(row), 0);
  const currencies = new Set(rows.map(({ currency }) => currency));
  const isPriced = currencies.size === 1 && rows.every(({ replicaHour }) => replicaHour !== null);
  const expected = sum(({ expectedSteps }) => expectedSteps);
  const replicaHours = sum(({ actual }) => actual.replicaHours);
  const used = sum(({ usedReplicaHours }) => usedReplicaHours);
  const sloRows = rows.flatMap(({ slo }) => slo ?? []);
  const sloMeasured = sloRows.reduce((total, { measuredSteps }) => total + measuredSteps, 0);
  const random = seededRandom(seed);
  const gain = (of: readonly KpiDay[], before: (row: KpiDay) => KpiRun, after: (row: KpiDay) => KpiRun): KpiGain => {
    const daily = (pick: (row: KpiDay, run: KpiRun) => number): DayEstimate =>
      dayBootstrap(
        [...Map.groupBy(of, ({ daySeconds }) => daySeconds)]
          .sort(([a], [b]) => a - b)
          .map(([, each]) => each.reduce((total, row) => total + pick(row, before(row)) - pick(row, after(row)), 0)),
        random
      );
    return {
      replicaHours: daily((_, run) => run.replicaHours),
      violationMinutes: daily((_, run) => run.violationMinutes),
      cost: isPriced ? daily(costOf) : null,
    };
  };
  const both = rows.filter(({ forecast, seasonal }) => forecast !== null && seasonal !== null);
  const foreseen = rows.filter(({ forecast }) => forecast !== null);
  return {
    workloadDays: rows.length,
    days: new Set(rows.map(({ daySeconds }) => daySeconds)).size,
    workloads: new Set(rows.map(({ workload }) => workload)).size,
    missingShare: expected === 0 ? 0 : 1 - sum(({ measuredSteps }) => measuredSteps) / expected,
    actedShare: sum(({ isActedOn }) => (isActedOn ? 1 : 0)) / rows.length,
    utilization: replicaHours > 0 ? used / replicaHours : null,
    replicaHours,
    slackReplicaHours: Math.max(0, replicaHours - used),
    violationMinutes: sum(({ actual }) => actual.violationMinutes),
    cost: isPriced ? sum((row) => costOf(row, row.actual)) : null,
    currency: isPriced ? [...currencies][0]! : null,
    sloAttainment:
      sloMeasured === 0 ? null : sloRows.reduce((total, { metSteps }) => total + metSteps, 0) / sloMeasured,
    reactive: {
      replicaHours: sum(({ reactive }) => reactive.replicaHours),
      violationMinutes: sum(({ reactive }) => reactive.violationMinutes),
      cost: isPriced ? sum((row) => costOf(row, row.reactive)) : null,
    },
    savings: gain(
      rows,
      ({ reactive }) => reactive,
      ({ actual }) => actual
    ),
    forecastValue: {
      againstSeasonal:
        both.length === 0
          ? null
          : gain(
              both,
              ({ seasonal }) => seasonal!,
              ({ forecast }) => forecast!
            ),
      againstNone:
        foreseen.length === 0
          ? null
          : gain(
              foreseen,
              ({ reactive }) => reactive,
              ({ forecast }) => forecast!
            ),
    },
  };
}

/** Replicas and, where it has a price, the time in which they fell short. */
export function costOf({ replicaHour, violationMinute }: KpiDay, { replicaHours, violationMinutes }: KpiRun): number {
  return replicaHours * (replicaHour ?? 0) + violationMinutes * (violationMinute ?? 0);
}
