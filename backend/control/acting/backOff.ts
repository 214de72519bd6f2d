import { Rest } from './rest.ts';

const FIRST_PAUSE_SECONDS = 30;
const LONGEST_PAUSE_SECONDS = 900;

/** The rest after changes that failed: twice as long after each, until one takes. */
export class BackOff {
  readonly #rest = new Rest();
  #failures = 0;

  /** Until when nothing is tried; undefined where nothing rests. */
  untilSeconds(nowSeconds: number): number | undefined {
    return this.#rest.untilSeconds(nowSeconds);
  }

  noteFailure(nowSeconds: number): void {
    this.#failures++;
    const seconds = FIRST_PAUSE_SECONDS * 2 ** Math.min(10, this.#failures);
    this.#rest.begin(nowSeconds, Math.min(LONGEST_PAUSE_SECONDS, seconds));
  }

  /** One took. */
  end(): void {
    this.#failures = 0;
    this.#rest.end();
  }
}
