import { watchFile, unwatchFile } from 'node:fs';
import type { WorkloadEntry, WorkloadsFile } from '../../contract/index.ts';
import {
  checkWorkloadsFile,
  compileWorkload,
  DEFAULTS,
  LIMITS,
  type Config,
  type WorkloadConfig,
} from '../config/index.ts';
import { HeadroomError } from '../errors/index.ts';
import type { Storage } from '../storage/index.ts';
import { allDeclared, readDeclared, writeDeclared, type DeclaredWorkload } from './declaredWorkloads.ts';
import { loadWorkloadsFile, modelProblem } from './loadWorkloadsFile.ts';
import { scenarioWeightsKey } from './scenarios/scenarioFollower.ts';
import type { Expected } from './scenarios/scenarioShelf.ts';
import { keptPeriodsKey } from './ranges/keptPeriods.ts';
import { Turns } from './turns.ts';

const WATCH_INTERVAL_MS = 1000;

export interface ConfigState {
  /** `null` for the demo fleet. */
  readonly file: string | null;
  readonly loadedAtSeconds: number | null;
  /** Why the file as it is now is not in force, in words. */
  readonly problem: string | null;
}

/** A change of what the API declares, as the audit has it. */
export interface DeclarationChange {
  readonly what: 'add' | 'edit' | 'delete';
  readonly workload: string;
  readonly who: string;
  readonly before: DeclaredWorkload | null;
  readonly after: DeclaredWorkload | null;
}

/** Who changes a declaration, and what they expect to find. */
export interface DeclarationRequest {
  /** Default `local`. */
  readonly who?: string;
  readonly expected?: Expected;
}

export interface ConfigKeeperOptions {
  readonly file: string | null;
  readonly demo: WorkloadsFile;
  readonly storage: Storage;
  readonly nowSeconds: () => number;
  /** Puts a configuration in force; a rejection leaves the former one. */
  readonly apply: (config: Config) => Promise<unknown>;
  readonly onEvent: (level: 'info' | 'warn', message: string) => void;
  /** Keeps a change that is in force for the audit; default nobody does. */
  readonly record?: (change: DeclarationChange) => Promise<void>;
}

function checkedDemo(demo: WorkloadsFile): Config {
  const checked = checkWorkloadsFile(demo, 'demo');
  if (!checked.isValid) {
    throw new RangeError(`the demo fleet is not valid: ${JSON.stringify(checked.faults)}`);
  }
  return checked.value;
}

/** Keeps the configuration in force: the file (reloaded on change, a bad one leaves the last good one) and what the API declared. */
export class ConfigKeeper {
  readonly #options: ConfigKeeperOptions;
  #base: Config | undefined;
  #state: ConfigState;
  readonly #turns = new Turns();
  #versions: ReadonlyMap<string, number> = new Map();

  constructor(options: ConfigKeeperOptions) {
    this.#options = options;
    this.#state = { file: options.file, loadedAtSeconds: null, problem: null };
  }

  get state(): ConfigState {
    return this.#state;
  }

  /** Reads the first configuration, without putting it in force yet; throws where it is not valid. */
  async load(): Promise<Config> {
    const { file, demo } = this.#options;
    this.#base = file === null ? checkedDemo(demo) : await loadWorkloadsFile(file);
    return this.#base;
  }

  /** Puts the first configuration in force and watches its file; throws where it is not valid. */
  async start(): Promise<void> {
    const { file } = this.#options;
    await this.#applyAll(this.#base ?? (await this.load()));
    this.#state = { file, loadedAtSeconds: this.#options.nowSeconds(), problem: null };
    if (file !== null) {
      watchFile(file, { interval: WATCH_INTERVAL_MS, persistent: false }, () => {
        void this.reload();
      });
    }
  }

  /** Reads the file again; on any fault says so and keeps what is in force. */
  async reload(): Promise<void> {
    const { file } = this.#options;
    if (file === null) {
      return;
    }
    await this.#turns.take(async () => {
      try {
        const config = await loadWorkloadsFile(file);
        await this.#applyAll(config);
        this.#base = config;
        this.#state = { file, loadedAtSeconds: this.#options.nowSeconds(), problem: null };
        this.#options.onEvent('info', `${file} is in force: ${config.workloads.length} workloads`);
      } catch (error) {
        const problem = (error as Error).message;
        this.#state = { ...this.#state, problem };
        this.#options.onEvent('warn', `${problem}; the last good configuration stays in force`);
      }
    });
  }

  /** How often the API changed a workload that it declares; `undefined` where it declares none of that name. */
  versionOf(name: string): number | undefined {
    return this.#versions.get(name);
  }

  /**
   * Declares or changes a workload; the same content changes nothing. What cannot be put in force is not kept.
   *
   * Throws API_CONFLICT where the file declares it, API_VERSION_CHANGED, API_BODY_INVALID.
   */
  put(
    name: string,
    definition: WorkloadEntry,
    { who = 'local', expected = {} }: DeclarationRequest = {}
  ): Promise<void> {
    return this.#turns.take(async () => {
      const base = this.#declaredBase(name);
      const before = await this.#expected(name, expected);
      this.#requireValid(base, name, definition);
      if (JSON.stringify(before?.definition) === JSON.stringify(definition)) {
        return;
      }
      const after = { version: (before?.version ?? 0) + 1, definition };
      await this.#declare(base, name, { before, after });
      const isNew = before?.definition == null;
      await this.#record({ what: isNew ? 'add' : 'edit', workload: name, who, before: before ?? null, after });
    });
  }

  /** Forgets a workload of the API, with what was foreseen of it; throws API_CONFLICT, API_VERSION_CHANGED. */
  delete(name: string, { who = 'local', expected = {} }: DeclarationRequest = {}): Promise<void> {
    return this.#turns.take(async () => {
      const base = this.#declaredBase(name);
      const { storage } = this.#options;
      const before = await this.#expected(name, expected);
      const after = before === undefined ? undefined : { version: before.version + 1, definition: null };
      await this.#declare(base, name, { before, after });
      await storage.forgetWorkload(name);
      await storage.deleteSetting(keptPeriodsKey(name));
      await storage.deleteSetting(scenarioWeightsKey(name));
      await this.#record({ what: 'delete', workload: name, who, before: before ?? null, after: null });
    });
  }

  stop(): void {
    if (this.#options.file !== null) {
      unwatchFile(this.#options.file);
    }
  }

  #declaredBase(name: string): Config {
    const base = this.#base ?? { sources: [], workloads: [], fleet: DEFAULTS.fleet };
    if (base.workloads.some((workload) => workload.name === name)) {
      throw new HeadroomError('API_CONFLICT', { what: `Workload ${name}` });
    }
    return base;
  }

  /** What is declared of a name, where that is what is expected; throws API_VERSION_CHANGED. */
  async #expected(name: string, { version, isNew }: Expected): Promise<DeclaredWorkload | undefined> {
    const declared = await readDeclared(this.#options.storage, name);
    const now = declared?.definition == null ? undefined : declared.version;
    if ((version !== undefined && version !== now) || (isNew === true && now !== undefined)) {
      throw new HeadroomError('API_VERSION_CHANGED', { what: `Workload ${name}`, version: now ?? 'none' });
    }
    return declared;
  }

  /** As strict as the file; throws API_BODY_INVALID with every fault. */
  #requireValid(base: Config, name: string, definition: WorkloadEntry): void {
    const compiled = compileWorkload(
      definition,
      base.sources.map((source) => source.name),
      'api'
    );
    const isOneMore = !this.#versions.has(name);
    const problem =
      compiled.faults.map((fault) => `${fault.path.join('.') || 'the workload'}: ${fault.problem}`).join('; ') ||
      modelProblem(compiled.workload) ||
      (isOneMore && base.workloads.length + this.#versions.size >= LIMITS.maxWorkloads
        ? `there are ${LIMITS.maxWorkloads} workloads already, which is the most`
        : undefined);
    if (problem) {
      throw new HeadroomError('API_BODY_INVALID', { problem });
    }
  }

  /** Stores a declaration and puts it in force; where that fails, all is as it was before. */
  async #declare(
    base: Config,
    name: string,
    { before, after }: { readonly before: DeclaredWorkload | undefined; readonly after: DeclaredWorkload | undefined }
  ): Promise<void> {
    const { storage, onEvent } = this.#options;
    await writeDeclared(storage, name, after);
    try {
      await this.#applyAll(base);
    } catch (error) {
      await writeDeclared(storage, name, before);
      await this.#applyAll(base).catch((again: unknown) => {
        onEvent('warn', `what was in force before the change of ${name} is not again: ${String(again)}`);
      });
      throw error;
    }
  }

  async #record(change: DeclarationChange): Promise<void> {
    await this.#options.record?.(change);
    this.#options.onEvent('info', `${change.who}: ${change.what} workload ${change.workload}`);
  }

  /** What the file declares and, after it, what the API declared and still fits. */
  async #applyAll(base: Config): Promise<void> {
    const sourceNames = base.sources.map((source) => source.name);
    const declared: WorkloadConfig[] = [];
    const versions = new Map<string, number>();
    for (const [name, stored] of await allDeclared(this.#options.storage)) {
      if (stored?.definition === null) {
        continue;
      }
      const compiled = stored === undefined ? undefined : compileWorkload(stored.definition, sourceNames, 'api');
      if (stored === undefined || compiled === undefined || compiled.faults.length > 0) {
        this.#options.onEvent(
          'warn',
          `workload ${name}, declared through the API, no longer fits the file and is left out`
        );
      } else if (!base.workloads.some((workload) => workload.name === name)) {
        declared.push(compiled.workload);
        versions.set(name, stored.version);
      }
    }
    await this.#options.apply({ ...base, workloads: [...base.workloads, ...declared] });
    this.#versions = versions;
  }
}
