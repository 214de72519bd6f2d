import { setImmediate } from 'node:timers/promises';

const LONGEST_HOLD_MS = 25;

/** A function to await within long work: now and then it lets signals and timers through, and stops when aborted. */
export function breather(signal: AbortSignal): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last > LONGEST_HOLD_MS) {
      await setImmediate();
      last = performance.now();
    }
    signal.throwIfAborted();
  };
}
