import { matchesAll, type LabelMatcher } from './matcher.ts';
import type { LabelSet } from './labelSet.ts';
import type { PromSeries, Samples, SampleSource, SelectRange } from './sampleSource.ts';

interface Stored {
  readonly labels: LabelSet;
  samples: Samples;
}

/** A sample source in memory, for tests and benchmarks: what is stored last of an instant holds. */
export class MemorySamples implements SampleSource {
  readonly #series = new Map<string, Stored>();
  /** The series that have a label, by its name and value. */
  readonly #postings = new Map<string, Map<string, Stored[]>>();

  /** Adds samples to the series of these labels. */
  store(labels: LabelSet, samples: Samples): void {
    const former = this.#series.get(labels.key);
    if (former !== undefined) {
      former.samples = merge(former.samples, samples);
      return;
    }
    const stored = { labels, samples };
    this.#series.set(labels.key, stored);
    for (let i = 0; i < labels.pairs.length; i += 2) {
      this.#posting(labels.pairs[i]!, labels.pairs[i + 1]!).push(stored);
    }
  }

  clear(): void {
    this.#series.clear();
    this.#postings.clear();
  }

  select(matchers: readonly LabelMatcher[], range: SelectRange): Promise<readonly PromSeries[]> {
    const selected: PromSeries[] = [];
    for (const { labels, samples } of this.#candidates(matchers)) {
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

  /** The fewest series, in the order they came, among which all that match are. */
  #candidates(matchers: readonly LabelMatcher[]): Iterable<Stored> {
    let fewest: readonly Stored[] | undefined;
    for (const { name, operator, value } of matchers) {
      if (operator === '=' && value !== '') {
        const posting = this.#postings.get(name)?.get(value) ?? [];
        fewest = fewest === undefined || posting.length < fewest.length ? posting : fewest;
      }
    }
    return fewest ?? this.#series.values();
  }

  #posting(name: string, value: string): Stored[] {
    const values = this.#postings.get(name) ?? new Map<string, Stored[]>();
    const posting = values.get(value) ?? [];
    this.#postings.set(name, values.set(value, posting));
    return posting;
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
