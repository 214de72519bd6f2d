import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readCsvTable } from '../../backend/sources/index.ts';
import { resampleMean, seriesSlice, type Series } from '../../backend/timeseries/index.ts';

const DATA = join(import.meta.dirname, '../../../shared/data');
const STEP_SECONDS = 300;
const DAY_SECONDS = 86_400;
const CHANGED = 1.3;
const CHANGE_DAYS = 3;
const HOURS = 24;
const COURSE_SHARE = 0.5;

export interface LiveTrace {
  readonly name: string;
  readonly series: Series;
  /** Steps in a day. */
  readonly day: number;
}

/** Ten machines, every fifteenth of those that there are, so that nobody chose them. */
const MACHINES = ['001', '046', '091', '136', '181', '226', '271', '316', '361', '406'].map(
  (machine) => [`bitbrains-2013-08/vm${machine}`, 'cpu_usage_mhz'] as const
);
const TWITTER = ['AMZN', 'CVS', 'GOOG', 'KO', 'UPS'].map((each) => [`nab/Twitter_volume_${each}`, ''] as const);

/** File, column (the first where none is named), and the most days of it that are replayed. */
export const LIVE_TRACES: ReadonlyArray<readonly [file: string, column: string]> = [
  ['request-rates/worldcup98', ''],
  ['request-rates/ecommerce-api', ''],
  ['data-centres/azure_v2', 'cpu_usage'],
  ...MACHINES,
  ...TWITTER,
];

/** Demand and load of whole services and data centres, of 11 days and more: all that there are in these two folders. */
export const SERVICE_TRACES: ReadonlyArray<readonly [file: string, column: string]> = [
  ...['data-ingress-01', 'data-ingress-02', 'data-ingress-03', 'ecommerce-api', 'mongodb-application-01'].map(
    (name) => [`request-rates/${name}`, ''] as const
  ),
  ['request-rates/mongodb-application-02', ''],
  ['request-rates/worldcup98', ''],
  ['data-centres/azure_v2', 'cpu_usage'],
  ['data-centres/azure_v2', 'assigned_mem'],
];

/** A trace as five-minute means (hourly ones as they are); undefined where it is not here. */
export async function liveTrace(file: string, column: string): Promise<LiveTrace | undefined> {
  const path = join(DATA, `${file}.csv.gz`);
  if (!existsSync(path)) {
    return undefined;
  }
  const { grid, columns } = await readCsvTable(path);
  const values = column === '' ? [...columns.values()][0] : columns.get(column);
  if (values === undefined) {
    throw new RangeError(`${file} has no column ${column}`);
  }
  const raw = { grid, values };
  const series = grid.stepSeconds < STEP_SECONDS ? resampleMean(raw, STEP_SECONDS) : raw;
  const base = file.slice(file.indexOf('/') + 1);
  return { name: column === '' ? base : `${base} ${column}`, series, day: DAY_SECONDS / series.grid.stepSeconds };
}

/**
 * Whether a trace changes, by a rule that looks at no forecast: somewhere after the first week the medians of three days
 * and of the three days before lie more than 30 % apart.
 */
export function doesChange({ series, day }: LiveTrace, fromStep: number): boolean {
  const width = CHANGE_DAYS * day;
  for (let at = fromStep; at + width <= series.values.length; at += day) {
    const [before, after] = [
      medianOf(seriesSlice(series, at - width, at)),
      medianOf(seriesSlice(series, at, at + width)),
    ];
    if (Math.max(before, after) > CHANGED * Math.min(before, after)) {
      return true;
    }
  }
  return false;
}

/** Whether the hour of the day tells at least half of what hourly means vary within their days: else it has no course to change. */
export function hasCourse({ series, day }: LiveTrace): boolean {
  const perHour = Math.max(1, day / HOURS);
  const days = Array.from({ length: Math.floor(series.values.length / day) }, (_, each) =>
    Array.from({ length: HOURS }, (_each, hour) => {
      const from = each * day + hour * perHour;
      return meanOf(Array.from(series.values.subarray(from, from + perHour)));
    })
  ).map((hours) => {
    const level = meanOf(hours);
    return hours.map((value) => value - level);
  });
  const course = Array.from({ length: HOURS }, (_, hour) => meanOf(days.map((each) => each[hour]!)));
  const squares = (rows: ReadonlyArray<readonly number[]>) => meanOf(rows.flat().map((value) => value ** 2));
  return squares([course]) >= COURSE_SHARE * squares(days);
}

function meanOf(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

function medianOf({ values }: Series): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  return known.length === 0 ? Number.NaN : known[known.length >> 1]!;
}
