import { changes, countOverTime, lastOverTime, presentOverTime, resets, tsOfLastOverTime } from './counts.ts';
import {
  maxOverAllWindows,
  maxOverTime,
  minOverAllWindows,
  minOverTime,
  tsOfMaxOverTime,
  tsOfMinOverTime,
} from './extremes.ts';
import { madOverTime, quantileOverTime } from './quantiles.ts';
import { delta, idelta, increase, irate, rate } from './rates.ts';
import { avgOverTime, stddevOverTime, stdvarOverTime, sumOverTime } from './sums.ts';
import { deriv, doubleExponentialSmoothing, predictLinear } from './trends.ts';
import type { RangeFunction } from './window.ts';

/** Every function of a range vector but `absent_over_time`, by name. */
export const RANGE_FUNCTIONS: ReadonlyMap<string, RangeFunction> = new Map<string, RangeFunction>([
  ['avg_over_time', { leastSamples: 1, compute: avgOverTime }],
  ['changes', { leastSamples: 1, compute: changes }],
  ['count_over_time', { leastSamples: 1, compute: countOverTime }],
  ['delta', { leastSamples: 2, compute: delta }],
  ['deriv', { leastSamples: 2, compute: deriv }],
  ['double_exponential_smoothing', { leastSamples: 2, compute: doubleExponentialSmoothing }],
  ['idelta', { leastSamples: 2, compute: idelta }],
  ['increase', { leastSamples: 2, compute: increase }],
  ['irate', { leastSamples: 2, compute: irate }],
  ['last_over_time', { leastSamples: 1, compute: lastOverTime, keepsName: true }],
  ['mad_over_time', { leastSamples: 1, compute: madOverTime }],
  ['max_over_time', { leastSamples: 1, compute: maxOverTime, computeAll: maxOverAllWindows }],
  ['min_over_time', { leastSamples: 1, compute: minOverTime, computeAll: minOverAllWindows }],
  ['predict_linear', { leastSamples: 2, compute: predictLinear }],
  ['present_over_time', { leastSamples: 1, compute: presentOverTime }],
  ['quantile_over_time', { leastSamples: 1, compute: quantileOverTime }],
  ['rate', { leastSamples: 2, compute: rate }],
  ['resets', { leastSamples: 1, compute: resets }],
  ['stddev_over_time', { leastSamples: 1, compute: stddevOverTime }],
  ['stdvar_over_time', { leastSamples: 1, compute: stdvarOverTime }],
  ['sum_over_time', { leastSamples: 1, compute: sumOverTime }],
  ['ts_of_last_over_time', { leastSamples: 1, compute: tsOfLastOverTime }],
  ['ts_of_max_over_time', { leastSamples: 1, compute: tsOfMaxOverTime }],
  ['ts_of_min_over_time', { leastSamples: 1, compute: tsOfMinOverTime }],
]);
