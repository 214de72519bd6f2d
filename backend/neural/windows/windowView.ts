import type { PreparedSeries } from './prepareSeries.ts';

/** How a window was scaled: z = asinh((x - location) / scale). */
export interface WindowScale {
  readonly location: number;
  readonly scale: number;
}

/** What the queries of one window share. */
export interface WindowView extends WindowScale {
  readonly series: PreparedSeries;
  readonly z: (value: number) => number;
  /** z of the last steps, oldest first. */
  readonly recentZ: Float64Array;
  /** Measured values of the last cycle and the last three, ascending. */
  readonly cycleSorted: Float64Array;
  readonly cyclesSorted: Float64Array;
}
