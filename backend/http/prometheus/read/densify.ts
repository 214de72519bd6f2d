import type { Samples } from '../../../promql/index.ts';

/**
 * Repeats each sample every `stepMs` until the next one, as long as it holds, so that a reader with a lookback of
 * `stepMs` finds no hole; nothing is added after `maxMs`.
 */
export function densify(samples: Samples, holdsMs: number, stepMs: number, maxMs: number): Samples {
  if (holdsMs <= stepMs) {
    return samples;
  }
  const timestamps: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < samples.values.length; i++) {
    const time = samples.timestamps[i]!;
    const end = Math.min(time + holdsMs, samples.timestamps[i + 1] ?? Infinity, maxMs + 1);
    for (let at = time; at === time || at < end; at += stepMs) {
      timestamps.push(at);
      values.push(samples.values[i]!);
    }
  }
  return { timestamps: Float64Array.from(timestamps), values: Float64Array.from(values) };
}

/**
 * The samples between two times, ends included; what is cut out of the same times of several series is the same times
 * again.
 */
export function samplesBetween(minMs: number, maxMs: number): (samples: Samples) => Samples {
  let whole: Float64Array | undefined;
  let first = 0;
  let end = 0;
  let kept: Samples['timestamps'] = new Float64Array();
  return ({ timestamps, values }) => {
    if (timestamps !== whole) {
      whole = timestamps;
      [first, end] = [0, timestamps.length];
      while (first < end && timestamps[first]! < minMs) {
        first++;
      }
      while (end > first && timestamps[end - 1]! > maxMs) {
        end--;
      }
      kept = timestamps.subarray(first, end);
    }
    return { timestamps: kept, values: values.subarray(first, end) };
  };
}
