import type { Recommendation } from '../../../contract/index.ts';
import type { WorkloadConfig } from '../../config/index.ts';
import type { TargetSetting, TargetState } from '../../scaling/index.ts';
import { approvedFloor } from './approval.ts';

type Bounds = Pick<WorkloadConfig['scaling'], 'min' | 'max'>;

/** What approving sets: the plan's floor within the bounds of operator and owner, the owner's utilisation target. */
export function approvedSetting(
  { plan, leadTimeSeconds, proposed }: Recommendation,
  state: TargetState,
  { min, max }: Bounds,
  nowSeconds: number
): TargetSetting {
  const bottom = Math.max(min, state.isSoleOwner ? 0 : state.original.floor);
  const top = Math.max(bottom, Math.min(max, state.ceiling ?? Number.POSITIVE_INFINITY));
  const asked =
    approvedFloor({ plan, until: Number.POSITIVE_INFINITY }, nowSeconds, leadTimeSeconds) ?? proposed.replicas;
  return withUtilization(Math.max(bottom, Math.min(top, Math.ceil(asked))), state.original.utilization);
}

/**
 * What stood before, within what owner and operator allow, or the owner's own where that was it. A utilisation target
 * that was relaxed before is not relaxed again: no fresh floor carries it.
 */
export function formerSetting(
  before: TargetSetting,
  state: TargetState,
  { max }: Pick<Bounds, 'max'>
): TargetSetting | 'original' {
  const { original, ceiling, isSoleOwner, isHeld } = state;
  const bottom = isSoleOwner ? 0 : original.floor;
  const top = Math.max(bottom, Math.min(max, ceiling ?? Number.POSITIVE_INFINITY));
  const floor = Math.max(bottom, Math.min(top, before.floor));
  return floor === original.floor && isHeld && !isSoleOwner ? 'original' : withUtilization(floor, original.utilization);
}

/** A floor with a utilisation target where there is one. */
export function withUtilization(floor: number, utilization: number | undefined): TargetSetting {
  return utilization === undefined ? { floor } : { floor, utilization };
}
