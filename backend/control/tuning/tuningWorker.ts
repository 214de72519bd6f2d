import { parentPort, workerData } from 'node:worker_threads';
import { toThreadError } from '../../errors/index.ts';
import { tuneWorkload } from '../../learning/index.ts';
import { lowerPriority } from '../lowerPriority.ts';
import type { TuningReply, TuningThreadData } from './tuningMessages.ts';

const NICENESS = 10;

const port = parentPort;
if (port === null) {
  throw new Error('tuningWorker.ts runs in a worker thread only');
}

lowerPriority(NICENESS);

const { task, ...options } = workerData as TuningThreadData;
const stop = new AbortController();
const send = (reply: TuningReply): void => {
  port.postMessage(reply);
};

/** What this thread has had of a core: a tune on a busy machine takes longer, and learns no less. */
const coreSeconds = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
};
const startedSeconds = performance.now() / 1000;
const startedCoreSeconds = coreSeconds();
const secondsOf = (ofCore: number): number => {
  const had = Math.max(1e-3, coreSeconds() - startedCoreSeconds);
  return (ofCore * (performance.now() / 1000 - startedSeconds)) / had;
};

// Only `end` is ever sent: it stops between two steps and ends by itself.
port.on('message', () => {
  stop.abort(new Error('the tune was stopped'));
});

tuneWorkload(task, {
  ...options,
  coreSeconds,
  signal: stop.signal,
  onProgress: ({ step, loss, validation, done, secondsLeft }) => {
    const left = Number.isFinite(secondsLeft) ? secondsOf(secondsLeft) : null;
    send({ kind: 'progress', progress: { step, loss, validation: validation ?? null, done, secondsLeft: left } });
  },
})
  .then(
    (result) => {
      send({ kind: 'result', result });
    },
    (error: unknown) => {
      send({ kind: 'error', error: toThreadError(error) });
    }
  )
  .finally(() => {
    port.close();
  });
