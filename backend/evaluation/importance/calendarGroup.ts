import type { History } from '../../forecasting/index.ts';
import type { Series } from '../../timeseries/index.ts';
import type { ImportanceGroup } from './importanceGroup.ts';

const DAY = 86_400;
const HALF_WEEK = 3.5 * DAY;
const WEEK = 7 * DAY;

/**
 * The clock: time of day and week. The history is dated half a week back, at the opposite time of day, and compared with
 * itself dated a whole week back: both lie before a fit, so what a model tells by the age of its fit counts in neither.
 */
export const calendarGroup: ImportanceGroup = {
  kind: 'calendar',
  name: 'calendar',
  description: 'time of day and day of week',
  neutralise: (history) => {
    const { stepSeconds } = history.target.grid;
    return stepSeconds >= WEEK ? undefined : dated(history, stepSeconds > DAY / 2 ? 3 * DAY : HALF_WEEK);
  },
  control: (history) => dated(history, WEEK),
};

function dated(history: History, secondsBack: number): History {
  const moved = ({ grid, values }: Series): Series => ({
    grid: { ...grid, startSeconds: grid.startSeconds - secondsBack },
    values,
  });
  const all = (lanes: ReadonlyMap<string, Series>): ReadonlyMap<string, Series> =>
    new Map(Array.from(lanes, ([name, series]) => [name, moved(series)]));
  const { target, pastCovariates, knownCovariates } = history;
  return {
    ...history,
    target: moved(target),
    ...(pastCovariates === undefined ? {} : { pastCovariates: all(pastCovariates) }),
    ...(knownCovariates === undefined ? {} : { knownCovariates: all(knownCovariates) }),
  };
}
