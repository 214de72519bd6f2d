import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readCsvTable } from '../../backend/sources/index.ts';
import { resampleMean, type Series } from '../../backend/timeseries/index.ts';

const DATA = join(import.meta.dirname, '../../../shared/data');
const STEP_SECONDS = 300;
const DAY_SECONDS = 86_400;
/** The share of each trace, at its end, that origins lie in. */
const TESTED_SHARE = 0.3;

/** One trace and the origins from which a day is forecast: so many values are known. */
export interface TraceCase {
  readonly name: string;
  readonly group: 'requests' | 'nab';
  readonly series: Series;
  /** Steps in a day, which is the season and the horizon. */
  readonly day: number;
  readonly origins: readonly number[];
  readonly stride: number;
}

/**
 * The request-rate traces and the NAB series as five-minute means (hourly ones as they are), none where they are absent.
 * For choosing, the tested share is cut off first, so that nothing is chosen by what is reported.
 */
export async function traceCases(originCount: number, isForChoosing: boolean): Promise<TraceCase[]> {
  const cases: TraceCase[] = [];
  for (const [folder, group] of [
    ['request-rates', 'requests'],
    ['nab', 'nab'],
  ] as const) {
    for (const file of filesOf(join(DATA, folder))) {
      const { grid, columns } = await readCsvTable(join(DATA, folder, file));
      const values = [...columns.values()][0]!;
      const raw = { grid, values };
      const whole = grid.stepSeconds < STEP_SECONDS ? resampleMean(raw, STEP_SECONDS) : raw;
      const series = isForChoosing ? firstPart(whole, 1 - TESTED_SHARE) : whole;
      const day = DAY_SECONDS / series.grid.stepSeconds;
      const length = series.values.length;
      const room = Math.floor(TESTED_SHARE * length) - day;
      const stride = Math.max(1, Math.floor(room / (originCount - 1)));
      const origins = Array.from({ length: originCount }, (_, i) => length - day - (originCount - 1 - i) * stride);
      cases.push({ name: file.replace('.csv.gz', ''), group, series, day, origins, stride });
    }
  }
  return cases;
}

function firstPart({ grid, values }: Series, share: number): Series {
  const length = Math.floor(share * values.length);
  return { grid: { ...grid, length }, values: values.subarray(0, length) };
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.csv.gz'))
      .sort();
  } catch {
    return [];
  }
}
