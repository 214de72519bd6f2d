/** A sample in ascending order; `middles` are the shares of the whole weight up to the middle of each value's own. */
export interface WeightedSample {
  readonly values: Float64Array;
  readonly middles: Float64Array;
}

/** The sample of `values`, of which there is at least one and none is NaN, with positive `weights`. */
export function weightedSample(values: Float64Array, weights: Float64Array): WeightedSample {
  const order = Uint32Array.from(values, (_, index) => index).sort((a, b) => values[a]! - values[b]!);
  let total = 0;
  for (const weight of weights) {
    total += weight;
  }
  const sorted = new Float64Array(values.length);
  const middles = new Float64Array(values.length);
  let below = 0;
  order.forEach((source, position) => {
    const weight = weights[source]! / total;
    sorted[position] = values[source]!;
    middles[position] = below + weight / 2;
    below += weight;
  });
  return { values: sorted, middles };
}

/** The quantile of a weighted sample: linear between the values' middles, the outermost value beyond them. */
export function weightedSampleQuantile({ values, middles }: WeightedSample, level: number): number {
  let low = 0;
  let high = values.length - 1;
  if (level <= middles[low]!) {
    return values[low]!;
  }
  if (level >= middles[high]!) {
    return values[high]!;
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (middles[middle]! <= level) {
      low = middle;
    } else {
      high = middle;
    }
  }
  const share = (level - middles[low]!) / (middles[high]! - middles[low]!);
  return values[low]! + share * (values[high]! - values[low]!);
}
