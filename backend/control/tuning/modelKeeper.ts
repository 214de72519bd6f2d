import type { ModelInventory } from '../../learning/index.ts';

/** What is known of the learnt models: as they are when asked, and as they were when last asked. */
export class ModelKeeper {
  readonly #read: () => Promise<ModelInventory>;
  #last: ModelInventory = { shipped: [], tuned: new Map(), roles: new Map() };

  constructor(read: () => Promise<ModelInventory>) {
    this.#read = read;
  }

  get last(): ModelInventory {
    return this.#last;
  }

  async now(): Promise<ModelInventory> {
    this.#last = await this.#read();
    return this.#last;
  }
}
