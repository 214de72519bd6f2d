import type { Series } from '../../timeseries/index.ts';
import { advanceDrift, newDriftState, type DriftState, type ForeseenBlock } from '../drift/index.ts';
import { beginHour, learnConformal, newConformalState, type ConformalState } from '../conformal/index.ts';
import { issuedAt, saidOf, truthsAfter, type IssuedForecast } from './issuedForecast.ts';

const HOUR_SECONDS = 3600;
/** Hours before a truth at which the forecasts were made that quantiles are moved by. */
export const ZONE_HOURS: readonly number[] = [0, 3, 12];
/** Levels that are moved by how they held; those between go with them. */
export const MOVED_LEVELS: readonly number[] = [0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975];
const FAR_HOURS = 6;
const CONFIRMED_AFTER_SECONDS = 3 * HOUR_SECONDS;

/** What is learnt of one series while it is forecast. Plain data. */
export interface SeriesLearning {
  readonly drift: DriftState;
  readonly conformal: ConformalState;
}

export function newSeriesLearning(stepSeconds: number): SeriesLearning {
  return { drift: newDriftState(stepSeconds), conformal: newConformalState(MOVED_LEVELS, ZONE_HOURS) };
}

/**
 * What is known after the truths of the block after `fromSeconds` (an hour, or one longer step).
 *
 * `issued` are the forecasts as they were published, which the verdict on drift is about; `raw` those before their
 * quantiles were moved, `[zone]`, by which the moving is learnt. All oldest first; the first of each hour is enough.
 */
export function learnBlock(
  learning: SeriesLearning,
  fromSeconds: number,
  actual: Series,
  issued: readonly IssuedForecast[],
  raw: ReadonlyArray<readonly IssuedForecast[]>
): SeriesLearning {
  const { blockSeconds } = learning.drift;
  const count = Math.round(blockSeconds / actual.grid.stepSeconds);
  const truths = truthsAfter(actual, fromSeconds, count);
  const foreseen = (hours: number): ForeseenBlock | undefined => {
    const forecast = issuedAt(issued, fromSeconds - hours * HOUR_SECONDS, blockSeconds);
    const row = (level: number) => saidOf(forecast!, level, fromSeconds, count);
    return forecast === undefined ? undefined : { low: row(0.1), median: row(0.5), high: row(0.9) };
  };
  const [near, far] = [foreseen(0), foreseen(FAR_HOURS)];
  const drift = advanceDrift(learning.drift, {
    ...{ startSeconds: fromSeconds, truths },
    ...(near === undefined ? {} : { near }),
    ...(far === undefined ? {} : { far }),
  });
  if (drift === learning.drift) {
    return learning;
  }
  const isFrozen = drift.verdict.kind === 'sensorFreeze';
  const conformal = ZONE_HOURS.reduce((state, hours, zone) => {
    const forecast = isFrozen ? undefined : issuedAt(raw[zone] ?? [], fromSeconds - hours * HOUR_SECONDS, blockSeconds);
    const isOfBefore = forecast !== undefined && isBeforeLastShift(drift, forecast.cutoffSeconds);
    return forecast === undefined || isOfBefore
      ? state
      : learnConformal(state, zone, {
          quantiles: MOVED_LEVELS.map((level) => saidOf(forecast, level, fromSeconds, count)),
          truths,
        });
  }, learning.conformal);
  return { drift, conformal: beginHour(conformal) };
}

/** A forecast of another level says nothing of those made since: the history has been put at the new one. */
function isBeforeLastShift({ shifts, untilSeconds }: DriftState, cutoffSeconds: number): boolean {
  const last = shifts.at(-1);
  const knownSeconds = last === undefined ? 0 : last.atSeconds + CONFIRMED_AFTER_SECONDS;
  return last !== undefined && (untilSeconds ?? 0) > knownSeconds && cutoffSeconds < knownSeconds;
}
