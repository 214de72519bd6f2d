import PQueue from 'p-queue';
import { Worker } from 'node:worker_threads';
import type { WhatIfInput, WhatIfProgress, WhatIfReport } from '../../allocation/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { SimulationOrder, SimulationReply } from './simulationMessages.ts';

const MOST_WAITING = 16;

/** Where simulations run. */
export interface Simulate {
  /** Rejects with the signal's reason at once when it is aborted; throws API_BUSY where too many wait. */
  run(input: WhatIfInput, signal: AbortSignal, onProgress: (progress: WhatIfProgress) => void): Promise<WhatIfReport>;
  close(): Promise<void>;
}

/**
 * Threads that simulate, at most `threadCount` at a time; one is kept warm for the next question. A simulation that is
 * aborted ends with its thread, so that its memory is free at once.
 */
export function createSimulationThreads(threadCount: number): Simulate {
  const queue = new PQueue({ concurrency: Math.max(1, threadCount) });
  const running = new Set<Worker>();
  let idle: Worker | undefined;
  let isClosed = false;

  const take = (): Worker => {
    const worker = idle ?? new Worker(new URL('./simulationWorker.ts', import.meta.url));
    idle = undefined;
    worker.ref();
    running.add(worker);
    return worker;
  };
  const giveBack = (worker: Worker): void => {
    running.delete(worker);
    if (idle === undefined && !isClosed) {
      idle = worker;
      worker.unref();
      worker.once('exit', () => {
        idle = idle === worker ? undefined : idle;
      });
    } else {
      void worker.terminate();
    }
  };
  const drop = (worker: Worker): void => {
    running.delete(worker);
    void worker.terminate();
  };

  const simulate = (
    input: WhatIfInput,
    signal: AbortSignal,
    onProgress: (progress: WhatIfProgress) => void
  ): Promise<WhatIfReport> => {
    signal.throwIfAborted();
    const worker = take();
    return new Promise<WhatIfReport>((resolve, reject) => {
      const settle = (end: (worker: Worker) => void, tell: () => void): void => {
        worker.removeAllListeners();
        signal.removeEventListener('abort', abort);
        // A thread that fails while it is ended has nothing to say any more.
        worker.on('error', () => undefined);
        end(worker);
        tell();
      };
      const abort = (): void => {
        settle(drop, () => {
          reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
        });
      };
      signal.addEventListener('abort', abort, { once: true });
      worker.on('message', (reply: SimulationReply) => {
        if (reply.kind === 'progress') {
          onProgress(reply.progress);
        } else if (reply.kind === 'result') {
          settle(giveBack, () => {
            resolve(reply.report);
          });
        } else {
          settle(giveBack, () => {
            reject(
              'code' in reply.error
                ? new HeadroomError(reply.error.code, reply.error.details)
                : new Error(reply.error.message)
            );
          });
        }
      });
      const lose = (reason: string): void => {
        settle(drop, () => {
          reject(new Error(`the simulation's thread was lost: ${reason}`));
        });
      };
      worker.on('error', (error) => {
        lose(error instanceof Error ? error.message : String(error));
      });
      worker.on('exit', (code) => {
        lose(`exit code ${String(code)}`);
      });
      worker.postMessage({ input } satisfies SimulationOrder);
    });
  };

  return {
    run: (input, signal, onProgress) => {
      if (isClosed || queue.size >= MOST_WAITING) {
        const what = isClosed ? 'Headroom is stopping' : `${String(MOST_WAITING)} simulations wait already`;
        return Promise.reject(new HeadroomError('API_BUSY', { what }));
      }
      return queue.add(() => simulate(input, signal, onProgress), { signal });
    },
    close: async () => {
      isClosed = true;
      idle?.ref();
      await Promise.all([...running, ...(idle === undefined ? [] : [idle])].map((worker) => worker.terminate()));
    },
  };
}
