/** Why a request was cut: its time is over. */
export class TimeoutReached extends Error {}

/** Runs `work` with a signal that fires when the caller's does or, with a TimeoutReached, after `timeoutSeconds`. */
export async function withTimeout<T>(
  timeoutSeconds: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>
): Promise<T> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const onAbort = () => {
    controller.abort(signal.reason);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => {
    controller.abort(new TimeoutReached());
  }, timeoutSeconds * 1000);
  try {
    return await work(controller.signal);
  } catch (error) {
    // Whatever form the cut takes inside `work`, the reason is the signal's.
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
