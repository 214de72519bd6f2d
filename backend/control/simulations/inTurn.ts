import type PQueue from 'p-queue';

/**
 * Does `work` in its turn. Whoever waits is free as soon as `signal` is aborted; work that was begun keeps its turn until
 * it is over.
 */
export function inTurn<T>(queue: PQueue, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const waiting = new AbortController();
    let isBegun = false;
    const abort = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
      if (!isBegun) {
        waiting.abort();
      }
    };
    signal.addEventListener('abort', abort, { once: true });
    queue
      .add(
        async () => {
          isBegun = true;
          resolve(await work());
        },
        { signal: waiting.signal }
      )
      .catch(reject)
      .finally(() => {
        signal.removeEventListener('abort', abort);
      });
  });
}
