/** Mean and standard deviation of what was measured in each trailing window, `[step]`; NaN where too little was. */
export interface RollingMoments {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** Count, mean, and root of the sum of squared deviations from it. */
interface Moments {
  count: number;
  mean: number;
  root: number;
}

/**
 * Means and standard deviations (divisor n - 1) of the last `window` values, the present one included, where at least
 * `minCount` of them are measured, and two for a deviation.
 *
 * Each window is the end of one block and the beginning of the next, merged: nothing is subtracted, so a huge value
 * is forgotten when it leaves the window. Source: Chan, Golub and LeVeque (1979) for the merge.
 */
export function rollingMoments(
  values: Float64Array,
  window: number,
  minCount = Math.max(1, Math.ceil(window / 2))
): RollingMoments {
  const mean = new Float64Array(values.length).fill(Number.NaN);
  const deviation = new Float64Array(values.length).fill(Number.NaN);
  const counts = new Float64Array(window);
  const means = new Float64Array(window);
  const roots = new Float64Array(window);
  const beginning: Moments = { count: 0, mean: 0, root: 0 };
  const whole: Moments = { count: 0, mean: 0, root: 0 };
  for (let t = 0; t < values.length; t++) {
    const place = t % window;
    if (place === 0) {
      clear(beginning);
    }
    add(beginning, values[t]!);
    whole.count = beginning.count;
    whole.mean = beginning.mean;
    whole.root = beginning.root;
    const isBlockEnd = place === window - 1;
    if (!isBlockEnd && t >= window) {
      merge(whole, counts[place + 1]!, means[place + 1]!, roots[place + 1]!);
    }
    if (whole.count >= minCount) {
      mean[t] = finite(whole.mean);
      deviation[t] = whole.count < 2 ? Number.NaN : finite(whole.root / Math.sqrt(whole.count - 1));
    }
    if (isBlockEnd) {
      clear(whole);
      for (let back = window - 1; back >= 0; back--) {
        add(whole, values[t - window + 1 + back]!);
        counts[back] = whole.count;
        means[back] = whole.mean;
        roots[back] = whole.root;
      }
    }
  }
  return { mean, deviation };
}

function clear(moments: Moments): void {
  moments.count = 0;
  moments.mean = 0;
  moments.root = 0;
}

function add(moments: Moments, value: number): void {
  if (!Number.isNaN(value)) {
    merge(moments, 1, value, 0);
  }
}

function merge(into: Moments, count: number, mean: number, root: number): void {
  if (count === 0) {
    return;
  }
  const total = into.count + count;
  const difference = mean - into.mean;
  const apart = difference * Math.sqrt((into.count * count) / total);
  into.root = rootOfSquares(into.root, root, into.count === 0 ? 0 : apart);
  into.mean = into.count === 0 ? mean : into.mean + difference * (count / total);
  into.count = total;
}

/** As Math.hypot, which is slow, where squares neither overflow nor vanish. */
function rootOfSquares(a: number, b: number, c: number): number {
  if (a === 0 && b === 0 && c === 0) {
    return 0;
  }
  const sum = a * a + b * b + c * c;
  return sum > 1e-280 && sum < 1e300 ? Math.sqrt(sum) : Math.hypot(a, b, c);
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}
