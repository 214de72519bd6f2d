/**
 * Traces forecast as live in virtual time, an hour after the other and a day ahead each time, with learning and without.
 *
 * `node bench/learning/live.ts [--only TEXT] [--days N] [--cache DIR]`: the figures of each trace and arm are kept in
 * `--cache` as soon as they are there, so a run that was stopped goes on where it was. A trace changes by the rule of `doesChange`, which
 * looks at no forecast.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { textTable } from '../accuracy/textTable.ts';
import { geometricMeanOf } from '../accuracy/means.ts';
import { liveReplay, type Arm } from './liveReplay.ts';
import { doesChange, LIVE_TRACES, liveTrace, type LiveTrace } from './liveTraces.ts';

const ARMS: readonly Arm[] = ['frozen', 'refitted', 'learning'];
const WARM_DAYS = 7;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    days: { type: 'string', default: '35' },
    cache: { type: 'string', default: join(tmpdir(), 'headroom-live') },
  },
});

interface ArmFigures {
  readonly crps: number;
  readonly firstHour: number;
  readonly coverage90: number;
  readonly cpuSeconds: number;
}

interface Figures {
  readonly trace: string;
  readonly changes: boolean;
  readonly arms: Readonly<Record<Arm, ArmFigures>>;
}

mkdirSync(options.cache, { recursive: true });
const all: Figures[] = [];
for (const [file, column] of LIVE_TRACES) {
  const trace = file.includes(options.only) ? await liveTrace(file, column) : undefined;
  if (trace !== undefined) {
    all.push(await figuresOf(trace));
  }
}
report(all);

async function figuresOf(trace: LiveTrace): Promise<Figures> {
  const from = WARM_DAYS * trace.day;
  const arms: Partial<Record<Arm, ArmFigures>> = {};
  for (const arm of ARMS) {
    arms[arm] = await armFigures(trace, arm, from);
  }
  const figures = { trace: trace.name, changes: doesChange(trace, from), arms: arms as Figures['arms'] };
  process.stderr.write(`${trace.name}: ${(figures.arms.learning.crps / figures.arms.frozen.crps).toFixed(3)}\n`);
  return figures;
}

async function armFigures({ name, series, day }: LiveTrace, arm: Arm, from: number): Promise<ArmFigures> {
  const path = join(options.cache, `${name}.${options.days}.${arm}.json`);
  if (existsSync(path)) {
    return JSON.parse(readFileSync(path, 'utf8')) as ArmFigures;
  }
  const to = Math.min(series.values.length, Number(options.days) * day) - day;
  const started = process.cpuUsage();
  let [crps, firstHour, count, inside, hours] = [0, 0, 0, 0, 0];
  await liveReplay(series, {
    ...{ day, arm, from, to },
    onHour(hour) {
      crps += hour.crps;
      firstHour += hour.crpsFirstHour;
      count += hour.count;
      inside += hour.inside90;
      hours++;
    },
  });
  const { user, system } = process.cpuUsage(started);
  const figures: ArmFigures = {
    crps: crps / hours,
    firstHour: firstHour / hours,
    coverage90: inside / count,
    cpuSeconds: (user + system) / 1e6,
  };
  writeFileSync(path, JSON.stringify(figures));
  return figures;
}

function report(figures: readonly Figures[]): void {
  if (figures.length === 0) {
    process.stdout.write('skipped: ../shared/data is not here, or --only names no trace\n');
    return;
  }
  const ratio = ({ arms }: Figures, arm: Arm, to: Arm, key: 'crps' | 'firstHour') => arms[arm][key] / arms[to][key];
  const rows = figures.map((each) => [
    ...[each.trace, each.changes ? 'yes' : 'no'],
    ...[ratio(each, 'learning', 'frozen', 'crps'), ratio(each, 'refitted', 'frozen', 'crps')].map((value) =>
      value.toFixed(3)
    ),
    ...[ratio(each, 'learning', 'refitted', 'crps'), ratio(each, 'learning', 'refitted', 'firstHour')].map((value) =>
      value.toFixed(3)
    ),
    ...ARMS.map((arm) => `${(100 * each.arms[arm].coverage90).toFixed(1)} %`),
  ]);
  for (const changes of [true, false]) {
    const own = figures.filter((each) => each.changes === changes);
    if (own.length > 0) {
      const mean = (arm: Arm, to: Arm, key: 'crps' | 'firstHour') =>
        geometricMeanOf(own.map((each) => ratio(each, arm, to, key))).toFixed(3);
      const name = `geometric mean of those that ${changes ? 'change' : 'do not'}`;
      rows.push([
        name,
        '',
        mean('learning', 'frozen', 'crps'),
        mean('refitted', 'frozen', 'crps'),
        mean('learning', 'refitted', 'crps'),
        mean('learning', 'refitted', 'firstHour'),
        '',
        '',
        '',
      ]);
    }
  }
  const head = [
    'CRPS, a day ahead',
    'changes',
    'learning / never fitted anew',
    'fitted daily / never',
    'learning / fitted daily',
    'the same, first hour',
    'in 90 %: never',
    'daily',
    'learning',
  ];
  process.stdout.write(`${textTable([head, ...rows])}\n`);
}
