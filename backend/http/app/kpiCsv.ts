import type { KpiEstimate, KpiFigures } from '../../../contract/index.ts';

type Cell = string | number | null;

/** Figures as CSV: what is not known is empty, and no cell is read as a formula. */
export function kpiCsv(figures: readonly KpiFigures[]): string {
  const rows = figures.map(columnsOf);
  const header = Object.keys(columnsOf(BLANK));
  return [header.join(','), ...rows.map((row) => Object.values(row).map(cellText).join(','))].join('\r\n') + '\r\n';
}

/** A cell; a text that a spreadsheet would run begins with an apostrophe. Numbers stay numbers, below zero too. */
function cellText(cell: Cell): string {
  if (cell === null || typeof cell === 'number') {
    return cell === null ? '' : String(cell);
  }
  const text = /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function columnsOf(of: KpiFigures): Record<string, Cell> {
  const { savings, forecastValue, reactive } = of;
  return {
    group: of.group,
    start: isoText(of.start),
    end: isoText(of.end),
    days: of.days,
    workloads: of.workloads,
    workload_days: of.workloadDays,
    missing_share: of.missingShare,
    acted_share: of.actedShare,
    utilization: of.utilization,
    replica_hours: of.replicaHours,
    slack_replica_hours: of.slackReplicaHours,
    violation_minutes: of.violationMinutes,
    slo_attainment: of.sloAttainment,
    currency: of.currency,
    cost: of.cost,
    reactive_replica_hours: reactive.replicaHours,
    reactive_violation_minutes: reactive.violationMinutes,
    reactive_cost: reactive.cost,
    ...estimate('saved_replica_hours', savings.replicaHours),
    ...estimate('avoided_violation_minutes', savings.violationMinutes),
    ...estimate('saved_cost', savings.cost),
    ...estimate('forecast_value_against_seasonal', forecastValue.againstSeasonal?.cost ?? null),
    ...estimate('forecast_value_against_none', forecastValue.againstNone?.cost ?? null),
  };
}

function estimate(name: string, of: KpiEstimate | null): Record<string, Cell> {
  return { [name]: of?.value ?? null, [`${name}_low`]: of?.low ?? null, [`${name}_high`]: of?.high ?? null };
}

function isoText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

const NOTHING = {
  replicaHours: { value: 0, low: null, high: null },
  violationMinutes: { value: 0, low: null, high: null },
  cost: null,
};

/** Only its columns are used. */
const BLANK: KpiFigures = {
  ...{ group: null, start: 0, end: 0, days: 0, workloads: 0, workloadDays: 0, missingShare: 0, actedShare: 0 },
  ...{ utilization: null, replicaHours: 0, slackReplicaHours: 0, violationMinutes: 0, cost: null, currency: null },
  sloAttainment: null,
  reactive: { replicaHours: 0, violationMinutes: 0, cost: null },
  savings: NOTHING,
  forecastValue: { againstSeasonal: null, againstNone: null },
};
