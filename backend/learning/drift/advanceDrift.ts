import { gaugeAfter, LEAST_DAYS } from './alarmGauge.ts';
import { driftBlock, type DriftBlock, type DriftInput } from './driftBlock.ts';
import { ALARM_DAYS, thresholdOf, type DriftState, type DriftStatistic, type Shift } from './driftState.ts';
import { STEADY, UNKNOWN, type DriftVerdict } from './driftVerdict.ts';
import { runAfter } from './frozenRun.ts';
import { suspect, watchShift, type WatchResult } from './shiftWatch.ts';
import { slowVerdict } from './slowVerdict.ts';
import { jumpOf, levelOf, seasonDistance, spreadOf } from './statistics.ts';

const DAY_SECONDS = 86_400;
const KEPT_DAYS = 28;
const LEVEL_BLOCKS = 3;
const SPREAD_BLOCKS = 12;
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
  const frozenFrom = thresholdOf(state, 'frozen');
  const isFrozen = frozenFrom !== undefined && run.length > frozenFrom;
  const block = driftBlock(isFrozen ? { ...input, truths: Array.from(input.truths, () => Number.NaN) } : input);
  const blocks = [...(skipped === 0 ? state.blocks : []), block].slice(-perDay);
  const holes = Array.from({ length: Math.min(skipped, KEPT_DAYS * perDay) }, () => null);
  const means = [...state.means, ...holes, block.mean].slice(-KEPT_DAYS * perDay);
  const values = statisticsOf(state, blocks, means, perDay, run.length, input);
  const next: DriftState = { ...state, untilSeconds: input.startSeconds + blockSeconds, blocks, means, run };
  if (isFrozen) {
    const evidence = { statistic: run.length, threshold: frozenFrom, alarmDays: ALARM_DAYS.frozen };
    const verdict: DriftVerdict = {
      ...{ kind: 'sensorFreeze', isConfirmed: true, sinceSeconds: run.sinceSeconds, size: null, evidence },
    };
    return { ...next, watched: null, standing: {}, verdict };
  }
  return judged(next, values, perDay);
}

function judged(state: DriftState, values: StatisticValues, perDay: number): DriftState {
  const { blocks, watched, quietUntilSeconds, blockSeconds } = state;
  const untilSeconds = blocks.at(-1)!.startSeconds + blockSeconds;
  const beyond = alarms(state, values);
  const shift: WatchResult | undefined =
    watched === null
      ? (['jump', 'level'] as const)
          .filter((name) => beyond.has(name))
          .map((name) => suspect(blocks, beyond.get(name)!))
          .find((each) => each !== undefined)
      : watchShift(state, blocks, watched);
  if (shift !== undefined && shift.watched !== null) {
    return {
      ...state,
      ...{ watched: shift.watched, verdict: shift.verdict, standing: {} },
      gauges: gaugesAfter(state, values),
      quietUntilSeconds: untilSeconds + perDay * blockSeconds,
      shifts: shift.confirmed === undefined ? state.shifts : withShift(state.shifts, shift.confirmed),
    };
  }
  const usualSpread = usualAfter(state.usualSpread, blocks.at(-1)!);
  const { standing, verdict } = slowVerdict(state, values, beyond, untilSeconds < quietUntilSeconds, perDay);
  return {
    ...state,
    ...{ watched: null, standing, usualSpread },
    gauges: gaugesAfter(state, values),
    verdict:
      verdict ??
      (state.gauges.jump.maxima.length < LEAST_DAYS && state.gauges.level.maxima.length < LEAST_DAYS
        ? UNKNOWN
        : STEADY),
  };
}

function statisticsOf(
  state: DriftState,
  blocks: readonly DriftBlock[],
  means: ReadonlyArray<number | null>,
  perDay: number,
  runLength: number,
  { truths }: DriftInput
): StatisticValues {
  const spread = spreadOf(blocks, SPREAD_BLOCKS);
  const isQuiet = blocks.at(-1)!.startSeconds < state.quietUntilSeconds;
  return known({
    jump: truths.length < LEAST_FOR_JUMP ? undefined : jumpOf(blocks.at(-1)!),
    level: levelOf(blocks, LEVEL_BLOCKS),
    wider: spread,
    narrower: spread === undefined || spread <= 0 ? undefined : 1 / spread,
    season: isQuiet ? undefined : seasonDistance(means, perDay),
    frozen: runLength,
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
    gaugeAfter(state.gauges[name], startSeconds, value, ALARM_DAYS[name]),
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
