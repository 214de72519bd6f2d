import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalModel } from '../../forecasting/index.ts';
import { ModelShelf, type ShelvedModel } from './modelShelf.ts';

export interface ModelInventory {
  readonly shipped: readonly ShelvedModel[];
  readonly tuned: ReadonlyMap<string, readonly ShelvedModel[]>;
}

export interface ModelFolders {
  /** What Headroom ships. */
  readonly shipped: string;
  /** What was tuned: `<workload>/<name>/<version>/`. */
  readonly tuned: string;
}

/** Which learnt models a workload has: the shipped ones, each replaced by the workload's own tune where there is one. */
export class WorkloadModels {
  readonly #folders: ModelFolders | undefined;
  readonly #shelf = new ModelShelf();

  /** Without folders there are none. */
  constructor(folders: ModelFolders | undefined) {
    this.#folders = folders;
  }

  /** Those of no workload are the shipped ones. */
  async of(workload: string | undefined): Promise<LocalModel[]> {
    if (this.#folders === undefined) {
      return [];
    }
    const shipped = await this.#shelf.inForce(this.#folders.shipped);
    const tuned = workload === undefined ? [] : await this.#shelf.inForce(join(this.#folders.tuned, workload));
    const own = new Map(tuned.map((model) => [model.name, model]));
    const names = new Set([...shipped, ...tuned].map(({ name }) => name));
    return [...names].map((name) => own.get(name) ?? shipped.find((model) => model.name === name)!);
  }

  async inventory(): Promise<ModelInventory> {
    if (this.#folders === undefined) {
      return { shipped: [], tuned: new Map() };
    }
    const tuned = new Map<string, readonly ShelvedModel[]>();
    for (const workload of await readdir(this.#folders.tuned).catch(() => [] as string[])) {
      const models = await this.#shelf.models(join(this.#folders.tuned, workload));
      if (models.length > 0) {
        tuned.set(workload, models);
      }
    }
    return { shipped: await this.#shelf.models(this.#folders.shipped), tuned };
  }
}
