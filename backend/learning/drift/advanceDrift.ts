import { gaugeAfter, LEAST_DAYS } from './alarmGauge.ts';
import { courseDistance } from './courseDistance.ts';
import { driftBlock, type DriftBlock, type DriftInput } from './driftBlock.ts';
import {
  ALARM_DAYS,
  isPlainShift,
  TAILS,
  thresholdOf,
  type DriftState,
  type DriftStatistic,
  type Shift,
} from './driftState.ts';
import { STEADY, UNKNOWN, type DriftVerdict } from './driftVerdict.ts';
import { hasReturned } from './hasReturned.ts';
import { runAfter } from './frozenRun.ts';
import { relevelledMeans } from './relevelled.ts';
import { suspect, watchShift, type WatchResult } from './shiftWatch.ts';
import { slowVerdict } from './slowVerdict.ts';
import { jumpOf, levelOf, SPREAD_BLOCKS, spreadOf } from './statistics.ts';

const DAY_SECONDS = 86_400;
const KEPT_DAYS = 28;
const LEVEL_BLOCKS = 3;
/** So many in a row another course of the day is seen before it is believed. */
const COURSE_BLOCKS = 6;
/** Another course looks like another level first: a shift that is so young is not taken back, an older one stays. */
const [SETTLED_SECONDS, DOUBTED_SECONDS] = [6 * 3600, 2 * DAY_SECONDS];
/** Of fewer measurements an hour a single one would be a jump. */
const LEAST_FOR_JUMP = 4;
const USUAL_RATE = 1 / 168;

export type StatisticValues = Readonly<Partial<Record<DriftStatistic, number>>>;

/**
 * What is known of a series after one more block.
 *
 * A pure step: the same state and block give the same. A block that lies before what is known is passed over; time that
 * no block covers is missing, and missing values never raise an alarm.
 */
export function advanceDrift(state: DriftState, input: DriftInput): DriftState {
  const { blockSeconds, untilSeconds } = state;
  if (!Number.isFinite(input.startSeconds) || (untilSeconds !== null && input.startSeconds < untilSeconds)) {
    return state;
  }
  const perDay = Math.max(1, Math.round(DAY_SECONDS / blockSeconds));
  const skipped = untilSeconds === null ? 0 : Math.round((input.startSeconds - untilSeconds) / blockSeconds);
  const run = Array.from(input.truths).reduce(
    (before, truth, index) =>
      runAfter(before, input.startSeconds + ((index + 1) * blockSeconds) / input.truths.length, truth),
    state.run
  );
  // Nothing at all is what many a series stands at for long; any other value is not.
  const standing = run.value === 0 ? 'empty' : 'frozen';
  const frozenFrom = thresholdOf(state, standing);
  const isFrozen = frozenFrom !== undefined && run.length > frozenFrom;
  const block = driftBlock(isFrozen ? { ...input, truths: Array.from(input.truths, () => Number.NaN) } : input);
  const holes = Array.from({ length: Math.min(skipped, KEPT_DAYS * perDay) }, () => null);
  const seen: DriftState = {
    ...{ ...state, run },
    untilSeconds: input.startSeconds + blockSeconds,
    blocks: [...(skipped === 0 ? state.blocks : []), block].slice(-perDay),
    means: [...state.means, ...holes, block.mean].slice(-KEPT_DAYS * perDay),
    courses: skipped === 0 ? state.courses : [],
  };
  if (isFrozen) {
    const evidence = { statistic: run.length, threshold: frozenFrom, alarmDays: ALARM_DAYS[standing] };
    const verdict: DriftVerdict = {
      ...{ kind: 'sensorFreeze', isConfirmed: true, sinceSeconds: run.sinceSeconds, size: null, evidence },
    };
    return { ...seen, watched: null, standing: {}, courses: [], verdict };
  }
  // A spike that was long enough to be confirmed: the history goes back to where it was.
  const stood = hasReturned(seen, perDay) ? { ...seen, shifts: seen.shifts.slice(0, -1), watched: null } : seen;
  const next = { ...stood, courses: coursesAfter(stood, perDay) };
  return judged(next, statisticsOf(next, standing, input), perDay);
}

function coursesAfter({ courses, means, shifts, untilSeconds, blockSeconds }: DriftState, perDay: number) {
  const course = courseDistance(relevelledMeans(means, shifts, untilSeconds ?? 0, blockSeconds), perDay);
  return course === undefined ? [] : [...courses, course].slice(-COURSE_BLOCKS);
}

function judged(state: DriftState, values: StatisticValues, perDay: number): DriftState {
  const { blocks, watched, quietUntilSeconds, blockSeconds } = state;
  const untilSeconds = blocks.at(-1)!.startSeconds + blockSeconds;
  const beyond = alarms(state, values);
  const gauges = gaugesAfter(state, values);
  const { standing, verdict } = slowVerdict(state, values, beyond, untilSeconds < quietUntilSeconds, perDay);
  const isSettled = state.shifts.every(({ atSeconds }) => untilSeconds - atSeconds >= SETTLED_SECONDS);
  if (verdict?.kind === 'seasonChange' && isSettled) {
    const stay = state.shifts.filter(({ atSeconds }) => untilSeconds - atSeconds > DOUBTED_SECONDS);
    const shifts = stay.length === state.shifts.length ? state.shifts : stay;
    return { ...state, shifts, watched: null, standing, gauges, verdict };
  }
  const shift: WatchResult | undefined =
    watched === null
      ? (['jump', 'level'] as const)
          .filter((name) => beyond.has(name))
          .map((name) => suspect(blocks, beyond.get(name)!))
          .find((each) => each !== undefined)
      : watchShift(state, blocks, watched);
  if (shift !== undefined && shift.watched !== null) {
    const isPlain = watched?.isPlain === true || isPlainShift(state, values);
    return {
      ...state,
      ...{ watched: { ...shift.watched, isPlain }, verdict: shift.verdict, standing: {}, gauges },
      quietUntilSeconds: untilSeconds + perDay * blockSeconds,
      shifts: shift.confirmed === undefined || !isPlain ? state.shifts : withShift(state.shifts, shift.confirmed),
    };
  }
  return {
    ...state,
    ...{ watched: null, standing, gauges },
    usualSpread: usualAfter(state.usualSpread, blocks.at(-1)!),
    verdict:
      verdict ??
      (state.gauges.jump.maxima.length < LEAST_DAYS && state.gauges.level.maxima.length < LEAST_DAYS
        ? UNKNOWN
        : STEADY),
  };
}

function statisticsOf(
  { blocks, courses, run }: DriftState,
  standing: 'frozen' | 'empty',
  { truths }: DriftInput
): StatisticValues {
  const spread = spreadOf(blocks, SPREAD_BLOCKS);
  const least = (name: keyof (typeof courses)[number]) =>
    courses.length < COURSE_BLOCKS ? undefined : Math.min(...courses.map((course) => course[name]));
  return known({
    jump: truths.length < LEAST_FOR_JUMP ? undefined : jumpOf(blocks.at(-1)!),
    level: levelOf(blocks, LEVEL_BLOCKS),
    wider: spread,
    narrower: spread === undefined || spread <= 0 ? undefined : 1 / spread,
    season: least('season'),
    moved: least('moved'),
    [standing]: run.length,
  });
}

function alarms(
  state: DriftState,
  values: StatisticValues
): Map<DriftStatistic, NonNullable<DriftVerdict['evidence']>> {
  const beyond = new Map<DriftStatistic, NonNullable<DriftVerdict['evidence']>>();
  for (const [name, statistic] of Object.entries(values) as Array<[DriftStatistic, number]>) {
    const threshold = thresholdOf(state, name);
    if (threshold !== undefined && statistic > threshold) {
      beyond.set(name, { statistic, threshold, alarmDays: ALARM_DAYS[name] });
    }
  }
  return beyond;
}

function gaugesAfter(state: DriftState, values: StatisticValues): DriftState['gauges'] {
  const { startSeconds } = state.blocks.at(-1)!;
  const changed = (Object.entries(values) as Array<[DriftStatistic, number]>).map(([name, value]) => [
    name,
    gaugeAfter(state.gauges[name], startSeconds, value, ALARM_DAYS[name], TAILS[name]),
  ]);
  return { ...state.gauges, ...(Object.fromEntries(changed) as Partial<DriftState['gauges']>) };
}

function withShift(shifts: readonly Shift[], shift: Shift): readonly Shift[] {
  return [...shifts.filter(({ atSeconds }) => atSeconds > shift.atSeconds - KEPT_DAYS * DAY_SECONDS), shift];
}

function usualAfter(usual: number | null, { spread }: DriftBlock): number | null {
  return spread === null ? usual : usual === null ? spread : usual + USUAL_RATE * (spread - usual);
}

function known(values: Readonly<Partial<Record<DriftStatistic, number | undefined>>>): StatisticValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
