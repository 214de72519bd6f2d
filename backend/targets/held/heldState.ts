import type { TargetSetting, TargetState } from '../../scaling/index.ts';
import type { Held } from './held.ts';

export type StateOfItsOwn = Pick<TargetState, 'ceiling' | 'replicas' | 'version' | 'paused' | 'isSoleOwner'> & {
  readonly conflicts?: readonly string[];
};

/**
 * The state of a target that is set to `now` and bears what `held` says.
 *
 * A floor that somebody set by hand meanwhile is told among the conflicts: one above ours is what the owner wants now,
 * and so the new original; one below the old original is that too.
 */
export function heldState(now: TargetSetting, held: Held | undefined, own: StateOfItsOwn): TargetState {
  const { conflicts = [], ...more } = own;
  if (held === undefined) {
    return { setting: now, original: now, isHeld: false, ...more, conflicts };
  }
  const edits = [
    ...(now.floor === held.setting.floor
      ? []
      : [`the floor that Headroom set to ${held.setting.floor} is ${now.floor}`]),
    ...(now.utilization === held.setting.utilization
      ? []
      : [
          `the utilisation that Headroom set to ${held.setting.utilization ?? 'nothing'} is ${now.utilization ?? 'none'}`,
        ]),
  ];
  return {
    setting: now,
    original: { ...held.original, floor: ownersFloor(now.floor, held) },
    isHeld: true,
    mark: { action: held.action, fence: held.fence },
    holdUntilSeconds: held.holdUntilSeconds,
    ...more,
    conflicts: [...edits, ...conflicts],
  };
}

function ownersFloor(now: number, { setting, original }: Held): number {
  return now > setting.floor ? now : Math.min(original.floor, now);
}
