import { HeadroomError } from '../errors/index.ts';
import { detectSeasonSteps, historyUntil, type Forecaster, type History } from '../forecasting/index.ts';
import { CRPS_LEVELS, meanSeasonalDifference } from '../statistics/index.ts';
import { observedCount, seriesSlice, timeAt } from '../timeseries/index.ts';
import { backtestWindows } from './backtestWindows.ts';
import {
  addForecast,
  emptySums,
  mergeSums,
  scoresOf,
  type ForecastScores,
  type ForecastSums,
} from './forecastScores.ts';

export interface BacktestOptions {
  /** By name; each history reaches over all windows, and all have targets of the same length. */
  readonly series: ReadonlyMap<string, History>;
  readonly models: readonly Forecaster[];
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

export interface SeriesScores extends ForecastScores {
  readonly series: string;
  readonly seasonSteps: number;
}

export interface ModelScores extends ForecastScores {
  readonly model: string;
  readonly secondsPerForecast: number;
  readonly perSeries: readonly SeriesScores[];
}

/**
 * Scores forecasters on the last windows of every series, each window seeing only what was before its cutoff.
 *
 * The scores of a model are pooled as `shared/data/README.md` says: CRPS from sums over all series, windows and steps,
 * MASE as the mean over all measured steps. A past without a measurement is forecast as zero, as published there.
 * Throws BACKTEST_TOO_SHORT, what the forecasters throw, and the signal's reason when it is aborted.
 */
export async function backtest(options: BacktestOptions): Promise<ModelScores[]> {
  const allLevels = [...new Set([...CRPS_LEVELS, ...options.levels])].sort((a, b) => a - b);
  const results: ModelScores[] = [];
  for (const model of options.models) {
    const total = emptySums(allLevels);
    const perSeries: SeriesScores[] = [];
    const startedSeconds = options.monotonicSeconds();
    let reportingSeconds = 0;
    for (const [name, history] of options.series) {
      const windows = backtestWindows({ ...options, length: history.target.values.length });
      const seasonSteps = options.seasonSteps ?? seasonBefore(history, windows[0]!);
      const sums = emptySums(allLevels);
      for (const known of windows) {
        options.signal.throwIfAborted();
        const values = await forecastWindow(model, history, known, seasonSteps, allLevels, options);
        scoreWindow(sums, values, history, known, seasonSteps, options.horizon);
        const reportedSeconds = options.monotonicSeconds();
        await options.onForecast?.(describe(model, name, history, known, values, allLevels, options));
        reportingSeconds += options.monotonicSeconds() - reportedSeconds;
      }
      mergeSums(total, sums);
      perSeries.push({ series: name, seasonSteps, ...scoresOf(sums, options.levels) });
    }
    const seconds = options.monotonicSeconds() - startedSeconds - reportingSeconds;
    const secondsPerForecast = seconds / Math.max(1, options.series.size * options.windowCount);
    results.push({ model: model.name, ...scoresOf(total, options.levels), secondsPerForecast, perSeries });
  }
  return results;
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
  { horizon, seed }: BacktestOptions
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
  { levels, horizon }: BacktestOptions
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
