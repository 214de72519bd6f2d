import { setImmediate } from 'node:timers/promises';

/** Pieces, after those that were made before, each in a turn of the event loop of its own, however fast they are read. */
export async function* givingWay<T>(pieces: Iterable<T>, begun: readonly T[] = []): AsyncGenerator<T, undefined> {
  yield* begun;
  for (const piece of pieces) {
    yield piece;
    await setImmediate();
  }
  return undefined;
}
