import { HeadroomError } from '../../../errors/index.ts';
import type { SamplePool } from '../../../promql/index.ts';

/** How many queries run at once, and how long each may take. */
export interface QueryLimits {
  readonly concurrency: number;
  readonly timeoutMs: number;
  /** Samples that one query may hold, and all together. */
  readonly maxSamples: number;
  readonly maxSamplesTogether: number;
}

export const QUERY_LIMITS: QueryLimits = {
  concurrency: 20,
  timeoutMs: 120_000,
  maxSamples: 10_000_000,
  maxSamplesTogether: 40_000_000,
};

/** What a query does at its checkpoints: gives way to others, and ends where its time is up or its reader gone. */
export interface QueryTurn {
  /** How long it waited for its turn. */
  readonly queuedMs: number;
  readonly checkpoint: () => Promise<void>;
  readonly pool: SamplePool;
}

/** Lets a bounded number of queries run; the others wait in turn, as long as their time allows. */
export class QueryGate {
  readonly #limits: QueryLimits;
  readonly #waiting: Array<() => void> = [];
  readonly #pool: SamplePool;
  #running = 0;

  constructor(limits: QueryLimits = QUERY_LIMITS) {
    this.#limits = limits;
    let free = limits.maxSamplesTogether;
    this.#pool = {
      take(samples) {
        const isEnough = samples <= free;
        free -= isEnough ? samples : 0;
        return isEnough;
      },
    };
  }

  get limits(): QueryLimits {
    return this.#limits;
  }

  /** Queries that wait. */
  get queued(): number {
    return this.#waiting.length;
  }

  /** Runs a query in its turn; `timeoutMs` shortens the limit. Throws PROMQL_TIMEOUT or PROMQL_CANCELED. */
  async run<T>(timeoutMs: number | undefined, signal: AbortSignal, query: (turn: QueryTurn) => Promise<T>): Promise<T> {
    const deadline = performance.now() + Math.min(this.#limits.timeoutMs, timeoutMs ?? Infinity);
    const check = (where: string): void => {
      if (signal.aborted) {
        throw new HeadroomError('PROMQL_CANCELED', { where });
      }
      if (performance.now() >= deadline) {
        throw new HeadroomError('PROMQL_TIMEOUT', { where });
      }
    };
    const asked = performance.now();
    await this.#enter(deadline, signal);
    try {
      check('query queue');
      const result = await query({
        queuedMs: performance.now() - asked,
        pool: this.#pool,
        checkpoint: async () => {
          await new Promise(setImmediate);
          check('expression evaluation');
        },
      });
      check('expression evaluation');
      return result;
    } finally {
      this.#leave();
    }
  }

  async #enter(deadline: number, signal: AbortSignal): Promise<void> {
    if (this.#running < this.#limits.concurrency) {
      this.#running++;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const takeTurn = (): void => {
      resolve(true);
    };
    const giveUp = (): void => {
      const place = this.#waiting.indexOf(takeTurn);
      if (place >= 0) {
        this.#waiting.splice(place, 1);
        resolve(false);
      }
    };
    this.#waiting.push(takeTurn);
    const timer = setTimeout(giveUp, Math.max(0, deadline - performance.now()));
    signal.addEventListener('abort', giveUp, { once: true });
    const hasTurn = await promise;
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
    if (!hasTurn) {
      throw new HeadroomError(signal.aborted ? 'PROMQL_CANCELED' : 'PROMQL_TIMEOUT', { where: 'query queue' });
    }
  }

  /** Hands the place on to the next in line. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) {
      this.#running--;
    } else {
      next();
    }
  }
}
