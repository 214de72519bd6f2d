import { HeadroomError } from '../../errors/index.ts';
import { ReadCounter } from './readCounter.ts';

/** Work between two checkpoints, in about a nanosecond each: some milliseconds. */
const SLICE = 4_000_000;

/** Samples that all queries together may hold; `take` refuses what is too much, and takes back negative counts. */
export interface SamplePool {
  take(samples: number): boolean;
}

/**
 * Bounds what one query holds in memory, and makes it pause now and then. A series counts with all steps of its grid,
 * whether it has a value there or not, since that is what it takes.
 */
export class Meter {
  readonly #maxSamples: number;
  readonly #checkpoint: (() => Promise<void>) | undefined;
  readonly #pool: SamplePool | undefined;
  readonly reads: ReadCounter;
  #held = 0;
  #peak = 0;
  #work = 0;

  /** `checkpoint` lets others run, and throws where the query shall not go on. */
  constructor(maxSamples: number, checkpoint?: () => Promise<void>, pool?: SamplePool, reads = new ReadCounter()) {
    this.#maxSamples = maxSamples;
    this.#checkpoint = checkpoint;
    this.#pool = pool;
    this.reads = reads;
  }

  get heldSamples(): number {
    return this.#held;
  }

  get peakSamples(): number {
    return this.#peak;
  }

  /** Holds more samples; throws PROMQL_TOO_MANY_SAMPLES above the limit. */
  hold(samples: number): void {
    if (this.#held + samples > this.#maxSamples || this.#pool?.take(samples) === false) {
      throw this.#tooMany();
    }
    this.#held += samples;
    this.#peak = Math.max(this.#peak, this.#held);
  }

  /** Goes back to what was held before, plus `samples`. */
  settle(before: number, samples: number): void {
    this.hold(before + samples - this.#held);
  }

  /** Throws where `samples` more could not be held, without holding them. */
  require(samples: number): void {
    if (this.#held + samples > this.#maxSamples) {
      throw this.#tooMany();
    }
    this.#peak = Math.max(this.#peak, this.#held + samples);
  }

  /** Gives back all that is held. */
  release(): void {
    this.#pool?.take(-this.#held);
    this.#held = 0;
  }

  /** Counts work; true when it is time to pause. */
  spend(work: number): boolean {
    this.#work += work;
    return this.#work >= SLICE;
  }

  async pause(): Promise<void> {
    this.#work = 0;
    await this.#checkpoint?.();
  }

  #tooMany(): HeadroomError {
    return new HeadroomError('PROMQL_TOO_MANY_SAMPLES', { limit: this.#maxSamples });
  }
}
