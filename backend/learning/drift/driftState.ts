import { alarmThreshold, NEW_GAUGE, type AlarmGauge, type Tail } from './alarmGauge.ts';
import type { CourseDistance } from './courseDistance.ts';
import type { DriftBlock } from './driftBlock.ts';
import { UNKNOWN, type DriftVerdict, type ShiftSize } from './driftVerdict.ts';
import { NO_RUN, type FrozenRun } from './frozenRun.ts';

/** A statistic passes its threshold by noise alone on one day in so many: on one in thirty all of them together. */
export const ALARM_DAYS = {
  jump: 120,
  level: 240,
  wider: 240,
  narrower: 960,
  season: 240,
  moved: 160,
  frozen: 240,
  empty: 960,
} as const;
/** How the largest values of each go on: of how far a forecast was off to one side, by what lies above the usual day. */
export const TAILS: Readonly<Partial<Record<keyof typeof ALARM_DAYS, Tail>>> = { jump: 'excess', level: 'excess' };
/** What noise is never below: deviations of the forecast, and equal measurements in a row. */
export const LEAST_THRESHOLD = {
  ...{ jump: 2, level: 2.5, wider: 0, narrower: 0, season: 0, moved: 1, frozen: 12, empty: 12 },
} as const satisfies Record<keyof typeof ALARM_DAYS, number>;
export type DriftStatistic = keyof typeof ALARM_DAYS;

/** A level shift that was confirmed. */
export interface Shift extends ShiftSize {
  readonly atSeconds: number;
}

/** A level shift that is being watched. */
export interface WatchedShift {
  readonly sign: 1 | -1;
  /** Deviations of the six-hours-old forecast when it was noticed. */
  readonly strength: number;
  /** Whether it stood out by the heavier of the tails, too: only then is the history put at the new level. */
  readonly isPlain?: boolean;
}

/** All that is remembered of one series: plain data, some kilobytes. */
export interface DriftState {
  readonly version: 1;
  readonly blockSeconds: number;
  /** End of the last block; `null` before the first. */
  readonly untilSeconds: number | null;
  /** Of the last day, oldest first, without a gap. */
  readonly blocks: readonly DriftBlock[];
  /** Means of the last four weeks' blocks, oldest first, `null` where missing. */
  readonly means: ReadonlyArray<number | null>;
  readonly gauges: Readonly<Record<DriftStatistic, AlarmGauge>>;
  /** Of the last six blocks, without a gap. */
  readonly courses: readonly CourseDistance[];
  readonly run: FrozenRun;
  readonly usualSpread: number | null;
  /** Blocks in a row for which a slow statistic has been beyond its threshold. */
  readonly standing: Readonly<Partial<Record<DriftStatistic, number>>>;
  readonly watched: WatchedShift | null;
  /** Until then the spread holds a level shift and says nothing. */
  readonly quietUntilSeconds: number;
  readonly shifts: readonly Shift[];
  readonly verdict: DriftVerdict;
}

const HOUR_SECONDS = 3600;

/** Nothing is known yet of a series with this step. */
export function newDriftState(stepSeconds: number): DriftState {
  return {
    version: 1,
    blockSeconds: Math.max(1, Math.ceil(HOUR_SECONDS / stepSeconds)) * stepSeconds,
    untilSeconds: null,
    blocks: [],
    means: [],
    gauges: {
      ...{ jump: NEW_GAUGE, level: NEW_GAUGE, wider: NEW_GAUGE },
      ...{ narrower: NEW_GAUGE, season: NEW_GAUGE, moved: NEW_GAUGE, frozen: NEW_GAUGE, empty: NEW_GAUGE },
    },
    courses: [],
    run: NO_RUN,
    usualSpread: null,
    standing: {},
    watched: null,
    quietUntilSeconds: 0,
    shifts: [],
    verdict: UNKNOWN,
  };
}

/** Whether some statistic of a shift is beyond what noise passes even if its largest values go on as a power. */
export function isPlainShift(
  { gauges }: DriftState,
  values: Readonly<Partial<Record<DriftStatistic, number>>>
): boolean {
  return (['jump', 'level'] as const).some((name) => {
    const threshold = alarmThreshold(gauges[name], ALARM_DAYS[name]);
    return threshold !== undefined && (values[name] ?? 0) > Math.max(LEAST_THRESHOLD[name], threshold);
  });
}

/** What the statistic passes by noise alone on one day in `ALARM_DAYS`; undefined while too little is known. */
export function thresholdOf({ gauges }: DriftState, name: DriftStatistic): number | undefined {
  const threshold = alarmThreshold(gauges[name], ALARM_DAYS[name], TAILS[name]);
  return threshold === undefined ? undefined : Math.max(LEAST_THRESHOLD[name], threshold);
}
