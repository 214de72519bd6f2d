// `DAYS=2 STARTS=180,600 node bench/replay/loop.ts [FOLDER] [NAME...]`: the product's own loop in `auto`, in virtual time, beside the replay of its policy and of the HPA.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { scorePolicy } from '../../backend/replay/scorePolicy.ts';
import type { PolicyRun, PolicyScore, ReplayService } from '../../backend/replay/index.ts';
import { readCsvTable } from '../../backend/sources/index.ts';
import { seriesSlice, type Series } from '../../backend/timeseries/index.ts';
import { offlineFloor } from './loop/offlineFloor.ts';
import { playLoop } from './loop/playLoop.ts';

const STARTS = (process.env['STARTS'] ?? '180,600').split(',').map(Number);
const REPLICAS = 20;
const MINUTE = 60;
const DAY_ROWS = 1440;
const WARMUP_DAYS = 7;
const PLAYED_DAYS = Number(process.env['DAYS'] ?? 2);

const [folder = '../shared/data/request-rates', ...names] = process.argv.slice(2);
if (!existsSync(folder)) {
  process.stderr.write(`loop: there are no traces at ${folder}; give a folder of CSV files with a column requests\n`);
  process.exit(0);
}
for (const file of (await readdir(folder)).filter((each) => each.includes('.csv')).sort()) {
  const name = file.replace(/\.csv(\.gz)?$/, '');
  if (names.length > 0 && !names.includes(name)) {
    continue;
  }
  const table = await readCsvTable(`${folder}/${file}`);
  const values = table.columns.get('requests');
  if (values === undefined || table.grid.stepSeconds !== MINUTE) {
    continue;
  }
  for (const startSeconds of STARTS) {
    await compare(name, { grid: table.grid, values }, startSeconds);
  }
}

async function compare(name: string, whole: Series, startSeconds: number): Promise<void> {
  const known = whole.values.filter((value) => !Number.isNaN(value));
  const service: ReplayService = {
    perReplica: known.reduce((sum, value) => sum + value, 0) / known.length / REPLICAS,
    startSeconds,
    drainSeconds: 30,
    metricLagSeconds: 30,
    min: 1,
    max: 500,
    hpa: { targetUtilization: 0.7, tolerance: 0.1, syncSeconds: 15, downStabilizationSeconds: 300 },
    risk: 0.01,
  };
  const firstRow = WARMUP_DAYS * DAY_ROWS;
  const trace = seriesSlice(whole, 0, Math.min(whole.values.length, firstRow + PLAYED_DAYS * DAY_ROWS));
  const demand = trace.values.subarray(firstRow);
  const scored = (run: PolicyRun): PolicyScore => scorePolicy(run, demand, MINUTE, service);
  const { floored, alone } = offlineFloor(trace, firstRow, service);
  const started = process.cpuUsage();
  const run = await playLoop({ trace, firstRow, service });
  const { user, system } = process.cpuUsage(started);
  process.stdout.write(`${name}, start-up ${String(startSeconds)} s (${((user + system) / 1e6).toFixed(0)} CPU s)\n`);
  for (const [what, score] of [
    ['hpa', scored(alone)],
    ['replay', scored(floored)],
    ['loop', scored(run)],
  ] as const) {
    process.stdout.write(
      `  ${what}: ${score.replicaHours.toFixed(1)} replica hours, ${String(score.violationMinutes)} violation minutes, ` +
        `unserved ${(100 * score.unservedShare).toFixed(3)} %, ${String(score.scaleUps)} up, ${String(score.scaleDowns)} down\n`
    );
  }
  const codes = [...run.reasons].sort((a, b) => b[1] - a[1]).map(([code, count]) => `${code} ${String(count)}`);
  process.stdout.write(`  ${String(run.writes)} changes; reasons: ${codes.join(', ')}\n`);
  const told = new Map<string, number>();
  for (const { message, level } of run.events) {
    if (level !== 'info') told.set(message, (told.get(message) ?? 0) + 1);
  }
  for (const [message, count] of [...told].slice(0, 5)) process.stdout.write(`  ${String(count)} times: ${message}\n`);
}
