import type { LocalModel } from '../../forecasting/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { neuralModelBy, readArtefact, SharedCalls, type Manifest, type RunWindows } from '../../neural/index.ts';

/** By what `model.onnx` weighs; in memory it is about twice as much. Some 25 of the shipped size. */
const MOST_BYTES = 128 * 2 ** 20;

interface Network {
  readonly manifest: Manifest;
  readonly bytes: number;
  readonly calls: SharedCalls;
  readonly release: () => Promise<void>;
}

interface Held {
  /** `undefined` where the artefact is not whole. */
  readonly network: Promise<Network | undefined>;
  bytes: number;
  /** Calls under way. */
  users: number;
}

/** What was made of a folder whose files had this stamp; no model where it is not whole. */
interface Known {
  readonly stamp: string;
  readonly name: string;
  readonly model: LocalModel | undefined;
}

/**
 * Networks in memory, those that were used last, up to a weight. What is fitted with one keeps none of it: it is read
 * again where it was let go of, so that a fleet of tuned workloads takes no more memory than a few.
 */
export class LoadedNetworks {
  readonly #mostBytes: number;
  /** The one used last comes last. */
  readonly #held = new Map<string, Held>();
  /** What forecasts by them, which weighs next to nothing. */
  readonly #models = new Map<string, Known>();

  constructor(mostBytes = MOST_BYTES) {
    this.#mostBytes = mostBytes;
  }

  /** What is held weighs. */
  get bytes(): number {
    return [...this.#held.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Of which something is held. */
  folders(): readonly string[] {
    return [...new Set([...this.#models.keys(), ...this.#held.keys()])];
  }

  /** The model in a folder whose files have this stamp; `undefined` where it is not whole. */
  async model(folder: string, name: string, stamp: string): Promise<LocalModel | undefined> {
    const known = this.#models.get(folder);
    if (known?.stamp === stamp && known.name === name) {
      return known.model;
    }
    this.forget(folder);
    const network = await this.#use(folder, (own) => Promise.resolve(own));
    const model = network?.manifest.name === name ? neuralModelBy(network.manifest, this.#runIn(folder)) : undefined;
    this.#models.set(folder, { stamp, name, model });
    return model;
  }

  /** Lets go of one that is gone or was changed. */
  forget(folder: string): void {
    this.#models.delete(folder);
    this.#drop(folder);
  }

  /** Lets go of its network, once its calls are over. */
  #drop(folder: string): void {
    const held = this.#held.get(folder);
    this.#held.delete(folder);
    if (held?.users === 0) {
      release(held);
    }
  }

  #runIn(folder: string): RunWindows {
    return (batch) =>
      this.#use(folder, (network) => {
        if (network === undefined) {
          throw new HeadroomError('MODEL_ARTEFACT_INVALID', { folder, reason: 'it is missing or damaged' });
        }
        return network.calls.run(batch);
      });
  }

  async #use<T>(folder: string, work: (network: Network | undefined) => Promise<T>): Promise<T> {
    const held = this.#held.get(folder) ?? { network: load(folder), bytes: 0, users: 0 };
    this.#held.delete(folder);
    this.#held.set(folder, held);
    held.users++;
    try {
      const network = await held.network;
      held.bytes = network?.bytes ?? 0;
      return await work(network);
    } finally {
      held.users--;
      if (this.#held.get(folder) !== held && held.users === 0) {
        release(held);
      }
      this.#lighten();
    }
  }

  /** Lets go of those that were not used for the longest time and are not in use. */
  #lighten(): void {
    let bytes = this.bytes;
    for (const [folder, held] of this.#held) {
      if (bytes <= this.#mostBytes) {
        return;
      }
      if (held.users === 0) {
        bytes -= held.bytes;
        this.#drop(folder);
      }
    }
  }
}

async function load(folder: string): Promise<Network | undefined> {
  try {
    const { manifest, model, session } = await readArtefact(folder);
    const calls = new SharedCalls(session);
    return { manifest, bytes: model.byteLength, calls, release: () => session.release() };
  } catch {
    return undefined;
  }
}

/** At once, not when memory is collected: what a session holds is not counted there. */
function release({ network }: Held): void {
  void network.then((own) => own?.release());
}
