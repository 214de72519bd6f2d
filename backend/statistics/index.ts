/** Pure functions of numbers: quantiles, the normal distribution, and the scores of forecasts. */
export { coverage } from './coverage.ts';
export { meanSeasonalDifference } from './meanSeasonalDifference.ts';
export { normalCdf } from './normalCdf.ts';
export { normalQuantile } from './normalQuantile.ts';
export { pinballLoss } from './pinballLoss.ts';
export {
  addScores,
  crps,
  CRPS_LEVELS,
  emptyScores,
  mergeScores,
  normalizedDeviation,
  weightedQuantileLoss,
  type QuantileScores,
} from './quantileScores.ts';
export { quantileSorted } from './quantileSorted.ts';
export { selectMedian } from './selectMedian.ts';
export { signTest } from './signTest.ts';
export { sortedObserved } from './sortedObserved.ts';
export { weightedSample, weightedSampleQuantile, type WeightedSample } from './weightedSample.ts';
