/** What Headroom was worth, day by day, against a reactive autoscaler on the same demand. */
export type { DayEstimate } from './dayBootstrap.ts';
export type { KpiDay, KpiRun } from './kpiDay.ts';
export { KPI_PERIODS, periodEnd, periodStart, type KpiPeriod } from './kpiPeriods.ts';
export { reckonDay, type DayInput } from './reckonDay.ts';
export { costOf, summarizeKpis, type KpiGain, type KpiSummary } from './summarizeKpis.ts';
