/** A time in which nothing is tried again; the clock may jump and never makes it longer. */
export class Rest {
  #until = Number.NEGATIVE_INFINITY;
  #longest = 0;

  begin(nowSeconds: number, seconds: number): void {
    this.#until = nowSeconds + seconds;
    this.#longest = seconds;
  }

  end(): void {
    this.#until = Number.NEGATIVE_INFINITY;
  }

  /** When it is over, in epoch seconds; undefined where it is. */
  untilSeconds(nowSeconds: number): number | undefined {
    this.#until = Math.min(this.#until, nowSeconds + this.#longest);
    return nowSeconds < this.#until ? this.#until : undefined;
  }
}
