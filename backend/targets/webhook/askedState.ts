import type { TargetChange, TargetSetting, TargetState } from '../../scaling/index.ts';
import type { TargetPlace } from '../targetPlace.ts';

/** What a process asked of a target last. */
export interface Asked {
  readonly change: TargetChange;
  readonly setting: TargetSetting;
  /** It is not known whether it was done: the same action is then asked for again. */
  readonly isInDoubt: boolean;
}

/** The state of a target that cannot be read, by what was asked of it last. */
export function askedState({ min, max }: Pick<TargetPlace, 'min' | 'max'>, asked: Asked | undefined): TargetState {
  const original = { floor: min };
  const own = { original, ceiling: max, isSoleOwner: false, conflicts: [] };
  if (asked === undefined || (asked.change.set === 'original' && !asked.isInDoubt)) {
    return { setting: original, isHeld: false, ...own };
  }
  const { change, setting, isInDoubt } = asked;
  return {
    setting,
    isHeld: true,
    ...(isInDoubt ? {} : { mark: { action: change.action, fence: change.fence } }),
    holdUntilSeconds: change.holdUntilSeconds,
    ...own,
  };
}
