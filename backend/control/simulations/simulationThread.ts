import { Worker } from 'node:worker_threads';
import type { WhatIfInput, WhatIfProgress, WhatIfReport } from '../../allocation/index.ts';
import { fromThreadError } from '../../errors/index.ts';
import { THREAD_LIMITS } from '../threadLimits.ts';
import type { SimulationOrder, SimulationReply, SimulationWorkerData } from './simulationMessages.ts';

/** A thread that simulates one what-if at a time; idle, it doesn't keep the process alive. */
export interface SimulationThread {
  readonly isLost: boolean;
  /** Rejects when it has stopped for the signal, after the block of paths that it is in. */
  simulate(
    input: WhatIfInput,
    signal: AbortSignal,
    onProgress: (progress: WhatIfProgress) => void
  ): Promise<WhatIfReport>;
  /** Ends it with all that it holds; what it simulates is rejected. */
  end(): Promise<void>;
}

/** Starts a thread. */
export function simulationThread(kind: SimulationWorkerData['kind']): SimulationThread {
  const worker = new Worker(new URL('./simulationWorker.ts', import.meta.url), {
    ...THREAD_LIMITS,
    workerData: { kind } satisfies SimulationWorkerData,
  });
  let isLost = false;
  // One that fails while nobody listens, idle or being ended, is only not used again.
  worker.on('error', () => {
    isLost = true;
  });
  worker.on('exit', () => {
    isLost = true;
  });

  return {
    get isLost() {
      return isLost;
    },
    simulate(input, signal, onProgress) {
      const stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
      worker.ref();
      return new Promise<WhatIfReport>((resolve, reject) => {
        // Its listeners are taken off one by one: with all of them a worker loses those that start its port again.
        const settle = (tell: () => void): void => {
          worker.off('message', hear).off('error', fail).off('exit', leave);
          signal.removeEventListener('abort', abort);
          worker.unref();
          tell();
        };
        const abort = (): void => {
          Atomics.store(stop, 0, 1);
        };
        const lose = (reason: string): void => {
          settle(() => {
            reject(new Error(`the simulation's thread was lost: ${reason}`));
          });
        };
        const fail = (error: unknown): void => {
          lose(error instanceof Error ? error.message : String(error));
        };
        const leave = (code: number): void => {
          lose(`exit code ${String(code)}`);
        };
        const hear = (reply: SimulationReply): void => {
          if (reply.kind === 'progress') {
            onProgress(reply.progress);
            return;
          }
          settle(() => {
            if (reply.kind === 'result') {
              resolve(reply.report);
            } else {
              reject(reply.kind === 'error' ? fromThreadError(reply.error) : new Error('it was stopped'));
            }
          });
        };
        signal.addEventListener('abort', abort, { once: true });
        worker.on('message', hear).on('error', fail).on('exit', leave);
        worker.postMessage({ input, stop } satisfies SimulationOrder);
      });
    },
    async end() {
      isLost = true;
      worker.ref();
      await worker.terminate();
    },
  };
}
