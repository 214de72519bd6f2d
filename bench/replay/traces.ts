// `node bench/replay/traces.ts [FOLDER] [NAME...]`: Headroom beside a tuned HPA on request traces of one-minute steps, start-up 180 and 600 s.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { replay, type ReplayReport, type ReplayService } from '../../backend/replay/index.ts';
import { readCsvTable } from '../../backend/sources/index.ts';
import type { Series } from '../../backend/timeseries/index.ts';

const TARGETS = [0.5, 0.6, 0.7];
const STARTS = [180, 600];
const REPLICAS = 20;
const WARMUP_SECONDS = 7 * 86_400;
const MINUTE = 60;

interface Cell {
  readonly trace: string;
  readonly startSeconds: number;
  readonly target: number;
  readonly saving: number | null;
  readonly reduction: number | null;
  readonly overOracle: number | null;
  readonly unservedRatio: number | null;
}

const [folder = '../shared/data/request-rates', ...names] = process.argv.slice(2);
if (!existsSync(folder)) {
  process.stderr.write(`replay: there are no traces at ${folder}; give a folder of CSV files with a column requests\n`);
  process.exit(0);
}

const percent = (value: number | null): string => (value === null ? 'unknown' : `${(100 * value).toFixed(1)} %`);
const cells: Cell[] = [];
for (const file of (await readdir(folder)).filter((each) => each.includes('.csv')).sort()) {
  const name = file.replace(/\.csv(\.gz)?$/, '');
  const table = await readCsvTable(`${folder}/${file}`);
  const values = table.columns.get('requests');
  if (values === undefined || table.grid.stepSeconds !== MINUTE || (names.length > 0 && !names.includes(name))) {
    continue;
  }
  for (const startSeconds of STARTS) {
    const started = process.cpuUsage();
    const report = swept({ grid: table.grid, values }, startSeconds);
    const { user, system } = process.cpuUsage(started);
    cells.push(...cellsOf(name, startSeconds, report));
    print(name, startSeconds, report, (user + system) / 1e6);
  }
}

const mean = (read: (cell: Cell) => number | null, among: readonly Cell[] = cells): number | null => {
  const known = among.map(read).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
};
for (const trace of new Set(cells.map((cell) => cell.trace))) {
  const own = cells.filter((cell) => cell.trace === trace);
  process.stdout.write(`${trace}: mean saving ${percent(mean(({ saving }) => saving, own))}\n`);
}
const atReference = cells.filter(({ target }) => target === 0.7);
process.stdout.write(
  `${String(cells.length)} cells: saving at equal violations ${percent(mean(({ saving }) => saving))}, ` +
    `fewer violations at equal cost ${percent(mean(({ reduction }) => reduction))}, ` +
    `over the oracle at HPA 0.7's violations ${percent(mean(({ overOracle }) => overOracle, atReference))}, ` +
    `unserved beside HPA's ${String(mean(({ unservedRatio }) => unservedRatio)?.toFixed(2))}\n`
);

function swept(trace: Series, startSeconds: number): ReplayReport {
  const known = trace.values.filter((value) => !Number.isNaN(value));
  const service: ReplayService = {
    perReplica: known.reduce((sum, value) => sum + value, 0) / known.length / REPLICAS,
    startSeconds,
    drainSeconds: 30,
    metricLagSeconds: 30,
    min: 1,
    max: 500,
    replicaHour: 0.1,
    violationMinute: 1,
    hpa: { targetUtilization: 0.7, tolerance: 0.1, syncSeconds: 15, downStabilizationSeconds: 300 },
    risk: 0.01,
  };
  const firstRow = WARMUP_SECONDS / MINUTE;
  const steps = replay({ trace, firstRow, service, policies: ['headroom-floor-only', 'oracle'], isSweep: true });
  for (let next = steps.next(); ; next = steps.next()) {
    if (next.done === true) {
      return next.value;
    }
  }
}

function cellsOf(trace: string, startSeconds: number, { comparisons }: ReplayReport): Cell[] {
  return comparisons
    .filter(({ target }) => TARGETS.includes(target))
    .map((each) => ({
      trace,
      startSeconds,
      target: each.target,
      saving: each.costSavingAtEqualViolations,
      reduction: each.violationReductionAtEqualCost,
      overOracle: each.costOverOracle,
      unservedRatio:
        each.unservedShare === null || each.hpaUnservedShare === 0 ? null : each.unservedShare / each.hpaUnservedShare,
    }));
}

function print(trace: string, startSeconds: number, report: ReplayReport, seconds: number): void {
  const clean = (policy: string): number =>
    Math.min(
      ...report.sweep
        .filter((each) => each.policy === policy && each.violationShare === 0)
        .filter(({ setting }) => policy !== 'hpa' || TARGETS.includes(Object.values(setting ?? {})[0] as number))
        .map(({ replicaHours }) => replicaHours)
    );
  const hpaClean = clean('hpa');
  const without = hpaClean === Infinity ? 'HPA always violates' : percent(clean('headroom') / hpaClean - 1);
  process.stdout.write(
    `${trace}, start-up ${String(startSeconds)} s (${seconds.toFixed(0)} CPU s): without violation ${without}\n`
  );
  for (const cell of cellsOf(trace, startSeconds, report)) {
    process.stdout.write(
      `  at ${String(cell.target)}: saving ${percent(cell.saving)}, fewer violations ${percent(cell.reduction)}, ` +
        `over the oracle ${percent(cell.overOracle)}, unserved ${String(cell.unservedRatio?.toFixed(2))} of HPA's\n`
    );
  }
}
