export {
  forecastImportance,
  type FeatureImportance,
  type ForecastImportance,
  type ImportanceOptions,
} from './forecastImportance.ts';
export { importanceAnswer } from './importanceAnswer.ts';
export type { ImportanceKind } from './importanceGroup.ts';
