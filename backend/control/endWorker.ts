import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';

const PATIENCE_MS = 10_000;

/** What `endWorker` sends; the worker then closes its port when its present work is done. */
export interface EndMessage {
  readonly kind: 'end';
}

/**
 * Asks a worker to end by itself, and ends it only where it does not: a thread that is torn down while ONNX Runtime
 * works in it takes the whole process with it. With an infinite patience it is never ended by force.
 */
export async function endWorker(worker: Worker, patienceMs = PATIENCE_MS): Promise<void> {
  if (worker.threadId === -1) {
    return;
  }
  const gone = once(worker, 'exit').catch(() => undefined);
  worker.ref();
  worker.postMessage({ kind: 'end' } satisfies EndMessage);
  const impatience =
    patienceMs === Number.POSITIVE_INFINITY ? undefined : setTimeout(() => void worker.terminate(), patienceMs);
  await gone;
  clearTimeout(impatience);
}
