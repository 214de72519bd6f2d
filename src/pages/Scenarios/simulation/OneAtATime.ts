/** A question, in a list that names first what is wanted most; two with one key are the same question. */
export interface Wanted<Q> {
  readonly key: string;
  readonly question: Q;
  /** Whether it is worth stopping as soon as nobody wants it any more; a short one is let finish. */
  readonly isLong: boolean;
}

export type Settled<A> =
  { readonly kind: 'answered'; readonly answer: A } | { readonly kind: 'failed'; readonly thrown: unknown };

interface Running {
  readonly key: string;
  readonly isLong: boolean;
  readonly controller: AbortController;
}

const MOST_KEPT = 64;

/**
 * Asks what is wanted, one question at a time and always the one wanted most: those that came and went while another
 * was on its way are never asked. What was settled is kept, the last 64 of it, and not asked again.
 */
export class OneAtATime<Q, A> {
  private readonly ask: (question: Q, signal: AbortSignal) => Promise<A>;
  private readonly onSettled: (question: Q, settled: Settled<A>) => void;
  private readonly settled = new Map<string, Settled<A>>();
  private wanted: ReadonlyArray<Wanted<Q>> = [];
  private running: Running | null = null;
  private isStopped = false;

  constructor(
    ask: (question: Q, signal: AbortSignal) => Promise<A>,
    onSettled: (question: Q, settled: Settled<A>) => void
  ) {
    this.ask = ask;
    this.onSettled = onSettled;
  }

  /** What a question came to; undefined while that is not known. */
  of(key: string): Settled<A> | undefined {
    return this.settled.get(key);
  }

  /** Replaces what is wanted. */
  want(wanted: ReadonlyArray<Wanted<Q>>): void {
    this.wanted = wanted;
    const { running } = this;
    if (running?.isLong === true && !wanted.some(({ key }) => key === running.key)) {
      running.controller.abort();
      this.running = null;
    }
    this.next();
  }

  /** Forgets what was settled, so that what is wanted is asked again. */
  forget(): void {
    this.settled.clear();
    this.next();
  }

  /** Asks nothing more and gives up what is on its way. */
  stop(): void {
    this.isStopped = true;
    this.running?.controller.abort();
    this.running = null;
  }

  private next(): void {
    const due = this.wanted.find(({ key }) => !this.settled.has(key));
    if (this.isStopped || this.running !== null || due === undefined) {
      return;
    }
    this.running = { key: due.key, isLong: due.isLong, controller: new AbortController() };
    void this.answer(due, this.running);
  }

  private async answer({ key, question }: Wanted<Q>, running: Running): Promise<void> {
    const { signal } = running.controller;
    let settled: Settled<A>;
    try {
      settled = { kind: 'answered', answer: await this.ask(question, signal) };
    } catch (thrown) {
      settled = { kind: 'failed', thrown };
    }
    if (signal.aborted || this.isStopped) {
      return;
    }
    this.running = null;
    this.keep(key, settled);
    this.onSettled(question, settled);
    this.next();
  }

  private keep(key: string, settled: Settled<A>): void {
    this.settled.delete(key);
    this.settled.set(key, settled);
    for (const old of this.settled.keys()) {
      if (this.settled.size <= MOST_KEPT) {
        break;
      }
      if (!this.wanted.some((each) => each.key === old)) {
        this.settled.delete(old);
      }
    }
  }
}
