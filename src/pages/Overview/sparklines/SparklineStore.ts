import type { Sparkline } from '../../../../contract/api.ts';

/** What is known of a workload's sparkline; null where nothing is foreseen of it. */
export type KnownSparkline =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'ready'; readonly sparkline: Sparkline | null };

type Load = (workloads: readonly string[], signal: AbortSignal) => Promise<Readonly<Record<string, Sparkline | null>>>;

const LOADING: KnownSparkline = { kind: 'loading' };
const FAILED: KnownSparkline = { kind: 'failed' };
const MOST_AT_ONCE = 100;

/**
 * The sparklines of the lines that are on the page: those that came since the last question are asked for together,
 * and what is known of one stays until there is something newer.
 */
export class SparklineStore {
  readonly #load: Load;
  readonly #known = new Map<string, KnownSparkline>();
  readonly #shown = new Map<string, Set<() => void>>();
  readonly #due = new Set<string>();
  #onTheWay: ReadonlySet<string> = new Set();
  #controller = new AbortController();
  #isAsking = false;

  constructor(load: Load) {
    this.#load = load;
  }

  of(workload: string): KnownSparkline {
    return this.#known.get(workload) ?? LOADING;
  }

  /** Wants a workload's sparkline for as long as it is on the page; `onChange` is told when it is another. */
  show(workload: string, onChange: () => void): () => void {
    const listeners = this.#shown.get(workload) ?? new Set();
    this.#shown.set(workload, listeners.add(onChange));
    this.expect([workload]);
    return () => {
      listeners.delete(onChange);
      if (listeners.size === 0) {
        this.#shown.delete(workload);
      }
    };
  }

  /** Asks for some before they are on the page. */
  expect(workloads: readonly string[]): void {
    for (const workload of workloads) {
      if (this.of(workload).kind !== 'ready') {
        this.#want(workload);
      }
    }
  }

  /** Asks again for all that are on the page; those of others are forgotten. */
  refresh(): void {
    for (const workload of this.#known.keys()) {
      if (!this.#shown.has(workload)) {
        this.#known.delete(workload);
      }
    }
    for (const workload of this.#shown.keys()) {
      this.#want(workload);
    }
  }

  /** Gives up what is on its way. */
  stop(): void {
    this.#due.clear();
    this.#onTheWay = new Set();
    this.#controller.abort();
    this.#controller = new AbortController();
  }

  #want(workload: string): void {
    if (this.#onTheWay.has(workload)) {
      return;
    }
    this.#due.add(workload);
    if (!this.#isAsking) {
      this.#isAsking = true;
      setTimeout(() => void this.#askDue());
    }
  }

  async #askDue(): Promise<void> {
    while (this.#due.size > 0) {
      const workloads = [...this.#due].slice(0, MOST_AT_ONCE);
      workloads.forEach((each) => this.#due.delete(each));
      this.#onTheWay = new Set(workloads);
      const { signal } = this.#controller;
      let answer: Readonly<Record<string, Sparkline | null>> | null;
      try {
        answer = await this.#load(workloads, signal);
      } catch {
        answer = null;
      }
      this.#onTheWay = new Set();
      if (!signal.aborted) {
        this.#take(workloads, answer);
      }
    }
    this.#isAsking = false;
  }

  #take(workloads: readonly string[], answer: Readonly<Record<string, Sparkline | null>> | null): void {
    for (const workload of workloads) {
      if (answer !== null) {
        this.#known.set(workload, { kind: 'ready', sparkline: answer[workload] ?? null });
      } else if (this.of(workload).kind !== 'ready') {
        this.#known.set(workload, FAILED);
      }
    }
    for (const workload of workloads) {
      this.#shown.get(workload)?.forEach((onChange) => onChange());
    }
  }
}
