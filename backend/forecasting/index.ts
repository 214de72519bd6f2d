/** The ports Forecaster and Predictor, their Forecast, baselines, calibration and the choice among them. */
export { driverRise, type DriverRise } from './driven/driverRise.ts';
export { fitDriven, type DrivenFit, type DrivenOptions } from './driven/fitDriven.ts';
export { createForecaster, FORECASTER_NAMES, LEARNT_NAMES } from './createForecaster.ts';
export { forecastLevel, PUBLISHED_LEVELS, type Forecast } from './forecast.ts';
export { MAX_HORIZON } from './forecastRequest.ts';
export type { FitOptions, Forecaster, PredictOptions, Predictor } from './forecaster.ts';
export type { History } from './history.ts';
export { historyUntil } from './historyUntil.ts';
export type { HistoryResult, HistorySource, SourceQuery, SourceSeries } from './historySource.ts';
export { isFiniteForecast } from './isFiniteForecast.ts';
export { detectSeasonSteps } from './seasonSteps.ts';
export { cyclePlan, type CyclePlan } from './cycles/cyclePlan.ts';
export { decayedRidge, type DecayedRidge } from './near/decayedRidge.ts';
export type { NearDistribution, NearMoment } from './near/nearMoment.ts';
export { nearLearner, type NearLearner, type NearOptions } from './near/nearLearner.ts';
export { onlineNear } from './near/onlineNear.ts';
export type { FittedModel, LocalModel, RawForecast, SeasonalFitOptions } from './localModel.ts';
