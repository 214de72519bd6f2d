import type { TargetEntry } from '../../../contract/index.ts';
import type { ScaleTarget, TargetChange, TargetPreview, TargetState } from '../../scaling/index.ts';
import { admitChange } from '../held/admitChange.ts';
import type { Held } from '../held/held.ts';
import { heldState } from '../held/heldState.ts';
import { settingDifferences } from '../held/settingDifferences.ts';
import type { TargetDeps } from '../targetDeps.ts';
import type { TargetPlace } from '../targetPlace.ts';

/** Tells what it would do and remembers it, for as long as the process lives; nothing else ever changes. */
export class DryRunTarget implements ScaleTarget {
  readonly kind = 'dry-run';
  readonly name: string;
  readonly ability = { reads: true, tunesUtilization: false, isExperimental: false };
  readonly #place: TargetPlace<Extract<TargetEntry, { kind: 'dry-run' }>>;
  readonly #log: (message: string) => void;
  #held: Held | undefined;
  #version = 0;

  constructor(place: TargetPlace<Extract<TargetEntry, { kind: 'dry-run' }>>, { log }: Pick<TargetDeps, 'log'>) {
    this.name = `dry-run ${place.workload}`;
    this.#place = place;
    this.#log = log ?? (() => undefined);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection, as of every target
  async read(signal: AbortSignal): Promise<TargetState> {
    signal.throwIfAborted();
    return heldState(this.#held?.setting ?? { floor: this.#place.min }, this.#held, {
      ceiling: this.#place.max,
      version: String(this.#version),
      isSoleOwner: false,
    });
  }

  async preview(change: TargetChange, signal: AbortSignal): Promise<TargetPreview> {
    const state = await this.read(signal);
    const admitted = admitChange(this, state, change);
    return {
      differences:
        admitted.kind === 'done' ? [] : settingDifferences({ floor: 'floor' }, state.setting, admitted.setting),
      dryRun: { kind: 'accepted', message: 'this target is nothing but a dry run' },
      warnings: [],
    };
  }

  async apply(change: TargetChange, signal: AbortSignal): Promise<void> {
    const state = await this.read(signal);
    const admitted = admitChange(this, state, change);
    if (admitted.kind === 'done') {
      return;
    }
    const { action, fence, holdUntilSeconds, reason } = change;
    const { setting, original } = admitted;
    this.#held = admitted.kind === 'give back' ? undefined : { action, fence, setting, original, holdUntilSeconds };
    this.#version++;
    this.#log(
      `${this.name} would set its floor from ${state.setting.floor} to ${setting.floor} ` +
        `(${admitted.kind}, action ${action}): ${reason}`
    );
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
