import PQueue from 'p-queue';
import { HeadroomError, type ErrorCode } from '../../errors/index.ts';

/** Requests to one source at a time. */
export const CONCURRENCY = 4;
/** Requests that may wait for a source. */
export const WAITING_LIMIT = 1000;
/** Requests in a row that must fail before a source counts as down. */
const DOWN_AFTER = 4;

const MEANS_DOWN: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['SOURCE_UNREACHABLE', 'SOURCE_TIMEOUT']);

/** A request; `isProbe` says that the source is down and this one finds out whether it is back: one try is enough. */
export type GateTask<T> = (signal: AbortSignal, isProbe: boolean) => Promise<T>;

/**
 * Lets requests to one source through, a few at a time, the rest waiting in a bounded queue.
 *
 * A source that failed several requests in a row counts as down: those that waited meanwhile share its error at once
 * instead of each waiting for a timeout, and the next that comes probes it. Throws SOURCE_BUSY, SOURCE_CLOSED.
 */
export class RequestGate {
  readonly #source: string;
  readonly #queue = new PQueue({ concurrency: CONCURRENCY });
  readonly #closing = new AbortController();
  #arrivals = 0;
  #failuresInRow = 0;
  #down: { readonly error: HeadroomError; readonly lastArrival: number } | undefined;
  #probe: Promise<unknown> | undefined;

  constructor(source: string) {
    this.#source = source;
  }

  get isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  async run<T>(task: GateTask<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    this.#closing.signal.throwIfAborted();
    if (this.#queue.size >= WAITING_LIMIT) {
      throw new HeadroomError('SOURCE_BUSY', { source: this.#source, waiting: this.#queue.size });
    }
    const arrival = ++this.#arrivals;
    const either = AbortSignal.any([signal, this.#closing.signal]);
    return this.#queue.add(() => this.#pass(arrival, (isProbe) => task(either, isProbe)), { signal: either });
  }

  /** Ends what is under way and what waits, with SOURCE_CLOSED. */
  close(): void {
    this.#closing.abort(new HeadroomError('SOURCE_CLOSED', { source: this.#source }));
  }

  async #pass<T>(arrival: number, attempt: (isProbe: boolean) => Promise<T>): Promise<T> {
    while (this.#down !== undefined) {
      if (arrival <= this.#down.lastArrival) {
        throw this.#down.error;
      }
      if (this.#probe === undefined) {
        return this.#runProbe(attempt);
      }
      // The probe's own caller gets its error; here only `#down`, which it moves, matters.
      await this.#probe.catch(() => undefined);
    }
    return this.#watch(attempt(false));
  }

  async #runProbe<T>(attempt: (isProbe: boolean) => Promise<T>): Promise<T> {
    const probe = this.#watch(attempt(true));
    this.#probe = probe;
    try {
      return await probe;
    } finally {
      this.#probe = undefined;
    }
  }

  async #watch<T>(work: Promise<T>): Promise<T> {
    try {
      const result = await work;
      this.#failuresInRow = 0;
      this.#down = undefined;
      return result;
    } catch (error) {
      this.#judge(error);
      throw error;
    }
  }

  #judge(error: unknown): void {
    if (!(error instanceof HeadroomError) || error.code === 'SOURCE_CLOSED') {
      return;
    }
    if (!MEANS_DOWN.has(error.code)) {
      this.#failuresInRow = 0;
      this.#down = undefined;
      return;
    }
    this.#failuresInRow++;
    if (this.#failuresInRow >= DOWN_AFTER) {
      this.#down = { error, lastArrival: this.#arrivals };
    }
  }
}
