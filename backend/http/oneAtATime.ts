import { setImmediate } from 'node:timers/promises';

let last: Promise<unknown> = Promise.resolve();

/**
 * Does a short piece of synchronous work when all pieces before it are done, with a turn of the event loop after each:
 * however many are asked for at once, nobody waits longer than for one.
 */
export function oneAtATime<T>(work: () => T): Promise<T> {
  const done = last.then(work);
  last = done.then(
    () => setImmediate(),
    () => setImmediate()
  );
  return done;
}
