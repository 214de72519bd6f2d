import { readFile } from 'node:fs/promises';
import { watchFile, unwatchFile } from 'node:fs';
import { workloadSchema, type WorkloadEntry, type WorkloadsFile } from '../../contract/index.ts';
import {
  checkWorkloadsFile,
  compileWorkload,
  DEFAULTS,
  parseWorkloadsFile,
  type Config,
  type Fault,
  type WorkloadConfig,
} from '../config/index.ts';
import { HeadroomError } from '../errors/index.ts';
import { FORECASTER_NAMES, LEARNT_NAMES } from '../forecasting/index.ts';
import type { Storage } from '../storage/index.ts';
import { scenarioWeightsKey } from './scenarios/scenarioFollower.ts';
import { keptPeriodsKey } from './ranges/keptPeriods.ts';

const DECLARED_PREFIX = 'workload/';
const WATCH_INTERVAL_MS = 1000;

export interface ConfigState {
  /** `null` for the demo fleet. */
  readonly file: string | null;
  readonly loadedAtSeconds: number | null;
  /** Why the file as it is now is not in force, in words. */
  readonly problem: string | null;
}

export interface ConfigKeeperOptions {
  readonly file: string | null;
  readonly demo: WorkloadsFile;
  readonly storage: Storage;
  readonly nowSeconds: () => number;
  /** Puts a configuration in force; a rejection leaves the former one. */
  readonly apply: (config: Config) => Promise<unknown>;
  readonly onEvent: (level: 'info' | 'warn', message: string) => void;
}

/** Reads a workloads file; throws FILE_NOT_FOUND, CONFIG_FILE_UNREADABLE, or CONFIG_INVALID for its first fault. */
export async function loadWorkloadsFile(file: string): Promise<Config> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw code === 'ENOENT'
      ? new HeadroomError('FILE_NOT_FOUND', { file }, { cause })
      : new HeadroomError('CONFIG_FILE_UNREADABLE', { file, reason: message }, { cause });
  }
  const parsed = parseWorkloadsFile(text);
  const faults = parsed.isValid ? modelFaults(parsed.config) : parsed.faults;
  const [first] = faults;
  if (!parsed.isValid || first !== undefined) {
    throw invalid(file, faults);
  }
  return parsed.config;
}

function checkedDemo(demo: WorkloadsFile): Config {
  const checked = checkWorkloadsFile(demo, 'demo');
  if (!checked.isValid) {
    throw new RangeError(`the demo fleet is not valid: ${JSON.stringify(checked.faults)}`);
  }
  return checked.value;
}

function modelFaults(config: Config): Fault[] {
  return config.workloads.flatMap((workload) => {
    const problem = modelProblem(workload);
    return problem === undefined ? [] : [{ line: 1, column: 1, path: `${workload.name}.forecast.model`, problem }];
  });
}

function modelProblem(workload: WorkloadConfig): string | undefined {
  const known = [...FORECASTER_NAMES, ...LEARNT_NAMES];
  return known.includes(workload.forecast.model)
    ? undefined
    : `workload ${workload.name}: forecast.model must be one of ${known.join(', ')}, not ${workload.forecast.model}`;
}

function invalid(file: string, faults: readonly Fault[]): HeadroomError {
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  const path = first?.path ? `${first.path}: ` : '';
  return new HeadroomError('CONFIG_INVALID', {
    file,
    line: first?.line ?? 1,
    column: first?.column ?? 1,
    problem: `${path}${first?.problem ?? ''}${more}`,
  });
}

/** Keeps the configuration in force: the file (reloaded on change, a bad one leaves the last good one) and what the API declared. */
export class ConfigKeeper {
  readonly #options: ConfigKeeperOptions;
  #base: Config | undefined;
  #state: ConfigState;
  #reloading: Promise<void> = Promise.resolve();

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
    this.#reloading = this.#reloading.then(async () => {
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
    await this.#reloading;
  }

  /** Declares or changes a workload; throws API_CONFLICT where the file declares it, API_BODY_INVALID where it is not valid. */
  async put(name: string, definition: WorkloadEntry): Promise<void> {
    const base = this.#declaredBase(name);
    const compiled = compileWorkload(
      definition,
      base.sources.map((source) => source.name),
      'api'
    );
    const problem =
      compiled.faults.map((fault) => `${fault.path.join('.') || 'the workload'}: ${fault.problem}`).join('; ') ||
      modelProblem(compiled.workload);
    if (problem) {
      throw new HeadroomError('API_BODY_INVALID', { problem });
    }
    await this.#options.storage.setSetting(`${DECLARED_PREFIX}${name}`, definition);
    await this.#applyAll(base);
  }

  async delete(name: string): Promise<void> {
    const base = this.#declaredBase(name);
    await this.#options.storage.deleteSetting(`${DECLARED_PREFIX}${name}`);
    await this.#applyAll(base);
    await this.#options.storage.forgetWorkload(name);
    await this.#options.storage.deleteSetting(keptPeriodsKey(name));
    await this.#options.storage.deleteSetting(scenarioWeightsKey(name));
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

  /** What the file declares and, after it, what the API declared and still fits. */
  async #applyAll(base: Config): Promise<void> {
    const sourceNames = base.sources.map((source) => source.name);
    const declared: WorkloadConfig[] = [];
    for (const [key, value] of await this.#options.storage.settings(DECLARED_PREFIX)) {
      const name = key.slice(DECLARED_PREFIX.length);
      const parsed = workloadSchema.safeParse(value);
      const compiled = parsed.success ? compileWorkload(parsed.data, sourceNames, 'api') : undefined;
      if (compiled === undefined || compiled.faults.length > 0) {
        this.#options.onEvent(
          'warn',
          `workload ${name}, declared through the API, no longer fits the file and is left out`
        );
      } else if (!base.workloads.some((workload) => workload.name === name)) {
        declared.push(compiled.workload);
      }
    }
    await this.#options.apply({ ...base, workloads: [...base.workloads, ...declared] });
  }
}
