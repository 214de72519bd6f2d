/**
 * Changes planted into real traces that are forecast as live by `auto`, hour by hour: how soon the right verdict comes,
 * how many come without a cause, and how soon forecasts are as good as before after a level shift.
 *
 * `node bench/learning/drift.ts [--only TEXT] [--plants N] [--days N] [--machines]`. An alarm on a trace as it is counts as
 * false, though some of these traces do change.
 */
import { parseArgs } from 'node:util';
import { textTable } from '../accuracy/textTable.ts';
import { liveReplay, type LiveHour, type LiveState } from './liveReplay.ts';
import { hasCourse, LIVE_TRACES, SERVICE_TRACES, liveTrace, type LiveTrace } from './liveTraces.ts';
import { PLANTED, type Planted } from './planted.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    plants: { type: 'string', default: '4' },
    days: { type: 'string', default: '30' },
    machines: { type: 'boolean', default: false },
  },
});
const RECOVERY_HOURS = 50;
/** What takes long is planted from this share of the hours on that leave room for it. */
const EARLIEST = 0.75;

interface Lived {
  readonly at: number;
  readonly hour: LiveHour;
  readonly state: LiveState;
  readonly kind: string;
}

const rows: string[][] = [];
for (const [file, column] of options.machines ? LIVE_TRACES : SERVICE_TRACES) {
  const trace = `${file} ${column}`.includes(options.only) ? await liveTrace(file, column) : undefined;
  if (trace !== undefined) {
    rows.push(await rowOf(trace));
    process.stderr.write(`${rows.at(-1)!.join(' | ')}\n`);
  }
}
process.stdout.write(
  rows.length === 0
    ? 'skipped: ../shared/data is not here, or --only names no trace\n'
    : `${textTable([['trace', 'alarms a month', ...PLANTED.map(({ name }) => `${name}: found, median hours`), '90 % band from 24 h after (without)', 'error from 48 h after'], ...rows])}\n`
);

async function rowOf(trace: LiveTrace): Promise<string[]> {
  const { series, day } = trace;
  const from = (series.values.length < 14 * day ? 3 : 7) * day;
  const to = Math.min(series.values.length, Number(options.days) * day) - day;
  const lived: Lived[] = [];
  await liveReplay(series, {
    ...{ day, arm: 'learning', from, to },
    onHour: (hour, state, drift) => lived.push({ at: hour.at, hour, state, kind: drift.verdict.kind }),
  });
  const isAlarm = (kind: string) => kind !== 'steady' && kind !== 'unknown';
  const alarms = lived.filter(({ kind }, index) => isAlarm(kind) && kind !== lived[index - 1]?.kind).length;
  const delays: number[][] = [];
  for (const planted of PLANTED) {
    const isThere = planted.kind !== 'seasonChange' || hasCourse(trace);
    delays.push(isThere ? await delaysOf(trace, planted, lived, plantsOf(lived, trace, planted.hours)) : []);
  }
  const cells = delays.map((each) => {
    const sorted = [...each].sort((a, b) => a - b);
    const median = sorted[sorted.length >> 1] ?? Number.NaN;
    const found = each.filter((delay) => Number.isFinite(delay)).length;
    return `${String(found)} of ${String(each.length)}, ${Number.isFinite(median) ? median.toFixed(1) : '-'}`;
  });
  const { coverage, usual, error } = await recoveryOf(trace, lived, plantsOf(lived, trace, RECOVERY_HOURS));
  return [
    trace.name,
    ((30 * day * alarms) / (to - from)).toFixed(1),
    ...cells,
    Number.isNaN(coverage) ? '-' : `${(100 * coverage).toFixed(1)} % (${(100 * usual).toFixed(1)} %)`,
    Number.isNaN(error) ? '-' : `${error.toFixed(2)} times`,
  ];
}

/** Hours after which all is steady, evenly spread over the later half where there is room for what has to be seen. */
function plantsOf(lived: readonly Lived[], { day }: LiveTrace, hours: number): number[] {
  const count = Number(options.plants);
  const last = lived.length - (Math.max(RECOVERY_HOURS, hours) + 1) * Math.max(1, 24 / day);
  const first = Math.floor(Math.min(lived.length / 2, EARLIEST * last));
  return Array.from({ length: count }, (_, plant) => first + Math.floor(((last - first) * plant) / count)).filter(
    (index) => index > 0 && index < last && lived[index]?.kind === 'steady'
  );
}

async function delaysOf(
  { series, day }: LiveTrace,
  planted: Planted,
  lived: readonly Lived[],
  starts: readonly number[]
): Promise<number[]> {
  const perHour = Math.max(1, day / 24);
  const delays: number[] = [];
  for (const start of starts) {
    const { at, state } = lived[start]!;
    const from = at + perHour;
    const shiftAt = from + Math.floor(0.4 * perHour);
    let delay = Number.POSITIVE_INFINITY;
    await liveReplay(planted.change(series, shiftAt, day), {
      ...{ day, arm: 'learning', from, to: from + planted.hours * perHour, state },
      onHour(hour, _, drift) {
        if (drift.verdict.kind === planted.kind) {
          delay = Math.min(delay, (hour.at + perHour - shiftAt) / perHour);
        }
      },
    });
    delays.push(delay);
  }
  return delays;
}

/** Of forecasts made a day and two days after a level shift: inside the 90 % band (and without the shift), and error beside that without it. */
async function recoveryOf({ series, day }: LiveTrace, lived: readonly Lived[], starts: readonly number[]) {
  const perHour = Math.max(1, day / 24);
  let [inside, insideUsual, count, planted, plain] = [0, 0, 0, 0, 0];
  for (const start of starts) {
    const { at, state } = lived[start]!;
    const from = at + perHour;
    await liveReplay(PLANTED[0]!.change(series, from, day), {
      ...{ day, arm: 'learning', from, to: from + RECOVERY_HOURS * perHour, state },
      onHour(hour) {
        const hours = (hour.at - from) / perHour;
        const twin = lived[start + 1 + Math.round(hours)];
        if (hours >= 24 && hours < 30 && twin !== undefined) {
          inside += hour.inside90;
          insideUsual += twin.hour.inside90;
          count += hour.count;
        }
        if (hours >= 48 && twin !== undefined) {
          planted += hour.crps;
          plain += 1.3 * twin.hour.crps;
        }
      },
    });
  }
  return { coverage: inside / count, usual: insideUsual / count, error: planted / plain };
}
