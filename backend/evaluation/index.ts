/** How good forecasts are and what they use: rolling-origin backtests, their scores, importance by occlusion. */
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
export {
  forecastImportance,
  importanceAnswer,
  type FeatureImportance,
  type ForecastImportance,
  type ImportanceKind,
  type ImportanceOptions,
} from './importance/index.ts';
export { modelScores, type ModelScores, type SeriesScores } from './modelScores.ts';
