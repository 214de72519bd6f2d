import { join } from 'node:path';
import type { Job } from '../../../contract/index.ts';
import type { WorkloadConfig } from '../../config/index.ts';
import type { HeadroomError } from '../../errors/index.ts';
import { writeWhole, type TuningReach } from '../../learning/index.ts';
import type { FleetEvent } from '../fleetHooks.ts';
import type { CpuShare } from './cpuShare.ts';
import { retrainingDue, type Due } from './retrainingDue.ts';
import {
  newRetrainingRecord,
  readRetrainingRecords,
  retrainingText,
  type RetrainingRecord,
} from './retrainingRecord.ts';
import { takesPart } from './takesPart.ts';
import type { TuningOutcome, TuningWish } from './tuner.ts';

/** Core minutes of a tune, and of one that goes far where a tune did not help. */
const MINUTES: Readonly<Record<TuningReach, number>> = { tune: 1, full: 4 };
const FIRST_RETRY_SECONDS = 3600;
/** A drift that is told again within this time asks for nothing new. */
const DEBOUNCE_SECONDS = 86_400;
/** What comes from no fault of a training: it is tried again at its next time. */
const NO_FAULT = new Set(['MODEL_HISTORY_UNFIT', 'JOB_RUNNING', 'API_BUSY', 'API_NOT_FOUND']);

export interface RetrainingDeps {
  readonly modelsFolder: string;
  /** 0 for no schedule: only a drift, or a person, has a model trained. */
  readonly intervalSeconds: number;
  readonly workloads: () => readonly WorkloadConfig[];
  /** The learnt models that there are. */
  readonly names: () => readonly string[];
  /** Whether a version of a model is on trial: then another is made only after a drift. */
  readonly isOnTrial: (workload: string, name: string) => Promise<boolean>;
  readonly start: (name: string, workload: string, wish: TuningWish) => Promise<Job>;
  /** Whether a training waits or is under way. */
  readonly isTraining: () => boolean;
  readonly cpu: CpuShare;
  readonly nowSeconds: () => number;
  readonly onEvent: (event: FleetEvent) => void;
}

type Candidate = Due & { readonly workload: string; readonly name: string };

/** Has learnt models trained again: at their time, after a drift, and further where a tune did not help. */
export class Retraining {
  readonly #deps: RetrainingDeps;
  readonly #records = new Map<string, Map<string, RetrainingRecord>>();
  #due = 0;
  #turn: Promise<void> | undefined;

  constructor(deps: RetrainingDeps) {
    this.#deps = deps;
  }

  /** How many wait for their turn, as of the last look. */
  get due(): number {
    return this.#due;
  }

  /** How retraining stands for a workload, by model, as far as it was looked at. */
  records(workload: string): ReadonlyMap<string, RetrainingRecord> {
    return this.#records.get(workload) ?? new Map();
  }

  /** One look: at most one training begins, the one that is due longest, where the share of the cores allows it. */
  async turn(): Promise<void> {
    this.#turn ??= this.#look().finally(() => {
      this.#turn = undefined;
    });
    await this.#turn;
  }

  /** A drift was found: the workload's models are tuned soon. Told again within a day, it asks for nothing new and resolves with false. */
  async onDrift(workload: string, { words }: { readonly words: string }): Promise<boolean> {
    const config = this.#deps.workloads().find(({ name }) => name === workload);
    if (config === undefined) {
      return false;
    }
    const now = this.#deps.nowSeconds();
    const records = await this.#of(workload);
    let isNew = false;
    for (const name of this.#namesOf(config)) {
      const record = records.get(name)!;
      if (record.lastDriftSeconds === null || now - record.lastDriftSeconds >= DEBOUNCE_SECONDS) {
        isNew = true;
        const wanted = { atSeconds: now, reach: 'tune' as const, why: `a drift: ${words}` };
        records.set(name, { ...record, lastDriftSeconds: now, wanted });
      }
    }
    if (isNew) {
      await this.#keep(workload);
    }
    return isNew;
  }

  /** How a training ended, whoever asked for it. */
  async onOver({ workload, name, kind, reason, code }: TuningOutcome): Promise<void> {
    const records = await this.#of(workload);
    const now = this.#deps.nowSeconds();
    const record = records.get(name) ?? newRetrainingRecord(now);
    const isFault = kind === 'failed' && !NO_FAULT.has(code ?? '');
    const failures = isFault ? record.failures + 1 : kind === 'failed' ? record.failures : 0;
    // A tune that did not help is followed by one that goes far, once.
    const wasTune = record.lastOutcome !== 'tuned in vain';
    const goesFar = kind === 'discarded' && wasTune;
    records.set(name, {
      ...record,
      failures,
      lastAtSeconds: now,
      lastOutcome: goesFar ? 'tuned in vain' : kind,
      lastReason: reason,
      retryAtSeconds: isFault ? now + this.#backoffSeconds(failures) : null,
      wanted: goesFar
        ? { atSeconds: now, reach: 'full', why: 'the tune did not help' }
        : isFault
          ? (record.wanted ?? { atSeconds: now, reach: 'tune', why: 'the training before failed' })
          : null,
    });
    await this.#keep(workload);
  }

  forget(workload: string): void {
    this.#records.delete(workload);
  }

  async #look(): Promise<void> {
    const due = await this.#candidates();
    this.#due = due.length;
    const [next] = due;
    if (next === undefined || this.#deps.isTraining() || !this.#deps.cpu.hasLeft()) {
      return;
    }
    const { workload, name, reach, why } = next;
    const minutes = MINUTES[reach];
    try {
      await this.#deps.start(name, workload, { minutes, reach });
      this.#deps.cpu.spend(60 * minutes);
      this.#due = due.length - 1;
      await this.#began(workload, name);
      this.#tell('info', workload, `${name} is trained again: ${why}`);
    } catch (error) {
      const { code, message } = error as Error & { readonly code?: HeadroomError['code'] };
      await this.onOver({ workload, name, kind: 'failed', reason: message, ...(code === undefined ? {} : { code }) });
      if (!NO_FAULT.has(code ?? '')) {
        this.#tell('error', workload, message, code);
      }
    }
  }

  /** Those that are due, longest first, but for what is on trial and nobody asked for. */
  async #candidates(): Promise<Candidate[]> {
    const { workloads, intervalSeconds, nowSeconds, isOnTrial } = this.#deps;
    const due: Candidate[] = [];
    for (const config of workloads()) {
      const records = await this.#of(config.name);
      for (const name of this.#namesOf(config)) {
        const record = records.get(name)!;
        const schedule = intervalSeconds > 0 ? intervalSeconds : Number.MAX_SAFE_INTEGER;
        const found = retrainingDue(config.name, name, record, schedule, nowSeconds());
        if (found !== undefined && (record.wanted !== null || !(await isOnTrial(config.name, name)))) {
          due.push({ ...found, workload: config.name, name });
        }
      }
    }
    return due.sort((a, b) => a.sinceSeconds - b.sinceSeconds);
  }

  async #began(workload: string, name: string): Promise<void> {
    const records = await this.#of(workload);
    records.set(name, { ...records.get(name)!, lastAtSeconds: this.#deps.nowSeconds(), wanted: null });
    await this.#keep(workload);
  }

  #backoffSeconds(failures: number): number {
    const longest = this.#deps.intervalSeconds > 0 ? this.#deps.intervalSeconds : 7 * 86_400;
    return Math.min(longest, FIRST_RETRY_SECONDS * 2 ** Math.min(20, failures - 1));
  }

  #namesOf(config: WorkloadConfig): string[] {
    const names = this.#deps.names().filter((name) => takesPart(config, name));
    const records = this.#records.get(config.name);
    for (const name of names) {
      if (records?.has(name) === false) {
        records.set(name, newRetrainingRecord(this.#deps.nowSeconds()));
      }
    }
    return names;
  }

  async #of(workload: string): Promise<Map<string, RetrainingRecord>> {
    const known = this.#records.get(workload);
    if (known !== undefined) {
      return known;
    }
    const records = await readRetrainingRecords(this.#file(workload));
    const raced = this.#records.get(workload) ?? records;
    this.#records.set(workload, raced);
    return raced;
  }

  #keep(workload: string): Promise<void> {
    return writeWhole(this.#file(workload), retrainingText(this.#records.get(workload) ?? new Map()));
  }

  #file(workload: string): string {
    return join(this.#deps.modelsFolder, workload, 'training.json');
  }

  #tell(level: FleetEvent['level'], workload: string, message: string, code?: string): void {
    const coded = code === undefined ? {} : { code };
    this.#deps.onEvent({ atSeconds: this.#deps.nowSeconds(), level, what: 'retraining', workload, message, ...coded });
  }
}
