import { z } from 'zod';
import { scenarioSchema, type KeptScenario, type Scenario, type ScenarioDetail } from '../../../contract/index.ts';
import type { WorkloadConfig } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { BUILT_IN_SCENARIOS, SCENARIO_USES, scenarioWords } from '../../simulation/index.ts';
import type { Storage } from '../../storage/index.ts';
import { checkAgainstFleet } from './checkAgainstFleet.ts';
import { Turns } from '../turns.ts';

const PREFIX = 'scenario/';
const KEPT_VERSIONS = 50;
const MOST_STORED = 1000;

const versionSchema = z.object({
  version: z.int().min(1),
  updatedAt: z.number(),
  scenario: scenarioSchema.nullable(),
});
const recordSchema = z.object({ versions: z.array(versionSchema).min(1) });

type Version = z.infer<typeof versionSchema>;

/** What a change expects to find: a version, or that there is nothing yet. */
export interface Expected {
  readonly version?: number;
  readonly isNew?: boolean;
}

export interface ScenarioShelfDeps {
  readonly storage: Pick<Storage, 'setting' | 'setSetting' | 'settings'>;
  readonly nowSeconds: () => number;
  readonly workloads: () => readonly WorkloadConfig[];
}

/** The scenarios that ship and those that people stored, each of these with its versions; changes take their turn. */
export class ScenarioShelf {
  readonly #deps: ScenarioShelfDeps;
  readonly #stored = new Map<string, readonly Version[]>();
  readonly #turns = new Turns();

  constructor(deps: ScenarioShelfDeps) {
    this.#deps = deps;
  }

  /** Reads what is stored; resolves with the names of records that cannot be read, which are left as they are. */
  async load(): Promise<readonly string[]> {
    const unreadable: string[] = [];
    for (const [key, value] of await this.#deps.storage.settings(PREFIX)) {
      const name = key.slice(PREFIX.length);
      const parsed = recordSchema.safeParse(value);
      if (parsed.success) {
        this.#stored.set(name, parsed.data.versions);
      } else {
        unreadable.push(name);
      }
    }
    return unreadable;
  }

  /** The scenario as it is now; `undefined` where there is none. */
  find(name: string): Scenario | undefined {
    return BUILT_IN_SCENARIOS.find((one) => one.name === name) ?? this.#current(name)?.scenario ?? undefined;
  }

  /** Those that ship, then those that are stored, by name. */
  list(): KeptScenario[] {
    const stored = [...this.#stored.keys()].sort().flatMap((name) => {
      const current = this.#current(name);
      return current === undefined ? [] : [keptOf(name, current)];
    });
    return [...BUILT_IN_SCENARIOS.map(builtIn), ...stored];
  }

  /** One with its versions, as it is now or was at `version`; `undefined` where there is none. */
  detail(name: string, version?: number): ScenarioDetail | undefined {
    const shipped = BUILT_IN_SCENARIOS.find((one) => one.name === name);
    if (shipped !== undefined) {
      return version === undefined || version === 1 ? { ...builtIn(shipped), versions: [] } : undefined;
    }
    const versions = this.#stored.get(name) ?? [];
    const wanted = version === undefined ? this.#current(name) : versions.find((one) => one.version === version);
    return wanted?.scenario == null
      ? undefined
      : {
          ...keptOf(name, wanted),
          versions: versions
            .map((one) => ({ version: one.version, updatedAt: one.updatedAt, isDeletion: one.scenario === null }))
            .reverse(),
        };
  }

  /**
   * Stores a scenario, or a new version of it; the same content changes nothing.
   *
   * Throws SCENARIO_BUILT_IN, API_VERSION_CHANGED, SCENARIO_INVALID, SCENARIO_UNSUPPORTED.
   */
  put(scenario: Scenario, expected: Expected = {}): Promise<ScenarioDetail> {
    return this.#turns.take(async () => {
      const { name } = scenario;
      this.#requireExpected(name, expected);
      checkAgainstFleet(scenario, this.#deps.workloads());
      if (this.#current(name) === undefined && this.list().length >= MOST_STORED) {
        throw new HeadroomError('API_BUSY', { what: `${String(MOST_STORED)} scenarios are stored already` });
      }
      if (JSON.stringify(this.#current(name)?.scenario) !== JSON.stringify(scenario)) {
        await this.#add(name, scenario);
      }
      return this.detail(name)!;
    });
  }

  /** Takes a scenario out of use; its versions are kept. Resolves with whether there was one. Throws as `put` does. */
  delete(name: string, expected: Expected = {}): Promise<boolean> {
    return this.#turns.take(async () => {
      this.#requireExpected(name, expected);
      if (this.#current(name) === undefined) {
        return false;
      }
      await this.#add(name, null);
      return true;
    });
  }

  #current(name: string): Version | undefined {
    const last = this.#stored.get(name)?.at(-1);
    return last?.scenario === null ? undefined : last;
  }

  #requireExpected(name: string, { version, isNew }: Expected): void {
    if (BUILT_IN_SCENARIOS.some((one) => one.name === name)) {
      throw new HeadroomError('SCENARIO_BUILT_IN', { name });
    }
    const now = this.#current(name)?.version;
    if ((version !== undefined && version !== now) || (isNew === true && now !== undefined)) {
      throw new HeadroomError('API_VERSION_CHANGED', { what: `Scenario ${name}`, version: now ?? 'none' });
    }
  }

  async #add(name: string, scenario: Scenario | null): Promise<void> {
    const versions = this.#stored.get(name) ?? [];
    const next = {
      version: (versions.at(-1)?.version ?? 0) + 1,
      updatedAt: this.#deps.nowSeconds(),
      scenario,
    };
    const kept = [...versions, next].slice(-KEPT_VERSIONS);
    await this.#deps.storage.setSetting(`${PREFIX}${name}`, { versions: kept });
    this.#stored.set(name, kept);
  }
}

function builtIn(scenario: Scenario): KeptScenario {
  return {
    name: scenario.name,
    origin: 'built-in',
    version: 1,
    updatedAt: null,
    scenario,
    changes: [...scenarioWords(scenario)],
    use: SCENARIO_USES[scenario.name] ?? null,
  };
}

function keptOf(name: string, { version, updatedAt, scenario }: Version): KeptScenario {
  return {
    name,
    origin: 'stored',
    version,
    updatedAt,
    scenario: scenario!,
    changes: [...scenarioWords(scenario!)],
    use: null,
  };
}
