// `DAYS=4 STARTS=180,600 GUARDRAILS=none,all node bench/replay/loop.ts [FOLDER] [NAME...]`: the product's own loop in `auto`, in virtual time, beside the replay of its policy and of the HPA.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { scorePolicy } from '../../backend/replay/scorePolicy.ts';
import type { PolicyRun, PolicyScore, ReplayService } from '../../backend/replay/index.ts';
import { readCsvTable } from '../../backend/sources/index.ts';
import { seriesSlice, type Series } from '../../backend/timeseries/index.ts';
import { DEFAULT_GUARDRAILS, GUARDRAILS } from './loop/guardrails.ts';
import { offlineFloor } from './loop/offlineFloor.ts';
import { playLoop, type LoopRun } from './loop/playLoop.ts';

const STARTS = (process.env['STARTS'] ?? '180,600').split(',').map(Number);
const GUARDED = (process.env['GUARDRAILS'] ?? 'none').split(',');
const REPLICAS = 20;
const MINUTE = 60;
const DAY_ROWS = 1440;
const WARMUP_DAYS = 7;
/** So many days of a trace come before the warm-up. */
const SKIPPED_DAYS = Number(process.env['SKIP'] ?? 0);
const PLAYED_DAYS = Number(process.env['DAYS'] ?? 2);
/** The day ahead decides nothing here: short, it costs less. */
const DAY_AHEAD = { step: '5m', horizon: '4h' };

const [folder = '../shared/data/request-rates', ...names] = process.argv.slice(2);
if (!existsSync(folder)) {
  process.stderr.write(`loop: there are no traces at ${folder}; give a folder of CSV files with a column requests\n`);
  process.exit(0);
}
const unknown = GUARDED.find((name) => name !== 'all' && GUARDRAILS[name] === undefined);
if (unknown !== undefined) {
  process.stderr.write(
    `loop: there is no guardrail ${unknown}; there are ${Object.keys(GUARDRAILS).join(', ')}, all\n`
  );
  process.exit(1);
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
  const begun = SKIPPED_DAYS * DAY_ROWS;
  const end = Math.min(whole.values.length, begun + firstRow + PLAYED_DAYS * DAY_ROWS);
  const trace = seriesSlice(whole, begun, end);
  const demand = trace.values.subarray(firstRow);
  const scored = (run: PolicyRun): PolicyScore => scorePolicy(run, demand, MINUTE, service);
  const { floored, alone } = offlineFloor(trace, firstRow, service);
  const [hpa, replayed] = [scored(alone), scored(floored)];
  process.stdout.write(`${name}, start-up ${String(startSeconds)} s, ${String(demand.length / DAY_ROWS)} days\n`);
  print('hpa', hpa, hpa);
  print('replay', replayed, hpa);
  for (const guarded of GUARDED) {
    const started = process.cpuUsage();
    const run = await playLoop({
      trace,
      firstRow,
      service,
      scaling: guarded === 'all' ? DEFAULT_GUARDRAILS : GUARDRAILS[guarded]!,
      forecast: DAY_AHEAD,
    });
    const { user, system } = process.cpuUsage(started);
    const score = scored(run);
    print(`loop, guardrails ${guarded}`, score, hpa);
    const apart = 100 * (score.replicaHours / replayed.replicaHours - 1);
    process.stdout.write(`    over the replay ${apart.toFixed(2)} %; ${((user + system) / 1e6).toFixed(0)} CPU s; `);
    tell(run);
  }
}

function print(what: string, score: PolicyScore, hpa: PolicyScore): void {
  process.stdout.write(
    `  ${what}: ${score.replicaHours.toFixed(1)} replica hours (saving ${(100 * (1 - score.replicaHours / hpa.replicaHours)).toFixed(2)} %), ` +
      `${String(score.violationMinutes)} violation minutes, unserved ${(100 * score.unservedShare).toFixed(3)} %, ` +
      `${String(score.scaleUps)} up, ${String(score.scaleDowns)} down\n`
  );
}

function tell({ writes, reasons, events }: LoopRun): void {
  const codes = [...reasons].sort((a, b) => b[1] - a[1]).map(([code, count]) => `${code} ${String(count)}`);
  process.stdout.write(`${String(writes)} changes; reasons: ${codes.join(', ')}\n`);
  const told = new Map<string, number>();
  for (const { message, level } of events) {
    if (level !== 'info') {
      told.set(message, (told.get(message) ?? 0) + 1);
    }
  }
  for (const [message, count] of [...told].slice(0, 5)) {
    process.stdout.write(`    ${String(count)} times: ${message}\n`);
  }
}
