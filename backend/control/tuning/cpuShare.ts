/** Hours of its share that work may have saved up, so that idle nights are of some use. */
const SAVED_SECONDS = 6 * 3600;

export interface CpuShareOptions {
  /** Of all cores, 0 to 1. */
  readonly share: number;
  readonly cores: number;
  readonly nowSeconds: () => number;
}

/** A share of the cores that work in the background keeps to: it begins only with what it takes at hand. */
export class CpuShare {
  readonly #options: CpuShareOptions;
  #left: number;
  #atSeconds: number;
  #spent = 0;

  constructor(options: CpuShareOptions) {
    this.#options = options;
    this.#left = this.#most();
    this.#atSeconds = options.nowSeconds();
  }

  /** Core seconds that were spent since the start. */
  get spentSeconds(): number {
    return this.#spent;
  }

  /** Whether there is anything left to spend. */
  hasLeft(): boolean {
    this.#refill();
    return this.#left > 0;
  }

  /** What a piece of work took of a core; it may overdraw, and the next one then waits. */
  spend(coreSeconds: number): void {
    this.#refill();
    this.#left -= coreSeconds;
    this.#spent += coreSeconds;
  }

  #refill(): void {
    const { share, cores, nowSeconds } = this.#options;
    const now = nowSeconds();
    this.#left = Math.min(this.#most(), this.#left + Math.max(0, now - this.#atSeconds) * share * cores);
    this.#atSeconds = Math.max(this.#atSeconds, now);
  }

  #most(): number {
    return this.#options.share * this.#options.cores * SAVED_SECONDS;
  }
}
