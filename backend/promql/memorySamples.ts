import { matchesAll, type LabelMatcher } from './matcher.ts';
import type { LabelSet } from './labelSet.ts';
import type { PromSeries, Samples, SampleSource, SelectRange } from './sampleSource.ts';

/** A sample source in memory, for tests and benchmarks: what is stored last of an instant holds. */
export class MemorySamples implements SampleSource {
  readonly #series = new Map<string, { readonly labels: LabelSet; samples: Samples }>();

  /** Adds samples to the series of these labels. */
  store(labels: LabelSet, samples: Samples): void {
    const former = this.#series.get(labels.key);
    this.#series.set(labels.key, {
      labels,
      samples: former === undefined ? samples : merge(former.samples, samples),
    });
  }

  clear(): void {
    this.#series.clear();
  }

  select(matchers: readonly LabelMatcher[], range: SelectRange): Promise<readonly PromSeries[]> {
    const selected: PromSeries[] = [];
    for (const { labels, samples } of this.#series.values()) {
      const first = samples.timestamps[0];
      const last = samples.timestamps.at(-1);
      const isInRange =
        first !== undefined && last !== undefined && first <= range.maxMs && last > range.minMs - range.lookbackMs;
      if (isInRange && matchesAll(matchers, (name) => labels.get(name))) {
        selected.push({ labels: labels.toRecord(), samples: () => samples });
      }
    }
    return Promise.resolve(selected);
  }
}

function merge(former: Samples, added: Samples): Samples {
  const byTime = new Map<number, { readonly value: number; readonly isStale: number }>();
  for (const { timestamps, values, stale } of [former, added]) {
    for (let i = 0; i < timestamps.length; i++) {
      byTime.set(timestamps[i]!, { value: values[i]!, isStale: stale?.[i] ?? 0 });
    }
  }
  const times = Float64Array.from(byTime.keys()).sort();
  return {
    timestamps: times,
    values: times.map((time) => byTime.get(time)!.value),
    stale: Uint8Array.from(times, (time) => byTime.get(time)!.isStale),
  };
}
