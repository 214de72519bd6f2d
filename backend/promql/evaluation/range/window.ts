/**
 * What a range function sees at one step: the samples `from` to `to` (exclusive) of a series, which lie in
 * `(startMs, endMs]`. One object is used for all steps.
 */
export interface Window {
  timestamps: Float64Array;
  values: Float64Array;
  from: number;
  to: number;
  startMs: number;
  endMs: number;
  /** The evaluation time, which differs from `endMs` by offset and `@`. */
  timeMs: number;
  rangeMs: number;
  /** The values of the scalar arguments at this step, in order. */
  scalars: Float64Array;
}

/** A function of a range vector, evaluated window by window. */
export interface RangeFunction {
  /** Fewer samples than this give no value. */
  readonly leastSamples: number;
  readonly compute: (window: Window) => number;
  /** Whether the metric name survives. */
  readonly keepsName?: boolean;
  /** Computes all windows at once, faster; `compute` says what they are worth. */
  readonly computeAll?: (series: WindowSeries) => void;
}

/** All windows of a series: `out[step]` is to be set where `to[step] > from[step]`; both ascend. */
export interface WindowSeries {
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly out: Float64Array;
}
