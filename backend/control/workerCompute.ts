import { Worker } from 'node:worker_threads';
import { fromThreadError, HeadroomError } from '../errors/index.ts';
import type { ForecastImportance } from '../evaluation/index.ts';
import type { Forecast } from '../forecasting/index.ts';
import type { Compute, OutlookResult, RangeResult, ShadowResult } from './compute.ts';
import type { ModelFolders, ModelInventory } from '../learning/index.ts';
import { endWorker } from './endWorker.ts';
import { hashName } from './hashName.ts';
import { THREAD_LIMITS } from './threadLimits.ts';
import type { ComputeWorkerData, WorkerJob, WorkerReply } from './workerMessages.ts';

const MAX_QUEUED_PREVIEWS = 16;
const MAX_QUEUED_IMPORTANCE = 16;
/** Outlooks of different workloads that a thread makes at once: as many series as one call of a network is worth. */
const OUTLOOKS_TOGETHER = 8;

interface Pending {
  readonly job: WorkerJob;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Which jobs go first: what is asked for now, then what is due soon, then what takes long. */
const ORDER = [
  'forget',
  'outlook',
  'near',
  'preview',
  'models',
  'importance',
  'planning',
  'fit',
  'shadow',
] as const satisfies ReadonlyArray<WorkerJob['kind']>;

/**
 * A pool of worker threads.
 *
 * A workload's jobs always go to the same thread, which keeps its predictors, in the order of their kinds, one after
 * the other; only outlooks of different workloads are made together, so that networks answer many series in one call.
 * The near range of all has a thread of its own, since a fit elsewhere takes longer than the minute it is made in. A thread that
 * dies is replaced; its running jobs fail, its predictors are fitted anew by who needs them.
 */
export function createWorkerCompute(threadCount: number, modelFolders?: ModelFolders): Compute {
  const threads = Array.from({ length: Math.max(1, threadCount) }, () => new Thread({ modelFolders }));
  const nearThread = new Thread({ modelFolders: undefined });
  const all = [...threads, nearThread];
  const threadOf = (workload: string) => threads[hashName(workload) % threads.length]!;
  return {
    outlook: (job) => threadOf(job.workload).send({ kind: 'outlook', job }) as Promise<OutlookResult>,
    fit: (job) => threadOf(job.workload).send({ kind: 'fit', job }) as Promise<number>,
    preview: (job) => {
      const [idlest] = [...threads].sort((a, b) => a.queued() - b.queued());
      if (idlest!.queued('preview') >= MAX_QUEUED_PREVIEWS) {
        return Promise.reject(new HeadroomError('API_BUSY', { what: `${MAX_QUEUED_PREVIEWS} previews wait already` }));
      }
      return idlest!.send({ kind: 'preview', job }) as Promise<Forecast>;
    },
    importance: (job) => {
      const thread = threadOf(job.workload);
      if (thread.queued('importance') >= MAX_QUEUED_IMPORTANCE) {
        return Promise.reject(
          new HeadroomError('API_BUSY', {
            what: `${MAX_QUEUED_IMPORTANCE} questions of what a forecast used wait already`,
          })
        );
      }
      return thread.send({ kind: 'importance', job }) as Promise<ForecastImportance>;
    },
    shadow: (job) => threadOf(job.workload).send({ kind: 'shadow', job }) as Promise<ShadowResult>,
    near: (job) => nearThread.send({ kind: 'near', job }) as Promise<RangeResult>,
    planning: (job) => threadOf(job.workload).send({ kind: 'planning', job }) as Promise<RangeResult>,
    // Always the same thread: it reads again only what has changed.
    models: () => threads[0]!.send({ kind: 'models' }) as Promise<ModelInventory>,
    forget: async (workload) => {
      const running = [threadOf(workload), nearThread].filter((thread) => thread.isRunning);
      await Promise.all(running.map((thread) => thread.send({ kind: 'forget', job: workload })));
    },
    queued: () => all.reduce((sum, thread) => sum + thread.queued(), 0),
    close: async () => {
      await Promise.all(all.map((thread) => thread.close()));
    },
  };
}

class Thread {
  readonly #waiting: Record<WorkerJob['kind'], Pending[]> = {
    forget: [],
    outlook: [],
    near: [],
    preview: [],
    models: [],
    importance: [],
    planning: [],
    fit: [],
    shadow: [],
  };
  #worker: Worker | undefined;
  readonly #running = new Map<number, Pending>();
  #nextId = 1;
  #isClosed = false;
  readonly #data: ComputeWorkerData;

  constructor(data: ComputeWorkerData) {
    this.#data = data;
  }

  get isRunning(): boolean {
    return this.#worker !== undefined;
  }

  queued(kind?: WorkerJob['kind']): number {
    const kinds: ReadonlyArray<WorkerJob['kind']> = kind === undefined ? ORDER : [kind];
    return kinds.reduce((sum, each) => sum + this.#waiting[each].length, 0);
  }

  send(job: WorkerJob): Promise<unknown> {
    if (this.#isClosed) {
      return Promise.reject(new HeadroomError('API_BUSY', { what: 'Headroom is stopping' }));
    }
    return new Promise((resolve, reject) => {
      this.#waiting[job.kind].push({ job, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const stopped = new HeadroomError('API_BUSY', { what: 'Headroom is stopping' });
    for (const list of Object.values(this.#waiting)) {
      list.splice(0).forEach((pending) => {
        pending.reject(stopped);
      });
    }
    this.#endRunning(stopped);
    if (this.#worker !== undefined) {
      await endWorker(this.#worker);
    }
  }

  #next(): void {
    for (let pending = this.#take(); pending !== undefined; pending = this.#take()) {
      const id = this.#nextId++;
      this.#running.set(id, pending);
      this.#worker ??= this.#start();
      this.#worker.postMessage({ id, ...pending.job });
    }
  }

  /** The job that may start now beside those that run; `undefined` where none may. */
  #take(): Pending | undefined {
    const kind = this.#isClosed ? undefined : ORDER.find((each) => this.#waiting[each].length > 0);
    if (kind === undefined || this.#running.size === 0) {
      return kind === undefined ? undefined : this.#waiting[kind].shift();
    }
    if (kind !== 'outlook' || this.#running.size >= OUTLOOKS_TOGETHER) {
      return undefined;
    }
    const running = [...this.#running.values()].map(({ job }) => outlookWorkload(job));
    const index = this.#waiting.outlook.findIndex(({ job }) => !running.includes(outlookWorkload(job)));
    return running.includes(undefined) || index < 0 ? undefined : this.#waiting.outlook.splice(index, 1)[0];
  }

  #endRunning(error: Error): void {
    const running = [...this.#running.values()];
    this.#running.clear();
    running.forEach((pending) => {
      pending.reject(error);
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL('./computeWorker.ts', import.meta.url), {
      workerData: this.#data,
      ...THREAD_LIMITS,
    });
    worker.unref();
    worker.on('message', (reply: WorkerReply) => {
      const running = this.#running.get(reply.id);
      if (running === undefined) {
        return;
      }
      this.#running.delete(reply.id);
      if (reply.error === undefined) {
        running.resolve(reply.value);
      } else {
        running.reject(fromThreadError(reply.error));
      }
      this.#next();
    });
    const lose = (reason: string) => {
      if (this.#worker !== worker) {
        return;
      }
      this.#worker = undefined;
      this.#endRunning(new Error(`the worker thread was lost: ${reason}`));
      this.#next();
    };
    worker.on('error', (error: unknown) => {
      lose(error instanceof Error ? error.message : String(error));
    });
    worker.on('exit', (code) => {
      lose(`exit code ${code}`);
    });
    return worker;
  }
}

/** Whose outlook a job is; `undefined` where it is another kind. */
function outlookWorkload(job: WorkerJob): string | undefined {
  return job.kind === 'outlook' ? job.job.workload : undefined;
}
