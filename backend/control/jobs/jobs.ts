import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Job } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { isOver } from './isOver.ts';
import { problemOfJob } from './problemOfJob.ts';

const MOST_WAITING = 16;
const MOST_REMEMBERED = 100;
const PULSE_MS = 15_000;

/** Why a job's signal is aborted: somebody does not want it any more, or Headroom is stopping. */
export type JobEnd = 'cancelled' | 'stopping';

export interface JobProgress {
  /** 0 to 1. */
  readonly progress: number;
  readonly message: string;
  readonly secondsLeft?: number;
  readonly figures?: Readonly<Record<string, number>>;
}

export interface JobWork {
  readonly kind: Job['kind'];
  readonly workload: string | null;
  /** Of a job that goes on after a restart; a new one unless given. */
  readonly id?: string;
  readonly createdAtSeconds?: number;
  /**
   * Does it; what it resolves with is the job's result. The signal's reason is a `JobEnd`; it is aborted from the start
   * where the job ends before its turn.
   */
  readonly run: (signal: AbortSignal, report: (progress: JobProgress) => void) => Promise<unknown>;
}

export interface JobsDeps {
  readonly nowSeconds: () => number;
  readonly createId: () => string;
}

interface Entry {
  job: Job;
  readonly work: JobWork;
  readonly abort: AbortController;
  readonly changes: EventEmitter;
}

/**
 * Work that goes on after the request that asked for it. Of each kind one job runs at a time, the others wait; of a
 * workload there is one job of a kind. Jobs that are over are remembered, the last hundred of them.
 */
export class Jobs {
  readonly #deps: JobsDeps;
  readonly #entries = new Map<string, Entry>();
  readonly #running = new Map<Job['kind'], Promise<void>>();
  #isClosed = false;

  constructor(deps: JobsDeps) {
    this.#deps = deps;
  }

  /** Starts a job, or lets it wait; throws JOB_RUNNING and API_BUSY. */
  start(work: JobWork): Job {
    const { kind, workload } = work;
    const same = this.#pending().find(({ job }) => job.kind === kind && job.workload === workload);
    if (same !== undefined && workload !== null) {
      throw new HeadroomError('JOB_RUNNING', { kind, workload, id: same.job.id });
    }
    if (this.#isClosed) {
      throw new HeadroomError('API_BUSY', { what: 'Headroom is stopping' });
    }
    if (this.#pending().filter(({ job }) => job.kind === kind).length > MOST_WAITING) {
      throw new HeadroomError('API_BUSY', { what: `${String(MOST_WAITING)} jobs wait already` });
    }
    const job: Job = {
      id: work.id ?? this.#deps.createId(),
      ...{ kind, workload, state: 'queued', progress: 0, message: 'It waits for the one before it', figures: {} },
      createdAt: work.createdAtSeconds ?? this.#deps.nowSeconds(),
      ...{ startedAt: null, finishedAt: null, secondsLeft: null, result: null, problem: null },
    };
    const entry = { job, work, abort: new AbortController(), changes: new EventEmitter().setMaxListeners(0) };
    this.#entries.set(job.id, entry);
    this.#forgetOld();
    this.#next(kind);
    return entry.job;
  }

  job(id: string): Job | undefined {
    return this.#entries.get(id)?.job;
  }

  /** The newest first. */
  list(): Job[] {
    return [...this.#entries.values()].map(({ job }) => job).reverse();
  }

  /** Ends a job at once, whatever its work still does; one that is over stays as it is. `undefined` where there is none. */
  cancel(id: string): Job | undefined {
    const entry = this.#entries.get(id);
    if (entry !== undefined && !isOver(entry.job)) {
      this.#stop(entry, 'cancelled', 'It was cancelled');
    }
    return entry?.job;
  }

  /** The job as it is now, then at each change, and now and then without one, until it is over or nobody listens. */
  async *watch(id: string, signal: AbortSignal): AsyncGenerator<Job> {
    const entry = this.#entries.get(id);
    let seen: Job | undefined;
    while (entry !== undefined) {
      if (entry.job === seen) {
        await changeOrPulse(entry.changes, signal);
      }
      if (signal.aborted) {
        return;
      }
      seen = entry.job;
      yield seen;
      if (isOver(seen)) {
        return;
      }
    }
  }

  /** Stops what runs, which may leave a checkpoint, and waits for it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const entry of this.#pending()) {
      this.#stop(entry, 'stopping', 'Headroom was stopped');
    }
    await Promise.all(this.#running.values());
  }

  #pending(): Entry[] {
    return [...this.#entries.values()].filter(({ job }) => !isOver(job));
  }

  #next(kind: Job['kind']): void {
    const entry = this.#pending().find(({ job }) => job.kind === kind && job.state === 'queued');
    if (this.#running.has(kind) || entry === undefined) {
      return;
    }
    this.#set(entry, { state: 'running', startedAt: this.#deps.nowSeconds(), message: 'It begins' });
    const running = this.#run(entry).finally(() => {
      this.#running.delete(kind);
      this.#next(kind);
    });
    this.#running.set(kind, running);
  }

  #stop(entry: Entry, why: JobEnd, message: string): void {
    const hadItsTurn = entry.job.state === 'running';
    this.#end(entry, 'cancelled', { message });
    entry.abort.abort(why);
    if (!hadItsTurn) {
      void this.#run(entry);
    }
  }

  async #run(entry: Entry): Promise<void> {
    const { signal } = entry.abort;
    // Whoever starts a job has its id before its work begins.
    await Promise.resolve();
    try {
      const result = await entry.work.run(signal, ({ progress, message, secondsLeft, figures }) => {
        if (!isOver(entry.job)) {
          this.#set(entry, { progress, message, secondsLeft: secondsLeft ?? null, figures: { ...figures } });
        }
      });
      this.#end(entry, 'done', { progress: 1, message: 'It is done', result: result ?? null });
    } catch (error) {
      const problem = problemOfJob(error, entry.job.id);
      this.#end(entry, 'failed', { message: problem.detail, problem });
    }
  }

  #end(entry: Entry, state: Job['state'], change: Partial<Job>): void {
    if (!isOver(entry.job)) {
      this.#set(entry, { state, finishedAt: this.#deps.nowSeconds(), secondsLeft: null, ...change });
    }
  }

  #set(entry: Entry, change: Partial<Job>): void {
    entry.job = { ...entry.job, ...change };
    entry.changes.emit('change');
  }

  #forgetOld(): void {
    const over = [...this.#entries].filter(([, { job }]) => isOver(job));
    for (const [id] of over.slice(0, Math.max(0, over.length - MOST_REMEMBERED))) {
      this.#entries.delete(id);
    }
  }
}

async function changeOrPulse(changes: EventEmitter, signal: AbortSignal): Promise<void> {
  const done = new AbortController();
  const either = { signal: AbortSignal.any([signal, done.signal]) };
  const waits = [once(changes, 'change', either), delay(PULSE_MS, undefined, { ...either, ref: false })];
  await Promise.race(waits).catch(() => undefined);
  done.abort();
  await Promise.allSettled(waits);
}
