import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { ReplayReport } from '../../replay/index.ts';
import { timeAt } from '../../timeseries/index.ts';
import { isoTime } from '../forecasting/csvCells.ts';
import { writeFileWhole } from '../writeFileWhole.ts';
import type { ReadTrace } from './readTrace.ts';

/** Writes `policy,timestamp,demand,desired,ready` for every row after the warm-up, gzipped where the name ends so. */
export async function writeDecisions(
  file: string,
  { trace, firstRow }: ReadTrace,
  { policies, runs }: ReplayReport
): Promise<void> {
  const parts = ['policy,timestamp,demand,desired,ready\n'];
  policies.forEach(({ policy }, index) => {
    const { desiredAtRow, readyAtRow } = runs[index]!;
    const lines: string[] = [];
    for (let row = 0; row < desiredAtRow.length; row++) {
      const demand = trace.values[firstRow + row]!;
      const time = isoTime(timeAt(trace.grid, firstRow + row));
      const known = Number.isNaN(demand) ? '' : String(demand);
      lines.push(`${policy},${time},${known},${String(desiredAtRow[row]!)},${String(readyAtRow[row]!)}\n`);
    }
    parts.push(lines.join(''));
  });
  const text = parts.join('');
  await writeFileWhole(file, file.endsWith('.gz') ? await promisify(gzip)(text) : text);
}
