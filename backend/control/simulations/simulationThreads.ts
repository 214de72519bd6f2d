import PQueue from 'p-queue';
import type { WhatIfInput, WhatIfProgress, WhatIfReport } from '../../allocation/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { inTurn } from './inTurn.ts';
import { simulationThread, type SimulationThread } from './simulationThread.ts';

const MOST_WAITING = 16;
const MOST_DESKS = 4;
/** Idle threads keep what they know of the latest forecasts. */
const MOST_IDLE = 2;

/** Where simulations run. */
export interface Simulate {
  /**
   * Answers somebody who waits, on the thread that answered before what was `about` the same (a workload) and knows it.
   * Rejects with the signal's reason at once when it is aborted; throws API_BUSY where too many wait.
   */
  answer(input: WhatIfInput, about: string, signal: AbortSignal): Promise<WhatIfReport>;
  /**
   * Simulates in the background, on a thread of its own that lets others go first and ends with it, so that its memory is
   * free at once. Rejects with the signal's reason at once when it is aborted; throws API_BUSY where too many wait.
   */
  run(input: WhatIfInput, signal: AbortSignal, onProgress: (progress: WhatIfProgress) => void): Promise<WhatIfReport>;
  close(): Promise<void>;
}

/** Where one question after the other is answered. */
interface Desk {
  readonly queue: PQueue;
  thread: SimulationThread | undefined;
  about: string | undefined;
}

/** Threads that simulate: at most `threadCount` answer at a time, and beside them as many run in the background. */
export function createSimulationThreads(threadCount: number): Simulate {
  const concurrency = Math.max(1, threadCount);
  const background = new PQueue({ concurrency });
  const jobs = new Set<SimulationThread>();
  /** The one that was asked longest ago first. */
  let desks: readonly Desk[] = Array.from({ length: Math.min(MOST_DESKS, concurrency) }, () => ({
    ...{ queue: new PQueue({ concurrency: 1 }), thread: undefined, about: undefined },
  }));
  let isClosed = false;

  const begin = (queues: readonly PQueue[]): void => {
    if (isClosed || queues.reduce((sum, { size }) => sum + size, 0) >= MOST_WAITING) {
      const what = isClosed ? 'Headroom is stopping' : `${String(MOST_WAITING)} simulations wait already`;
      throw new HeadroomError('API_BUSY', { what });
    }
  };
  const load = ({ queue }: Desk): number => queue.size + queue.pending;
  const deskFor = (about: string): Desk => {
    const least = Math.min(...desks.map(load));
    const desk = desks.find((one) => one.about === about) ?? desks.find((one) => load(one) === least)!;
    desks = [...desks.filter((one) => one !== desk), desk];
    return desk;
  };
  const leave = (desk: Desk): void => {
    const idle = desks.filter(({ thread, queue }) => thread !== undefined && queue.pending === 0);
    if (isClosed || desk.thread?.isLost === true || (desk.queue.size === 0 && idle.length >= MOST_IDLE)) {
      void desk.thread?.end();
      [desk.thread, desk.about] = [undefined, undefined];
    }
  };

  return {
    async answer(input, about, signal) {
      signal.throwIfAborted();
      begin(desks.map(({ queue }) => queue));
      const desk = deskFor(about);
      desk.about = about;
      return inTurn(desk.queue, signal, async () => {
        begin([]);
        desk.thread ??= simulationThread('answers');
        try {
          return await desk.thread.simulate(input, signal, () => undefined);
        } finally {
          leave(desk);
        }
      });
    },
    async run(input, signal, onProgress) {
      signal.throwIfAborted();
      begin([background]);
      return inTurn(background, signal, async () => {
        begin([]);
        const thread = simulationThread('job');
        jobs.add(thread);
        const end = (): void => {
          void thread.end();
        };
        signal.addEventListener('abort', end, { once: true });
        try {
          return await thread.simulate(input, signal, onProgress);
        } finally {
          signal.removeEventListener('abort', end);
          jobs.delete(thread);
          end();
        }
      });
    },
    async close() {
      isClosed = true;
      const threads = [...jobs, ...desks.flatMap(({ thread }) => (thread === undefined ? [] : [thread]))];
      await Promise.all(threads.map((thread) => thread.end()));
    },
  };
}
