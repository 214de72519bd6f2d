import PQueue from 'p-queue';
import { Worker } from 'node:worker_threads';
import type { WhatIfInput, WhatIfProgress, WhatIfReport } from '../../allocation/index.ts';
import { fromThreadError, HeadroomError } from '../../errors/index.ts';
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

  const start = (): Worker => {
    const worker = new Worker(new URL('./simulationWorker.ts', import.meta.url));
    // One that fails while nobody listens, idle or being ended, is only not used again.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      idle = idle === worker ? undefined : idle;
    });
    return worker;
  };
  const take = (): Worker => {
    const worker = idle ?? start();
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
      // Its listeners are taken off one by one: with all of them a worker loses those that start its port again.
      const settle = (end: (worker: Worker) => void, tell: () => void): void => {
        worker.off('message', hear).off('error', fail).off('exit', leave);
        signal.removeEventListener('abort', abort);
        end(worker);
        tell();
      };
      const abort = (): void => {
        settle(drop, () => {
          reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
        });
      };
      const lose = (reason: string): void => {
        settle(drop, () => {
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
        } else if (reply.kind === 'result') {
          settle(giveBack, () => {
            resolve(reply.report);
          });
        } else {
          settle(giveBack, () => {
            reject(fromThreadError(reply.error));
          });
        }
      };
      signal.addEventListener('abort', abort, { once: true });
      worker.on('message', hear).on('error', fail).on('exit', leave);
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
