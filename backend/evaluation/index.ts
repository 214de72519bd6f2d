/** How good forecasts are: rolling-origin backtests and their scores. */
export { backtest, type BacktestOptions } from './backtest.ts';
export {
  backtestSeries,
  type BacktestForecast,
  type SeriesBacktestOptions,
  type SeriesOutcome,
} from './backtestSeries.ts';
export { backtestWindows, type WindowOptions } from './backtestWindows.ts';
export {
  addForecast,
  emptySums,
  mergeSums,
  scoresOf,
  type ForecastScores,
  type ForecastSums,
} from './forecastScores.ts';
export { modelScores, type ModelScores, type SeriesScores } from './modelScores.ts';
