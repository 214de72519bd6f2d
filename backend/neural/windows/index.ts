/** From a series and a cutoff to the inputs of a network: scaled context, cycles, candidates, queries. */
export { movingSumSteps } from './movingSum.ts';
export { prepareSeries, type PreparedSeries, type SeriesInput } from './prepareSeries.ts';
export { WindowBatch } from './windowBatch.ts';
export { writeWindow, type WindowScale } from './writeWindow.ts';
export * from './windowShape.ts';
