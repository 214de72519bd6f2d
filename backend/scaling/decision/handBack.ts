import type { Reason } from '../../../contract/index.ts';
import { formatDuration } from '../../timeseries/index.ts';
import type { TargetState } from '../target/scaleTarget.ts';
import { reasonOf } from './reasonOf.ts';
import type { ScalingDecision } from './scalingDecision.ts';

/**
 * How what is held goes back to its owner: the utilisation target at once, which adds capacity; the floor after `wait`
 * seconds, when the autoscaler has sized itself by its own target, or not at all for the reason given instead. Where nothing
 * else scales it, replicas stay as they are.
 */
export function handBack(state: TargetState, reason: Reason, wait: number | Reason): ScalingDecision {
  const { setting, original, isHeld, isSoleOwner } = state;
  if (!isHeld) {
    return { kind: 'hold', reasons: [reason] };
  }
  if (isSoleOwner && setting.floor !== original.floor) {
    const stays = `${String(setting.floor)} replicas stay: nothing else scales this target`;
    return { kind: 'hold', reasons: [reason, reasonOf('sole-owner', stays, { replicas: setting.floor })] };
  }
  if (typeof wait === 'number' && wait <= 0) {
    return { kind: 'giveBack', reasons: [reason] };
  }
  const { floor } = setting;
  const held =
    typeof wait === 'number'
      ? reasonOf(
          'held',
          `The floor of ${String(floor)} stands for ${formatDuration(Math.ceil(wait))} more, then goes back`,
          { floor, seconds: wait }
        )
      : wait;
  return setting.utilization === original.utilization
    ? { kind: 'hold', reasons: [reason, held] }
    : {
        kind: 'change',
        direction: 'out',
        set: {
          floor,
          ...(original.utilization === undefined ? {} : { utilization: original.utilization }),
        },
        reasons: [reason, held, reasonOf('untuned', 'The utilisation target goes back to what its owner set')],
      };
}
