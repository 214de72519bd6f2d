import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Job } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { ModelInventory, TuningReach, TuningResult, TuningTask } from '../../learning/index.ts';
import type { FleetEvent } from '../fleetHooks.ts';
import type { WorkloadView } from '../fleetView.ts';
import { hashName } from '../hashName.ts';
import type { JobEnd, JobProgress, Jobs } from '../jobs/jobs.ts';
import type { Tune } from './tuneInThread.ts';
import { tuningHistories } from './tuningHistories.ts';
import type { TuningProgress } from './tuningMessages.ts';
import { readTuningRecord, writeTuningRecord, type TuningRecord } from './tuningRecord.ts';

const RECORD = 'task';
const DEFAULT_MINUTES = 1;
const CHECKPOINT_SECONDS = 10;
/** A tune that was under way each time when the process ended may be why it did. */
const MOST_RESUMES = 3;
/** What learning takes of a tune's time; the rest is reading, and scoring at the end. */
const LEARNING_PART = 0.85;

export interface TunerDeps {
  readonly jobs: Jobs;
  /** Where tuned artefacts are kept, as `<workload>/<name>/<version>/`. */
  readonly modelsFolder: string;
  /** Where a tune leaves what it needs to go on after a kill. */
  readonly workFolder: string;
  readonly workload: (name: string) => WorkloadView | undefined;
  readonly models: () => Promise<ModelInventory>;
  readonly tune: Tune;
  readonly nowSeconds: () => number;
  readonly createId: () => string;
  /** A tune is about to begin: who is in charge is to be written down, lest what it leaves half-way gets there. */
  readonly onBegin?: (workload: string, name: string) => Promise<void>;
  /** A workload has a new tune that forecasts its end better: it goes on trial. */
  readonly onKept: (workload: string, result: TuningResult) => Promise<void>;
  readonly onOver?: (outcome: TuningOutcome) => void;
  readonly onEvent: (event: FleetEvent) => void;
}

/** How a tune ended. */
export interface TuningOutcome {
  readonly workload: string;
  readonly name: string;
  readonly kind: 'kept' | 'discarded' | 'failed' | 'cancelled';
  readonly reason: string;
  readonly code?: string;
}

export interface TuningWish {
  /** Of one core; default 1. */
  readonly minutes?: number;
  readonly reach?: TuningReach;
}

/** Tunes learnt models on the workloads' own histories, as jobs that a kill of the process does not lose. */
export class Tuner {
  readonly #deps: TunerDeps;

  constructor(deps: TunerDeps) {
    this.#deps = deps;
  }

  /**
   * Starts tuning `name` for a workload, from what is in force for it; what goes far, from what ships.
   *
   * Throws API_NOT_FOUND, MODEL_ARTEFACT_INVALID, MODEL_HISTORY_UNFIT where nothing is measured yet, JOB_RUNNING, API_BUSY.
   */
  async start(
    name: string,
    workload: string,
    { minutes = DEFAULT_MINUTES, reach = 'tune' }: TuningWish = {}
  ): Promise<Job> {
    const view = this.#deps.workload(workload);
    if (view === undefined) {
      throw new HeadroomError('API_NOT_FOUND', { kind: 'workload', name: workload, list: '/api/v1/workloads' });
    }
    const rivalFolder = startFolder(await this.#deps.models(), name, workload);
    const fromFolder = reach === 'tune' ? rivalFolder : (shippedFolder(await this.#deps.models(), name) ?? rivalFolder);
    const { seasonSeconds, stepSeconds, horizonSeconds } = view.config.forecast;
    const series = tuningHistories(view);
    if (series.size === 0) {
      throw new HeadroomError('MODEL_HISTORY_UNFIT', { workload, reason: 'nothing is measured yet' });
    }
    await this.#deps.onBegin?.(workload, name);
    return this.#begin({
      ...{ workload, fromFolder, rivalFolder, reach, series, seed: hashName(workload) },
      horizon: Math.round(horizonSeconds / stepSeconds),
      ...(seasonSeconds === undefined ? {} : { seasonSteps: Math.max(1, Math.round(seasonSeconds / stepSeconds)) }),
      budget: { kind: 'minutes', minutes },
    });
  }

  /** Goes on with what a former process was at when it ended. */
  async resume(): Promise<void> {
    for (const id of await readdir(this.#deps.workFolder).catch(() => [] as string[])) {
      const record = await readTuningRecord(join(this.#workFolder(id), RECORD));
      const why = this.#whyNotResumed(record);
      if (record !== undefined && why === undefined) {
        this.#begin(record.task, record);
      } else {
        await this.#forget(id);
        this.#tell('warn', record?.task.workload, `a tune that was under way is given up: ${why ?? ''}`);
      }
    }
  }

  /** Cancels a workload's tune and removes what was tuned for it: it is gone. */
  async forget(workload: string): Promise<void> {
    for (const job of this.#deps.jobs.list()) {
      if (job.kind === 'train' && job.workload === workload) {
        this.#deps.jobs.cancel(job.id);
      }
    }
    await rm(join(this.#deps.modelsFolder, workload), { recursive: true, force: true });
  }

  #whyNotResumed(record: TuningRecord | undefined): string | undefined {
    if (record === undefined) {
      return 'its record is damaged';
    }
    if (this.#deps.workload(record.task.workload) === undefined) {
      return 'the workload is gone';
    }
    return record.resumedCount >= MOST_RESUMES
      ? `Headroom ended ${String(MOST_RESUMES + 1)} times while it was under way`
      : undefined;
  }

  #begin(task: TuningTask, record?: TuningRecord): Job {
    const id = record?.jobId ?? this.#deps.createId();
    const job = this.#deps.jobs.start({
      ...{ kind: 'train', workload: task.workload, id },
      ...(record === undefined ? {} : { createdAtSeconds: record.createdAtSeconds }),
      run: (signal, report) => written.then(() => this.#run(id, task, record !== undefined, signal, report)),
    });
    const written = writeTuningRecord(join(this.#workFolder(id), RECORD), {
      ...{ jobId: id, createdAtSeconds: job.createdAt, task },
      resumedCount: record === undefined ? 0 : record.resumedCount + 1,
    });
    written.catch(() => undefined);
    return job;
  }

  async #run(
    id: string,
    task: TuningTask,
    isResumed: boolean,
    signal: AbortSignal,
    report: (progress: JobProgress) => void
  ): Promise<unknown> {
    const { workload } = task;
    const data = {
      ...{ task, isResumed, checkpointSeconds: CHECKPOINT_SECONDS },
      workFolder: this.#workFolder(id),
      modelsFolder: join(this.#deps.modelsFolder, workload),
    };
    try {
      const result = await this.#deps.tune(data, signal, (progress) => {
        report(inWords(progress));
      });
      this.#tell(
        'info',
        workload,
        `${result.name} ${result.isKept ? 'has a challenger' : 'stays as it was'}: ${result.reason}`
      );
      // It is on trial before its record is gone: a kill between the two tunes once more, and loses nothing.
      if (result.isKept) {
        await this.#deps.onKept(workload, result);
      }
      await this.#forget(id);
      const { name, reason } = result;
      this.#deps.onOver?.({ workload, name, kind: result.isKept ? 'kept' : 'discarded', reason });
      return result;
    } catch (error) {
      if ((signal.reason as JobEnd | undefined) !== 'stopping') {
        await this.#forget(id);
      }
      if (!signal.aborted) {
        const code = error instanceof HeadroomError ? { code: error.code } : {};
        const reason = error instanceof Error ? error.message : String(error);
        this.#tell('error', workload, reason, code);
        this.#deps.onOver?.({ workload, name: nameOf(task), kind: 'failed', reason, ...code });
      } else if ((signal.reason as JobEnd | undefined) === 'cancelled') {
        this.#deps.onOver?.({ workload, name: nameOf(task), kind: 'cancelled', reason: 'it was cancelled' });
      }
      throw error;
    }
  }

  #tell(
    level: FleetEvent['level'],
    workload: string | undefined,
    message: string,
    more: Pick<FleetEvent, 'code'> = {}
  ): void {
    const of = workload === undefined ? {} : { workload };
    this.#deps.onEvent({ atSeconds: this.#deps.nowSeconds(), level, what: 'tune', ...of, message, ...more });
  }

  async #forget(id: string): Promise<void> {
    await rm(this.#workFolder(id), { recursive: true, force: true });
  }

  #workFolder(id: string): string {
    return join(this.#deps.workFolder, id);
  }
}

/** The model that a task tunes: artefacts stand as `<name>/<version>`. */
function nameOf({ fromFolder }: TuningTask): string {
  return basename(dirname(fromFolder));
}

function shippedFolder({ shipped }: ModelInventory, name: string): string | undefined {
  return shipped.find((model) => model.name === name && model.state === 'inForce')?.folder;
}

function startFolder({ shipped, tuned }: ModelInventory, name: string, workload: string): string {
  const named = [...(tuned.get(workload) ?? []), ...shipped].filter((model) => model.name === name);
  const start = named.find(({ state }) => state === 'inForce');
  const [refused] = named;
  if (start !== undefined) {
    return start.folder;
  }
  throw refused === undefined
    ? new HeadroomError('API_NOT_FOUND', { kind: 'model', name, list: '/api/v1/models' })
    : new HeadroomError('MODEL_ARTEFACT_INVALID', { folder: refused.folder, reason: refused.reason ?? 'damaged' });
}

function inWords({ step, loss, validation, done, secondsLeft }: TuningProgress): JobProgress {
  return {
    progress: LEARNING_PART * Math.min(1, Math.max(0, done)),
    message: done < 1 ? 'It learns' : 'It is scored on the end of the history',
    ...(secondsLeft === null || done >= 1 ? {} : { secondsLeft: secondsLeft / LEARNING_PART }),
    figures: { step, loss, ...(validation === null ? {} : { validation }) },
  };
}
