/** Does one piece of work after the other, in the order in which they were asked for, whatever became of those before. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** What `work` gives, or throws, once its turn has come. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
