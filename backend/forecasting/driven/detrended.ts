const LEAST_MEASURED_SHARE = 0.25;

/**
 * The mean of the `window` values before each step and, last, before the step after the end: `values.length + 1` of
 * them, NaN where less than a quarter of the window is measured.
 */
export function trailingMeans(values: Float64Array, window: number): Float64Array {
  const means = new Float64Array(values.length + 1);
  const least = LEAST_MEASURED_SHARE * window;
  let sum = 0;
  let count = 0;
  for (let t = 0; t <= values.length; t++) {
    means[t] = count >= least ? sum / count : Number.NaN;
    const entering = values[t]!;
    const leaving = t >= window ? values[t - window]! : Number.NaN;
    if (entering === entering) {
      sum += entering;
      count++;
    }
    if (leaving === leaving) {
      sum -= leaving;
      count--;
    }
  }
  return means;
}

/** The values less the mean of the `window` before each: what is new in them. */
export function detrended(values: Float64Array, window: number): Float64Array {
  const news = trailingMeans(values, window).subarray(0, values.length);
  for (let t = 0; t < news.length; t++) {
    news[t] = values[t]! - news[t]!;
  }
  return news;
}
