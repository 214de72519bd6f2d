import { HeadroomError } from '../errors/index.ts';
import { detectSeasonSteps, historyUntil, type Forecaster, type History } from '../forecasting/index.ts';
import { CRPS_LEVELS, meanSeasonalDifference } from '../statistics/index.ts';
import { observedCount, seriesSlice, timeAt } from '../timeseries/index.ts';
import { backtestWindows } from './backtestWindows.ts';
import { addForecast, emptySums, type ForecastSums } from './forecastScores.ts';

/** How each series of a backtest is forecast. */
export interface SeriesBacktestOptions {
  readonly horizon: number;
  readonly windowCount: number;
  readonly stride?: number;
  readonly lastKnown?: number;
  /** Found in each series' past before the first window unless given. */
  readonly seasonSteps?: number;
  /** Ascending, within (0, 1); 0.1 ... 0.9 are forecast too, for the scores. */
  readonly levels: readonly number[];
  readonly seed: number;
  /** Measures how long forecasts take. */
  readonly monotonicSeconds: () => number;
  readonly signal: AbortSignal;
  /** Told of each forecast; awaited, so that it may let others work in between. */
  readonly onForecast?: (forecast: BacktestForecast) => void | Promise<void>;
}

/** One forecast of a backtest, with the levels that were asked for. */
export interface BacktestForecast {
  readonly model: string;
  readonly series: string;
  /** The last instant that was seen, in epoch seconds. */
  readonly cutoffSeconds: number;
  readonly stepSeconds: number;
  readonly levels: readonly number[];
  /** `[level][step]`. */
  readonly values: Float64Array;
}

/** What a forecaster did on one series; plain data, so that it may come from another thread. */
export interface SeriesOutcome {
  readonly series: string;
  readonly seasonSteps: number;
  readonly sums: ForecastSums;
  /** Spent on forecasting and scoring. */
  readonly seconds: number;
}

/**
 * Forecasts the last windows of one series, each seeing only what was before its cutoff, and sums their scores.
 *
 * A past without a measurement is forecast as zero, as published. Throws BACKTEST_TOO_SHORT, what the forecaster throws,
 * and the signal's reason when it is aborted.
 */
export async function backtestSeries(
  model: Forecaster,
  series: string,
  history: History,
  options: SeriesBacktestOptions
): Promise<SeriesOutcome> {
  const { monotonicSeconds } = options;
  const allLevels = [...new Set([...CRPS_LEVELS, ...options.levels])].sort((a, b) => a - b);
  const startedSeconds = monotonicSeconds();
  const windows = backtestWindows({ ...options, length: history.target.values.length });
  const seasonSteps = options.seasonSteps ?? seasonBefore(history, windows[0]!);
  const sums = emptySums(allLevels);
  let reportingSeconds = 0;
  for (const known of windows) {
    options.signal.throwIfAborted();
    const values = await forecastWindow(model, history, known, seasonSteps, allLevels, options);
    scoreWindow(sums, values, history, known, seasonSteps, options.horizon);
    const reportedSeconds = monotonicSeconds();
    await options.onForecast?.(describe(model, series, history, known, values, allLevels, options));
    reportingSeconds += monotonicSeconds() - reportedSeconds;
  }
  return { series, seasonSteps, sums, seconds: monotonicSeconds() - startedSeconds - reportingSeconds };
}

/** The season found in what the first window knows; 1 where that holds no measurement. */
function seasonBefore(history: History, known: number): number {
  const past = seriesSlice(history.target, 0, known);
  return observedCount(past) === 0 ? 1 : detectSeasonSteps(past);
}

async function forecastWindow(
  model: Forecaster,
  history: History,
  known: number,
  seasonSteps: number,
  levels: readonly number[],
  { horizon, seed }: SeriesBacktestOptions
): Promise<Float64Array> {
  const past = historyUntil(history, known, horizon);
  try {
    const predictor = await model.fit(past, { horizon, seed, seasonSteps });
    return (await predictor.predict(past, { horizon, levels })).values;
  } catch (error) {
    if (error instanceof HeadroomError && error.code === 'FORECAST_HISTORY_EMPTY') {
      return new Float64Array(levels.length * horizon);
    }
    throw error;
  }
}

function scoreWindow(
  sums: ForecastSums,
  values: Float64Array,
  { target }: History,
  known: number,
  seasonSteps: number,
  horizon: number
): void {
  const truth = target.values.subarray(known, known + horizon);
  addForecast(sums, values, truth, meanSeasonalDifference(target.values, seasonSteps, known));
}

function describe(
  model: Forecaster,
  series: string,
  { target }: History,
  known: number,
  values: Float64Array,
  allLevels: readonly number[],
  { levels, horizon }: SeriesBacktestOptions
): BacktestForecast {
  const asked = new Float64Array(levels.length * horizon);
  levels.forEach((level, row) => {
    const start = allLevels.indexOf(level) * horizon;
    asked.set(values.subarray(start, start + horizon), row * horizon);
  });
  return {
    model: model.name,
    series,
    cutoffSeconds: timeAt(target.grid, known - 1),
    stepSeconds: target.grid.stepSeconds,
    levels,
    values: asked,
  };
}
