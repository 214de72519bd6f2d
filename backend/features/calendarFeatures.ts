import { timeAt, type Series, type TimeGrid } from '../timeseries/index.ts';
import type { CalendarEvent } from './feature.ts';
import { localSeconds } from './localSeconds.ts';

const HOUR = 3600;
const DAY = 86_400;
const WEEK = 604_800;
const YEAR = 365.2425 * DAY;
/** 1970-01-01 was a Thursday, the fourth day of an ISO week. */
const FIRST_WEEKDAY = 3;

export interface CalendarOptions {
  /** IANA zone; default UTC. */
  readonly timeZone?: string;
  readonly events?: readonly CalendarEvent[];
}

/** What the calendar says of an instant, by name, with what it means. */
export const CALENDAR_NAMES = {
  hour_of_day: 'hours since midnight on the account’s clock',
  day_sin: 'sine of the time of day',
  day_cos: 'cosine of the time of day',
  day_of_week: '1 on Monday to 7 on Sunday',
  is_weekend: '1 on Saturday and Sunday, else 0',
  week_sin: 'sine of the time of week, from Monday 0:00',
  week_cos: 'cosine of the time of week',
  year_sin: 'sine of the time of year',
  year_cos: 'cosine of the time of year',
} as const satisfies Readonly<Record<string, string>>;

export type CalendarName = keyof typeof CALENDAR_NAMES;

const OF_THE_DAY: ReadonlySet<string> = new Set(['hour_of_day', 'day_sin', 'day_cos']);

const READINGS: Readonly<Record<CalendarName, (local: number) => number>> = {
  hour_of_day: (local) => within(local, DAY) / HOUR,
  day_sin: (local) => Math.sin((2 * Math.PI * within(local, DAY)) / DAY),
  day_cos: (local) => Math.cos((2 * Math.PI * within(local, DAY)) / DAY),
  day_of_week: (local) => weekday(local) + 1,
  is_weekend: (local) => (weekday(local) >= 5 ? 1 : 0),
  week_sin: (local) => Math.sin((2 * Math.PI * within(local + FIRST_WEEKDAY * DAY, WEEK)) / WEEK),
  week_cos: (local) => Math.cos((2 * Math.PI * within(local + FIRST_WEEKDAY * DAY, WEEK)) / WEEK),
  year_sin: (local) => Math.sin((2 * Math.PI * within(local, YEAR)) / YEAR),
  year_cos: (local) => Math.cos((2 * Math.PI * within(local, YEAR)) / YEAR),
};

/** How the feature of a calendar event is named. */
export function eventFeatureName(event: string): string {
  return `event_${event}`;
}

/**
 * Time of day, week and year on the clock of a zone, and each event of a calendar by its name, on any grid, past or
 * future; they can stand as known covariates.
 *
 * An event is the share of the step from its instant on that it takes, 0 to 1. What cannot be told within a step is
 * left out: the time of day of steps of half a day or more, the time of week of weeks. Throws a RangeError where there
 * is no such zone.
 */
export function calendarFeatures(grid: TimeGrid, options: CalendarOptions = {}): ReadonlyMap<string, Series> {
  const { timeZone = 'UTC', events = [] } = options;
  const local = localSeconds(grid, timeZone);
  const features = new Map<string, Series>();
  for (const name of calendarNames(grid.stepSeconds)) {
    features.set(name, { grid, values: local.map(READINGS[name]) });
  }
  for (const { name, startSeconds, endSeconds } of events) {
    const feature = features.get(eventFeatureName(name))?.values ?? new Float64Array(grid.length);
    const share = feature.map((before, i) => {
      const from = timeAt(grid, i);
      const overlap = Math.min(endSeconds, from + grid.stepSeconds) - Math.max(startSeconds, from);
      return Math.min(1, before + Math.max(0, overlap) / grid.stepSeconds);
    });
    features.set(eventFeatureName(name), { grid, values: share });
  }
  return features;
}

/** What of the clock can be told of steps so long. */
export function calendarNames(stepSeconds: number): readonly CalendarName[] {
  return (Object.keys(READINGS) as CalendarName[]).filter(
    (name) => stepSeconds < DAY / 2 || name.startsWith('year_') || (stepSeconds <= DAY && !OF_THE_DAY.has(name))
  );
}

/** 0 on Monday to 6 on Sunday. */
function weekday(local: number): number {
  return Math.floor(within(local + FIRST_WEEKDAY * DAY, WEEK) / DAY);
}

function within(time: number, period: number): number {
  return time - Math.floor(time / period) * period;
}
