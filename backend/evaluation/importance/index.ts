export {
  forecastImportance,
  type FeatureImportance,
  type ForecastImportance,
  type ImportanceOptions,
} from './forecastImportance.ts';
export type { ImportanceKind } from './importanceGroup.ts';
