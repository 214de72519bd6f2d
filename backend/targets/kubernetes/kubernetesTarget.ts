import { HeadroomError } from '../../errors/index.ts';
import type { ScaleTarget, TargetChange, TargetPreview, TargetState } from '../../scaling/index.ts';
import { admitChange } from '../held/admitChange.ts';
import { changeOperations } from './changeOperations.ts';
import type { KubernetesAnswer, KubernetesClient } from './client.ts';
import { parseObject } from './kubernetesObject.ts';
import { NAME } from './objectName.ts';
import { readHeld, type ScaledReading } from './readHeld.ts';
import type { ObjectPlace, ScaledKind } from './scaledKind.ts';
import { specDifferences } from './specDifferences.ts';

/** An object's status changes all the time; so often a change is decided anew on what the object has become. */
const TRIES = 5;

/**
 * An object of a Kubernetes cluster with a floor. What Headroom holds, its originals and its mark are one patch, so that
 * they are there together or not at all.
 */
export class KubernetesTarget implements ScaleTarget {
  readonly kind: string;
  readonly name: string;
  readonly ability: ScaleTarget['ability'];
  readonly #kind: ScaledKind;
  readonly #place: ObjectPlace;
  readonly #path: string;
  readonly #open: () => Promise<KubernetesClient>;
  #client: Promise<KubernetesClient> | undefined;

  /** `open` is called when the target is first asked, and again where that failed. */
  constructor(
    kind: ScaledKind,
    { namespace, name }: { readonly namespace: string; readonly name: string },
    open: () => Promise<KubernetesClient>
  ) {
    this.kind = kind.kind;
    this.name = `${kind.kind} ${namespace}/${name}`;
    this.ability = kind.ability;
    this.#kind = kind;
    this.#place = { target: this.name, namespace, name };
    this.#path = `/${kind.api}/namespaces/${namespace}/${kind.plural}/${name}`;
    this.#open = open;
  }

  async read(signal: AbortSignal): Promise<TargetState> {
    const { state } = await this.#read(await this.#connect(signal), signal);
    return state;
  }

  async preview(change: TargetChange, signal: AbortSignal): Promise<TargetPreview> {
    const outcome = await this.#attempt(change, true, signal);
    const { reading } = outcome;
    const differences =
      outcome.kind === 'done' ? [] : specDifferences(reading.object.spec, outcome.answered.object.spec);
    return {
      differences,
      dryRun: {
        kind: 'accepted',
        message: outcome.kind === 'done' ? 'nothing would change' : "accepted by the API server's own dry run",
      },
      warnings: [...reading.state.conflicts, ...(outcome.kind === 'done' ? [] : outcome.warnings)],
    };
  }

  async apply(change: TargetChange, signal: AbortSignal): Promise<void> {
    await this.#attempt(change, false, signal);
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    client?.close();
    this.#client = undefined;
  }

  async #connect(signal: AbortSignal): Promise<KubernetesClient> {
    signal.throwIfAborted();
    const { target, namespace, name } = this.#place;
    if (!NAME.test(namespace) || !NAME.test(name)) {
      throw new HeadroomError('TARGET_SETTINGS_INVALID', { target, problem: 'its namespace or name is none' });
    }
    this.#client ??= this.#open();
    try {
      return await this.#client;
    } catch (error) {
      this.#client = undefined;
      throw error;
    }
  }

  async #read(client: KubernetesClient, signal: AbortSignal): Promise<ScaledReading> {
    const answer = await client.get({ target: this.name, path: this.#path, signal });
    const owner = await this.#kind.findOwner?.(client, this.#place, signal);
    return this.#reading(answer, owner);
  }

  #reading({ json }: KubernetesAnswer, owner: string | undefined): ScaledReading {
    return readHeld(this.name, this.#kind, parseObject(this.name, this.#place.name, json), owner);
  }

  async #attempt(
    change: TargetChange,
    isDryRun: boolean,
    signal: AbortSignal
  ): Promise<
    | { readonly kind: 'done'; readonly reading: ScaledReading }
    | {
        readonly kind: 'changed';
        readonly reading: ScaledReading;
        readonly answered: ScaledReading;
        readonly warnings: readonly string[];
      }
  > {
    const client = await this.#connect(signal);
    for (let attempt = 1; ; attempt++) {
      const reading = await this.#read(client, signal);
      const admitted = admitChange(this, reading.state, change);
      if (admitted.kind === 'done') {
        return { kind: 'done', reading };
      }
      const { owner } = reading.details;
      if (admitted.kind === 'hold' && owner !== undefined) {
        throw new HeadroomError('TARGET_OWNED', { target: this.name, owner });
      }
      try {
        const answer = await client.patch({
          target: this.name,
          path: this.#path,
          type: 'json',
          body: changeOperations(this.#kind, reading, admitted, change),
          isDryRun,
          signal,
        });
        const answered = this.#reading(answer, owner);
        this.#requireDone(change, reading, answered);
        return { kind: 'changed', reading, answered, warnings: answer.warnings };
      } catch (error) {
        const isOutrun = error instanceof HeadroomError && error.code === 'TARGET_CONFLICT';
        if (!isOutrun || attempt >= TRIES) {
          throw error;
        }
      }
    }
  }

  #requireDone(change: TargetChange, before: ScaledReading, { state }: ScaledReading): void {
    const isDone =
      change.set === 'original'
        ? !state.isHeld
        : state.mark?.action === change.action && state.setting.floor === change.set.floor;
    if (!isDone) {
      const reason = `it answers as if it were changed, but it is set to ${state.setting.floor} as ${
        state.setting.floor === before.state.setting.floor ? 'before' : 'nobody asked for'
      }`;
      throw new HeadroomError('TARGET_FAILED', { target: this.name, reason });
    }
  }
}
