import { needForecast, type NeedForecast, type RowNeeds } from '../../scaling/index.ts';
import { seriesEnd } from '../../timeseries/index.ts';
import type { RangeJob } from '../compute.ts';

interface Kept {
  /** What it was made for, as text. */
  readonly purpose: string;
  readonly forecast: NeedForecast;
}

/** The forecasts of needs that go on learning, by series; one of it lives in each worker thread. */
export class NeedForecasts {
  readonly #kept = new Map<string, Kept>();

  /** Learns what the job's history holds anew, and says what it asks for; undefined where nothing is wanted or known. */
  after(key: string, { needs, history, isFresh }: RangeJob): readonly RowNeeds[] | undefined {
    if (needs === undefined) {
      this.#kept.delete(key);
      return undefined;
    }
    const { risks, ...options } = needs;
    const purpose = JSON.stringify(options);
    let kept = isFresh ? undefined : this.#kept.get(key);
    if (kept?.purpose !== purpose) {
      kept = { purpose, forecast: needForecast(options) };
      this.#kept.set(key, kept);
    }
    kept.forecast.learn(history.target);
    return kept.forecast.after(seriesEnd(history.target), risks);
  }

  /** Drops those whose key begins so. */
  forget(prefix: string): void {
    for (const key of this.#kept.keys()) {
      if (key.startsWith(prefix)) {
        this.#kept.delete(key);
      }
    }
  }
}
