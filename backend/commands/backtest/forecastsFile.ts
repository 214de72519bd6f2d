import { once } from 'node:events';
import { createGzip } from 'node:zlib';
import type { BacktestForecast } from '../../evaluation/index.ts';
import { csvText, isoTime, levelColumn } from '../forecasting/csvCells.ts';
import { requireWritable } from '../requireWritable.ts';
import { writeFileWhole } from '../writeFileWhole.ts';

/** The forecasts of a backtest on their way into a file, which appears whole or not at all. */
export interface ForecastsFile {
  add(forecast: BacktestForecast): Promise<void>;
  /** Writes the file. */
  finish(): Promise<void>;
}

/**
 * Starts a file of lines `model,series,cutoff,step,timestamp,q0.1,...` (interfaces 1.2), gzipped where its name ends so.
 *
 * Throws FILE_UNWRITABLE at once where its folder is not there or not writable.
 */
export async function startForecastsFile(file: string, levels: readonly number[]): Promise<ForecastsFile> {
  await requireWritable(file);
  const gzip = createGzip({ level: file.endsWith('.gz') ? 6 : 0 });
  const isGzip = file.endsWith('.gz');
  const chunks: Uint8Array[] = [];
  gzip.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const write = async (text: string): Promise<void> => {
    if (!isGzip) {
      chunks.push(Buffer.from(text));
    } else if (!gzip.write(text)) {
      await once(gzip, 'drain');
    }
  };
  await write(`${['model', 'series', 'cutoff', 'step', 'timestamp', ...levels.map(levelColumn)].join(',')}\n`);
  return {
    add: (forecast) => write(linesOf(forecast)),
    async finish() {
      if (isGzip) {
        gzip.end();
        await once(gzip, 'end');
      }
      await writeFileWhole(file, Buffer.concat(chunks));
    },
  };
}

function linesOf({ model, series, cutoffSeconds, stepSeconds, levels, values }: BacktestForecast): string {
  const steps = values.length / levels.length;
  const start = `${csvText(model)},${csvText(series)},${isoTime(cutoffSeconds)}`;
  let text = '';
  for (let step = 0; step < steps; step++) {
    text += `${start},${String(step + 1)},${isoTime(cutoffSeconds + (step + 1) * stepSeconds)}`;
    for (let row = 0; row < levels.length; row++) {
      text += `,${String(values[row * steps + step]!)}`;
    }
    text += '\n';
  }
  return text;
}
