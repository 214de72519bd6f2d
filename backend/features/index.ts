/** What is to be seen in a series: rolling statistics, change, seasons, calendar, gaps, drivers; and what of it matters. */
export { calendarFeatures, eventFeatureName, type CalendarOptions } from './calendarFeatures.ts';
export {
  categoryIndex,
  CATEGORY_NAMES,
  sizeClass,
  vocabularyOf,
  type CategoryName,
  type CategoryVocabulary,
  type Metadata,
} from './categories.ts';
export { decompose, type Decomposition, type DecompositionPlan } from './decompose.ts';
export type { CalendarEvent, Driver, Feature, FeatureGroup, FeatureInput } from './feature.ts';
export { featureContext, type FeatureContext, type Window } from './featureContext.ts';
export { FEATURE_FAMILIES, type FeatureFamily } from './featureFamilies.ts';
export { localSeconds } from './localSeconds.ts';
export {
  occlusionImportance,
  type ByPart,
  type ForecastQuantiles,
  type GroupImportance,
  type HorizonPart,
  type Occlusion,
  type OcclusionGroup,
} from './occlusionImportance.ts';
export { rollingMedian } from './rollingMedian.ts';
export { rollingMoments, type RollingMoments } from './rollingMoments.ts';
export { seriesFeatures } from './seriesFeatures.ts';
