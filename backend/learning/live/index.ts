/** What is learnt of a series while it is forecast: drift, and how its quantiles hold. */
export { issuedAt, saidOf, truthsAfter, type IssuedForecast } from './issuedForecast.ts';
export { rawPieces } from './rawPieces.ts';
export { learnBlock, MOVED_LEVELS, newSeriesLearning, ZONE_HOURS, type SeriesLearning } from './seriesLearning.ts';
