/** From a series and a cutoff to the inputs of a network: scaled context, cycles, candidates, queries. */
export { movingSumSteps } from './movingSum.ts';
export { prepareSeries, type PreparedSeries, type SeriesInput } from './prepareSeries.ts';
export { WindowBatch } from './windowBatch.ts';
export type { WindowScale } from './windowView.ts';
export { writeWindow } from './writeWindow.ts';
export * from './windowShape.ts';
