import type { EarlierCycles } from './earlierCycles.ts';
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
  /** z of the levels' quantiles over the last cycle and over the last three. */
  readonly cycleQuantiles: Float64Array;
  readonly cyclesQuantiles: Float64Array;
  readonly earlier: EarlierCycles;
}
