import type { TargetSetting, TargetState } from '../../scaling/index.ts';
import type { Held } from './held.ts';

export type StateOfItsOwn = Pick<TargetState, 'ceiling' | 'replicas' | 'version' | 'paused' | 'isSoleOwner'> & {
  readonly conflicts?: readonly string[];
};

/**
 * The state of a target that is set to `now` and bears what `held` says.
 *
 * What somebody set by hand meanwhile is told among the conflicts, and is what the owner wants now: the new original.
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
    original: ownersSetting(now, held),
    isHeld: true,
    mark: { action: held.action, fence: held.fence },
    holdUntilSeconds: held.holdUntilSeconds,
    ...more,
    conflicts: [...edits, ...conflicts],
  };
}

function ownersSetting(now: TargetSetting, { setting, original }: Held): TargetSetting {
  const utilization = now.utilization === setting.utilization ? original.utilization : now.utilization;
  return {
    floor: now.floor === setting.floor ? original.floor : now.floor,
    ...(utilization === undefined ? {} : { utilization }),
  };
}
