import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HeadroomError } from '../../errors/index.ts';
import type { LocalModel } from '../../forecasting/index.ts';
import { ModelShelf, namesIn, type Roster, type ShelvedModel } from '../tuning/modelShelf.ts';
import { versionFolders } from '../tuning/versionFolders.ts';
import { isSameVersion, NO_ROLES, rolesOf, type ModelVersion, type NamedRoles } from './roles.ts';
import { readRoles, type ReadRoles } from './rolesFile.ts';
import { trustOrder } from './trustOrder.ts';
import { watchedModel } from './watchedModel.ts';

export interface ModelInventory {
  readonly shipped: readonly ShelvedModel[];
  readonly tuned: ReadonlyMap<string, readonly ShelvedModel[]>;
  /** Who has which role, by workload. */
  readonly roles: ReadonlyMap<string, ReadRoles>;
}

export interface ModelFolders {
  /** What Headroom ships. */
  readonly shipped: string;
  /** What was tuned: `<workload>/<name>/<version>/`, and beside it who has which role. */
  readonly tuned: string;
}

/** A version of a learnt model that gave nonsense. */
export interface BenchedModel {
  readonly name: string;
  readonly version: ModelVersion;
  readonly reason: string;
}

export interface ModelsAsked {
  /** Its forecasts are looked at; told at the first that is nonsense, when another stands in already. */
  readonly onBenched?: (benched: BenchedModel) => void;
  /** This version in place of the one in charge; throws MODEL_ARTEFACT_INVALID where it is not whole. */
  readonly instead?: { readonly name: string; readonly version: ModelVersion };
}

/** Which learnt models a workload has: of each name the champion, and where it is damaged the last good one. */
export class WorkloadModels {
  readonly #folders: ModelFolders | undefined;
  readonly #shelf = new ModelShelf();

  /** Without folders there are none. */
  constructor(folders: ModelFolders | undefined) {
    this.#folders = folders;
  }

  /** Those of no workload are the shipped ones. */
  async of(workload: string | undefined, asked: ModelsAsked = {}): Promise<LocalModel[]> {
    if (this.#folders === undefined) {
      return [];
    }
    const own = workload === undefined ? undefined : join(this.#folders.tuned, workload);
    const { roles } = own === undefined ? { roles: NO_ROLES } : await readRoles(own);
    const names = new Set([...(await namesIn(this.#folders.shipped)), ...(own === undefined ? [] : await namesIn(own))]);
    const models: LocalModel[] = [];
    for (const name of [...names].sort()) {
      const model =
        asked.instead?.name === name
          ? await this.#instead(workload, asked.instead.name, asked)
          : await this.#inCharge(workload, name, rolesOf(roles, name), asked);
      if (model !== undefined) {
        models.push(model);
      }
    }
    return models;
  }

  async inventory(): Promise<ModelInventory> {
    if (this.#folders === undefined) {
      return { shipped: [], tuned: new Map(), roles: new Map() };
    }
    const { shipped: shippedFolder, tuned: tunedFolder } = this.#folders;
    await this.#shelf.tidy();
    const shipped = await this.#shelf.models(shippedFolder);
    const tuned = new Map<string, readonly ShelvedModel[]>();
    const roles = new Map<string, ReadRoles>();
    for (const workload of await readdir(tunedFolder).catch(() => [] as string[])) {
      const own = join(tunedFolder, workload);
      const read = await readRoles(own);
      const models = await this.#shelf.models(own, (name, versions) =>
        rosterOf(rolesOf(read.roles, name), name, versions, shipped)
      );
      if (models.length > 0) {
        tuned.set(workload, models);
      }
      if (Object.keys(read.roles.models).length > 0 || read.problem !== undefined) {
        roles.set(workload, read);
      }
    }
    return { shipped, tuned, roles };
  }

  async #inCharge(
    workload: string | undefined,
    name: string,
    roles: NamedRoles,
    { onBenched }: ModelsAsked
  ): Promise<LocalModel | undefined> {
    const order = trustOrder(roles, await this.#versions(workload, name));
    for (const [place, version] of order.entries()) {
      const model = await this.#model(workload, name, version);
      if (model !== undefined) {
        return onBenched === undefined
          ? model
          : watchedModel(model, this.#standIn(workload, model, name, order.slice(place + 1)), (reason) => {
              onBenched({ name, version, reason });
            });
      }
    }
    return undefined;
  }

  async #instead(
    workload: string | undefined,
    name: string,
    { instead, onBenched }: ModelsAsked
  ): Promise<LocalModel> {
    const { version } = instead!;
    const model = await this.#model(workload, name, version);
    if (model === undefined) {
      throw new HeadroomError('MODEL_ARTEFACT_INVALID', {
        folder: this.#folderOf(workload, name, version),
        reason: 'it is missing or damaged',
      });
    }
    return onBenched === undefined
      ? model
      : watchedModel(model, undefined, (reason) => {
          onBenched({ name, version, reason });
        });
  }

  /** What stands in is loaded when it has to. */
  #standIn(
    workload: string | undefined,
    model: LocalModel,
    name: string,
    order: readonly ModelVersion[]
  ): LocalModel | undefined {
    return order.length === 0
      ? undefined
      : {
          ...model,
          fit: async (history, options) => {
            for (const version of order) {
              const found = await this.#model(workload, name, version);
              if (found !== undefined) {
                return found.fit(history, options);
              }
            }
            throw new Error(`${name} is benched and nothing that is whole stands in`);
          },
        };
  }

  async #versions(workload: string | undefined, name: string): Promise<ModelVersion[]> {
    const { shipped, tuned } = this.#folders!;
    const there = (await versionFolders(join(shipped, name))).map((version) => ({ origin: 'shipped' as const, version }));
    const own = workload === undefined ? [] : await versionFolders(join(tuned, workload, name));
    return [...there, ...own.map((version) => ({ origin: 'tuned' as const, version }))];
  }

  #model(workload: string | undefined, name: string, version: ModelVersion): Promise<LocalModel | undefined> {
    return this.#shelf.model(this.#folderOf(workload, name, version), name);
  }

  #folderOf(workload: string | undefined, name: string, { origin, version }: ModelVersion): string {
    const { shipped, tuned } = this.#folders!;
    return origin === 'shipped' ? join(shipped, name, version) : join(tuned, workload ?? '', name, version);
  }
}

/** What is told of a workload's own tunes of a name; none of them is in force where a whole shipped one is. */
function rosterOf(
  roles: NamedRoles,
  name: string,
  versions: readonly string[],
  shipped: readonly ShelvedModel[]
): Roster {
  const whole = shipped.filter((each) => each.name === name && each.state !== 'refused');
  const there: ModelVersion[] = [
    ...whole.map(({ version }) => ({ origin: 'shipped' as const, version })),
    ...versions.map((version) => ({ origin: 'tuned' as const, version })),
  ];
  const order = trustOrder(roles, there);
  const first = order.findIndex(({ origin }) => origin === 'shipped');
  const states = new Map<string, 'challenger' | 'benched'>();
  for (const version of versions) {
    const own = { origin: 'tuned' as const, version };
    if (isSameVersion(roles.challenger, own)) {
      states.set(version, 'challenger');
    } else if (roles.benched.some((each) => isSameVersion(each, own))) {
      states.set(version, 'benched');
    }
  }
  return { order: (first < 0 ? order : order.slice(0, first)).map(({ version }) => version), states };
}
