import { formattedValueToString, getValueFormat, type DecimalCount } from '@grafana/data';

/** How a number of one unit is written; `decimals` as axes ask for them. */
export type FormatValue = (value: number | null | undefined, decimals?: DecimalCount) => string;

/** What the workloads file calls a unit, and what Grafana calls it; other words are written behind the number. */
const GRAFANA_UNITS: Readonly<Record<string, string>> = {
  '': 'short',
  bytes: 'bytes',
  Bps: 'binBps',
  reqps: 'reqps',
  rps: 'reqps',
  seconds: 's',
  percent: 'percent',
  ratio: 'percentunit',
};

/** Grafana's name of a unit of the workloads file. */
export function grafanaUnit(unit: string): string {
  return GRAFANA_UNITS[unit] ?? unit;
}

/** Writes numbers of a unit; absence is a dash. */
export function valueFormatter(unit: string): FormatValue {
  const format = getValueFormat(grafanaUnit(unit));
  return (value, decimals) =>
    value === null || value === undefined || Number.isNaN(value)
      ? '–'
      : formattedValueToString(format(value, decimals ?? decimalsOf(value)));
}

function decimalsOf(value: number): DecimalCount {
  const size = Math.abs(value);
  return size === 0 || size >= 1000 ? undefined : size >= 100 ? 0 : size >= 10 ? 1 : 2;
}
