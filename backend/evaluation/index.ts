/** How good forecasts are: rolling-origin backtests and their scores. */
export {
  backtest,
  type BacktestForecast,
  type BacktestOptions,
  type ModelScores,
  type SeriesScores,
} from './backtest.ts';
export { backtestWindows, type WindowOptions } from './backtestWindows.ts';
export {
  addForecast,
  emptySums,
  mergeSums,
  scoresOf,
  type ForecastScores,
  type ForecastSums,
} from './forecastScores.ts';
