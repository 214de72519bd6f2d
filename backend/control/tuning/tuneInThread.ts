import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { fromThreadError } from '../../errors/index.ts';
import type { TuningResult } from '../../learning/index.ts';
import { endWorker } from '../endWorker.ts';
import type { JobEnd } from '../jobs/jobs.ts';
import { THREAD_LIMITS } from '../threadLimits.ts';
import type { TuningProgress, TuningReply, TuningThreadData } from './tuningMessages.ts';

/** A checkpoint is written, and up to a validation may be under way on a busy core. */
const STOP_PATIENCE_MS = 60_000;

export type Tune = (
  data: TuningThreadData,
  signal: AbortSignal,
  onProgress: (progress: TuningProgress) => void
) => Promise<TuningResult>;

/**
 * Tunes in a worker thread of its own, of low priority; settles when the thread has ended.
 *
 * Throws what `tuneWorkload` throws, and the signal's reason when it is aborted.
 */
export const tuneInThread: Tune = async (data, signal, onProgress) => {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./tuningWorker.ts', import.meta.url), { workerData: data, ...THREAD_LIMITS });
  let last: TuningReply | undefined;
  let failure: unknown;
  worker.on('message', (reply: TuningReply) => {
    if (reply.kind === 'progress') {
      onProgress(reply.progress);
    } else {
      last = reply;
    }
  });
  worker.on('error', (error) => {
    failure = error;
  });
  const stop = (): void => {
    // A cancelled one may take its time: nobody waits for it but the next tune.
    const isStopping = (signal.reason as JobEnd | undefined) === 'stopping';
    void endWorker(worker, isStopping ? STOP_PATIENCE_MS : Number.POSITIVE_INFINITY);
  };
  signal.addEventListener('abort', stop, { once: true });
  const [code] = (await once(worker, 'exit')) as [number];
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (last?.kind === 'result') {
    return last.result;
  }
  if (last?.kind === 'error') {
    throw fromThreadError(last.error);
  }
  throw new Error(`the tuning thread was lost with exit code ${String(code)}`, { cause: failure });
};
