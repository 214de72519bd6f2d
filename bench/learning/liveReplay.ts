import { createForecaster, type Forecast, type Predictor } from '../../backend/forecasting/index.ts';
import { conformed, correctionOf, type ConformalState } from '../../backend/learning/conformal/index.ts';
import { relevelled, type DriftState } from '../../backend/learning/drift/index.ts';
import { weighedPredictor, weighFits, type WeighedFits } from '../../backend/learning/fits/index.ts';
import {
  learnBlock,
  newSeriesLearning,
  ZONE_HOURS,
  type IssuedForecast,
  type SeriesLearning,
} from '../../backend/learning/live/index.ts';
import { seriesSlice, timeAt, type Series } from '../../backend/timeseries/index.ts';

export const LEVELS: readonly number[] = [0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975];
const CRPS_LEVELS = LEVELS.slice(2, 11);
const HISTORY_DAYS = 21;
const KEPT_FORECASTS = 14;

/**
 * `frozen`: fitted once, then forecasting from what is known at each hour. `refitted`: fitted anew each day, which is
 * all that there was before. `learning`: that, with the fit weighed against an older one, moved quantiles, and a history
 * at the new level after a shift.
 */
export type Arm = 'frozen' | 'refitted' | 'learning';

export interface LiveHour {
  /** Index of the first value that was not known. */
  readonly at: number;
  /** Mean CRPS (levels 0.1 to 0.9) over the day ahead, and over its first hour. */
  readonly crps: number;
  readonly crpsFirstHour: number;
  /** Truths of the day ahead, and how many lay inside the 90 % band. */
  readonly count: number;
  readonly inside90: number;
}

/** What a replay can be taken up from. */
export interface LiveState {
  readonly predictor: Predictor | undefined;
  /** What `learning` forecasts by. */
  readonly fits: WeighedFits | undefined;
  readonly learning: SeriesLearning;
  readonly issued: readonly IssuedForecast[];
  readonly raw: readonly IssuedForecast[];
  readonly hours: number;
  /** The shifts that were known when it was fitted. */
  readonly fittedShifts: DriftState['shifts'];
}

export interface LiveReplayOptions {
  readonly day: number;
  readonly arm: Arm;
  readonly from: number;
  readonly to: number;
  readonly state?: LiveState;
  /** Whether what is done each hour is told, with the state then. */
  readonly onHour?: (hour: LiveHour, state: LiveState, drift: DriftState) => void;
}

/** A trace forecast as live, hour by hour, for a day each time. */
export async function liveReplay(series: Series, options: LiveReplayOptions): Promise<LiveState> {
  const { day, from, to } = options;
  const perHour = Math.max(1, day / 24);
  let state: LiveState = options.state ?? {
    ...{
      predictor: undefined,
      fits: undefined,
      learning: newSeriesLearning(series.grid.stepSeconds),
      issued: [],
      raw: [],
    },
    ...{ hours: 0, fittedShifts: [] },
  };
  for (let at = from; at + perHour <= to; at += perHour) {
    const { forecast, raw, predictor, fits, fittedShifts } = await foresee(series, at, state, options);
    const cutoffSeconds = timeAt(series.grid, at - 1);
    const keep = (list: readonly IssuedForecast[], each: Forecast) =>
      [...list, { cutoffSeconds, ...each }].slice(-KEPT_FORECASTS);
    const issued = keep(state.issued, forecast);
    const raws = keep(state.raw, raw);
    const learning = learnBlock(
      state.learning,
      cutoffSeconds,
      series,
      issued,
      ZONE_HOURS.map(() => raws)
    );
    state = { predictor, fits, fittedShifts, learning, issued, raw: raws, hours: state.hours + 1 };
    options.onHour?.(scored(series, at, perHour, forecast), state, learning.drift);
  }
  return state;
}

async function foresee(series: Series, at: number, state: LiveState, { day, arm }: LiveReplayOptions) {
  const { drift, conformal } = state.learning;
  const known = seriesSlice(series, Math.max(0, at - HISTORY_DAYS * day), at);
  const target = arm === 'learning' ? relevelled(known, drift.shifts) : known;
  const isDue =
    state.predictor === undefined ||
    (arm !== 'frozen' && state.hours % 24 === 0) ||
    (arm === 'learning' && drift.shifts.length + state.fittedShifts.length > 0 && drift.shifts !== state.fittedShifts);
  const fresh = isDue
    ? await createForecaster('auto').fit({ target }, { horizon: day, seed: 1, seasonSteps: day })
    : undefined;
  const fits =
    fresh === undefined || arm !== 'learning' ? state.fits : await weighFits(state.fits, fresh, { target }, day);
  const predictor = fresh === undefined ? state.predictor! : fits === undefined ? fresh : weighedPredictor(fits);
  const raw = await predictor.predict({ target }, { horizon: day, levels: LEVELS });
  return {
    raw,
    predictor,
    fits,
    forecast: arm === 'learning' ? moved(raw, conformal, known) : raw,
    fittedShifts: isDue ? drift.shifts : state.fittedShifts,
  };
}

function moved(raw: Forecast, conformal: ConformalState, known: Series): Forecast {
  const correction = correctionOf(conformal);
  return correction === undefined
    ? raw
    : conformed(
        raw,
        correction,
        known.values.every((value) => !(value < 0))
      );
}

function scored({ values }: Series, at: number, perHour: number, forecast: Forecast): LiveHour {
  const steps = forecast.grid.length;
  const row = (level: number) => LEVELS.indexOf(level) * steps;
  let [crps, crpsFirstHour, count, first, inside90] = [0, 0, 0, 0, 0];
  for (let step = 0; step < steps; step++) {
    const truth = values[at + step] ?? Number.NaN;
    if (Number.isNaN(truth)) {
      continue;
    }
    let loss = 0;
    for (const level of CRPS_LEVELS) {
      const value = forecast.values[row(level) + step]!;
      loss += (2 * Math.abs(truth - value) * Math.abs((truth <= value ? 1 : 0) - level)) / CRPS_LEVELS.length;
    }
    crps += loss;
    count++;
    inside90 += truth >= forecast.values[row(0.05) + step]! && truth <= forecast.values[row(0.95) + step]! ? 1 : 0;
    if (step < perHour) {
      crpsFirstHour += loss;
      first++;
    }
  }
  return { at, crps: crps / Math.max(1, count), crpsFirstHour: crpsFirstHour / Math.max(1, first), count, inside90 };
}
