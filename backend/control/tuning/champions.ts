import { join } from 'node:path';
import { HeadroomError } from '../../errors/index.ts';
import {
  collectGarbage,
  isSameVersion,
  readRoles,
  rolesOf,
  versionWords,
  withBenched,
  withChallenger,
  withChampionFound,
  withPromoted,
  withRetired,
  withRolledBack,
  writeRoles,
  type BenchedModel,
  type ModelInventory,
  type ModelVersion,
  type NamedRoles,
  type RoleEvent,
  type WorkloadRoles,
} from '../../learning/index.ts';
import type { FleetEvent } from '../fleetHooks.ts';
import { requireWholeVersion, versionInForce } from './versionsThere.ts';
import { Turns } from '../turns.ts';

/** Who speaks where nobody asked. */
export const BY_HEADROOM = 'headroom';

/** A change of who is in charge, for the audit. */
export interface RoleChange {
  readonly workload: string;
  readonly name: string;
  readonly event: RoleEvent;
  readonly before: ModelVersion | null;
  readonly after: ModelVersion | null;
}

export interface ChampionsDeps {
  /** Where tunes are kept, as `<workload>/<name>/<version>/`, and beside them who has which role. */
  readonly modelsFolder: string;
  readonly models: () => Promise<ModelInventory>;
  readonly nowSeconds: () => number;
  /** Another version is in charge of a workload: it is to be fitted anew. */
  readonly onChanged: (workload: string) => Promise<void>;
  readonly record: (change: RoleChange) => Promise<void>;
  readonly onEvent: (event: FleetEvent) => void;
}

/** Who did it, and why. */
export interface Asked {
  readonly by: string;
  readonly why: string;
}

/** Keeps who has which role among the versions of learnt models, workload by workload; one change at a time. */
export class Champions {
  readonly #deps: ChampionsDeps;
  readonly #roles = new Map<string, WorkloadRoles>();
  readonly #turns = new Map<string, Turns>();

  constructor(deps: ChampionsDeps) {
    this.#deps = deps;
  }

  async rolesOf(workload: string, name: string): Promise<NamedRoles> {
    return rolesOf(await this.#read(workload), name);
  }

  /** As last read; nothing where they were not read yet. */
  known(workload: string): WorkloadRoles | undefined {
    return this.#roles.get(workload);
  }

  /** Writes down who is in charge before a tune begins, so that nothing that it leaves half-way gets there by itself. */
  async settle(workload: string, name: string): Promise<void> {
    await this.#change(workload, async (roles) => {
      const found =
        rolesOf(roles, name).champion === null ? versionInForce(await this.#deps.models(), workload, name) : undefined;
      const change = { atSeconds: this.#deps.nowSeconds(), by: BY_HEADROOM, why: 'it was in charge' };
      return found === undefined ? roles : withChampionFound(roles, name, found, change);
    });
  }

  /** A tune goes on trial. */
  async enter(workload: string, name: string, version: string, why: string): Promise<void> {
    await this.settle(workload, name);
    await this.#change(workload, (roles) =>
      withChallenger(roles, name, { origin: 'tuned', version }, this.#by({ by: BY_HEADROOM, why }))
    );
    await this.collect(workload);
  }

  /**
   * Puts a version in charge; the challenger unless another is named.
   *
   * Throws MODEL_ROLE_VACANT, API_NOT_FOUND, MODEL_ARTEFACT_INVALID.
   */
  async promote(
    workload: string,
    name: string,
    asked: Asked & { readonly version?: ModelVersion }
  ): Promise<NamedRoles> {
    await this.settle(workload, name);
    return this.#put(workload, name, asked, async (roles) => {
      const { challenger } = rolesOf(roles, name);
      const version = asked.version ?? challenger;
      if (version === null) {
        throw new HeadroomError('MODEL_ROLE_VACANT', { role: 'challenger', name, workload });
      }
      await requireWholeVersion(await this.#deps.models(), workload, name, version);
      return withPromoted(roles, name, version, this.#by(asked));
    });
  }

  /** Puts the last good one in charge again; throws MODEL_ROLE_VACANT where there is none, MODEL_ARTEFACT_INVALID. */
  async rollBack(workload: string, name: string, asked: Asked): Promise<NamedRoles> {
    return this.#put(workload, name, asked, async (roles) => {
      const { lastGood } = rolesOf(roles, name);
      if (lastGood === null) {
        throw new HeadroomError('MODEL_ROLE_VACANT', { role: 'last good version', name, workload });
      }
      await requireWholeVersion(await this.#deps.models(), workload, name, lastGood);
      return withRolledBack(roles, name, this.#by(asked));
    });
  }

  /** A version gave nonsense and is out; another stands in already. */
  async bench(workload: string, { name, version, reason }: BenchedModel): Promise<void> {
    await this.settle(workload, name);
    const shipped = (await this.#deps.models()).shipped.find((each) => each.name === name && each.state === 'inForce');
    const spare: ModelVersion | undefined = shipped && { origin: 'shipped', version: shipped.version };
    await this.#put(workload, name, { by: BY_HEADROOM, why: reason }, (roles) =>
      withBenched(roles, name, version, this.#by({ by: BY_HEADROOM, why: reason }), spare)
    );
  }

  /** The challenger is no better and leaves. */
  async retire(workload: string, name: string, why: string): Promise<void> {
    await this.#change(workload, (roles) => withRetired(roles, name, this.#by({ by: BY_HEADROOM, why })));
    this.#tell('info', workload, `the challenger of ${name} leaves: ${why}`);
    await this.collect(workload);
  }

  /** Removes tunes without a role. */
  async collect(workload: string): Promise<readonly string[]> {
    return this.#inTurn(workload, async () =>
      collectGarbage(this.#folder(workload), await this.#read(workload), this.#deps.nowSeconds())
    );
  }

  /** Forgets a workload that is gone; its folder is somebody else's to remove. */
  forget(workload: string): void {
    this.#roles.delete(workload);
  }

  /** A change of who is in charge: kept, recorded, told, and put in force. */
  async #put(
    workload: string,
    name: string,
    asked: Asked,
    change: (roles: WorkloadRoles) => WorkloadRoles | Promise<WorkloadRoles>
  ): Promise<NamedRoles> {
    let before: NamedRoles | undefined;
    const after = rolesOf(
      await this.#change(workload, (roles) => {
        before = rolesOf(roles, name);
        return change(roles);
      }),
      name
    );
    const [event] = after.history;
    if (before === undefined || event === undefined || event === before.history[0]) {
      return after;
    }
    const isOther = !isSameVersion(before.champion, after.champion);
    const words = `${name} ${versionWords(event)} was ${WHAT[event.what]} by ${asked.by}: ${asked.why}`;
    this.#tell(event.what === 'benched' ? 'error' : 'info', workload, words);
    try {
      await this.#deps.record({ workload, name, event, before: before.champion, after: after.champion });
    } catch (error) {
      this.#tell('error', workload, `the audit did not keep it: ${(error as Error).message}`);
    }
    if (isOther) {
      await this.#deps.onChanged(workload);
    }
    return after;
  }

  #change(
    workload: string,
    change: (roles: WorkloadRoles) => WorkloadRoles | Promise<WorkloadRoles>
  ): Promise<WorkloadRoles> {
    return this.#inTurn(workload, async () => {
      const roles = await this.#read(workload);
      const next = await change(roles);
      if (next !== roles) {
        await writeRoles(this.#folder(workload), next);
        this.#roles.set(workload, next);
      }
      return next;
    });
  }

  async #read(workload: string): Promise<WorkloadRoles> {
    const known = this.#roles.get(workload);
    if (known !== undefined) {
      return known;
    }
    const { roles, problem } = await readRoles(this.#folder(workload));
    if (problem !== undefined) {
      this.#tell('warn', workload, problem);
    }
    this.#roles.set(workload, roles);
    return roles;
  }

  #inTurn<T>(workload: string, task: () => Promise<T>): Promise<T> {
    const turns = this.#turns.get(workload) ?? new Turns();
    this.#turns.set(workload, turns);
    return turns.take(task);
  }

  #by({ by, why }: Asked) {
    return { atSeconds: this.#deps.nowSeconds(), by, why };
  }

  #tell(level: FleetEvent['level'], workload: string, message: string): void {
    this.#deps.onEvent({ atSeconds: this.#deps.nowSeconds(), level, what: 'models', workload, message });
  }

  #folder(workload: string): string {
    return join(this.#deps.modelsFolder, workload);
  }
}

const WHAT: Readonly<Record<RoleEvent['what'], string>> = {
  entered: 'put on trial',
  promoted: 'promoted',
  rolledBack: 'put in charge again',
  retired: 'retired',
  benched: 'benched',
};
