import { calendarFeatures, type CalendarEvent } from '../../features/index.ts';
import type { Series, TimeGrid } from '../../timeseries/index.ts';

/** The calendar's events over a history and the horizon after it: of each period that ends at an instant, the share. */
export function eventCovariates(
  history: TimeGrid,
  horizon: number,
  events: readonly CalendarEvent[]
): ReadonlyMap<string, Series> {
  if (events.length === 0) {
    return new Map();
  }
  const grid: TimeGrid = { ...history, length: history.length + horizon };
  const begins = { ...grid, startSeconds: grid.startSeconds - grid.stepSeconds };
  return new Map(
    [...calendarFeatures(begins, { events })]
      .filter(([name]) => name.startsWith('event_'))
      .map(([name, { values }]) => [name, { grid, values }])
  );
}
