/** The words every room uses for measurements in time: grids, series, labels, durations, quantities, gaps. */
export { formatDuration, parseDurationSeconds } from './duration.ts';
export { labelsKey, type Labels } from './labels.ts';
export { missing, observed, type Observation } from './observation.ts';
export { parseQuantity } from './quantity.ts';
export { resampleMean } from './resampleMean.ts';
export {
  lastObservedSeconds,
  observedCount,
  seriesEnd,
  seriesSinceFirst,
  seriesSlice,
  seriesUntil,
  type Series,
} from './series.ts';
export { gridAfter, gridEnd, gridIndexAt, timeAt, type TimeGrid } from './timeGrid.ts';
export { differingSteps, unitedSteps, type StepRange } from './stepRange.ts';
