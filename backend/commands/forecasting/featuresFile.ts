import { gzipSync } from 'node:zlib';
import { seriesFeatures, type Driver } from '../../features/index.ts';
import type { History } from '../../forecasting/index.ts';
import { timeAt } from '../../timeseries/index.ts';
import { writeFileWhole } from '../writeFileWhole.ts';
import { csvText, isoTime } from './csvCells.ts';

export interface FeaturesFileOptions {
  readonly horizon: number;
  readonly timeZone: string;
  readonly seasonSeconds?: number;
}

/**
 * Writes the features of each history as lines `timestamp,column,value,FEATURE...`, whole or not at all, gzipped where
 * the file's name ends so: the history, then the horizon with what is known ahead; an empty cell is missing.
 */
export async function writeFeaturesFile(
  file: string,
  histories: ReadonlyMap<string, History>,
  options: FeaturesFileOptions
): Promise<void> {
  const parts: Buffer[] = [];
  for (const [name, history] of histories) {
    const { target } = history;
    const features = seriesFeatures({ ...options, target, drivers: driversOf(history) });
    const lines: string[] = [];
    if (parts.length === 0) {
      lines.push(['timestamp', 'column', 'value', ...features.map((feature) => csvText(feature.name))].join(','));
    }
    const columns = [target, ...features.map((feature) => feature.series())].map(({ values }) => values);
    const column = csvText(name);
    for (let i = 0; i < target.grid.length + options.horizon; i++) {
      const cells = columns.map((values) => cell(values[i]));
      lines.push(`${isoTime(timeAt(target.grid, i))},${column},${cells.join(',')}`);
    }
    parts.push(Buffer.from(`${lines.join('\n')}\n`));
  }
  const text = Buffer.concat(parts);
  await writeFileWhole(file, file.endsWith('.gz') ? gzipSync(text) : text);
}

function driversOf({ pastCovariates, knownCovariates }: History): Driver[] {
  return [...(pastCovariates ?? []), ...(knownCovariates ?? [])].map(([name, series]) => ({ name, unit: '', series }));
}

function cell(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : String(value);
}
