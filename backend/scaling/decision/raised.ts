import type { Reason } from '../../../contract/index.ts';
import { formatDuration } from '../../timeseries/index.ts';
import type { TargetState } from '../target/scaleTarget.ts';
import { askerOf } from './approvedFloor.ts';
import { cooling, frozen } from './quietTimes.ts';
import { reachable } from './reachable.ts';
import { reasonOf } from './reasonOf.ts';
import type { Pause, ScalingSituation } from './scalingSituation.ts';

export interface FloorBounds {
  readonly bottom: number;
  readonly top: number;
  /** Between them. */
  readonly wanted: number;
}

export interface NextFloor {
  readonly floor: number;
  readonly reasons: readonly Reason[];
}

/** The floor after guardrails where more is wanted than stands. */
export function raised(
  situation: ScalingSituation,
  { setting }: TargetState,
  pause: Pause,
  bounds: FloorBounds
): NextFloor {
  const { nowSeconds, policy, past } = situation;
  const standing = setting.floor;
  const { wanted, bottom } = bounds;
  const stay = (reason: Reason): NextFloor => ({ floor: standing, reasons: [reason] });
  if (pause.out) {
    return stay(
      reasonOf('paused-out', `Not raised to ${String(wanted)}: raising is paused (${pause.reason})`, { wanted })
    );
  }
  const freeze = frozen(policy.freezes, nowSeconds, 'out');
  if (freeze !== undefined) {
    return stay(reasonOf('frozen', `Not raised to ${String(wanted)}: ${freeze.name} freezes it`, { wanted }));
  }
  const coolSeconds = cooling(past, nowSeconds, policy.cooldown.outSeconds, 'out');
  if (coolSeconds > 0) {
    const wait = formatDuration(Math.ceil(coolSeconds));
    return stay(
      reasonOf('cooldown', `Not raised to ${String(wanted)} for ${wait} more: the cooldown after the last raise`, {
        wanted,
        seconds: coolSeconds,
      })
    );
  }
  const reasons: Reason[] = [];
  let floor = wanted;
  const { budget } = policy;
  if (budget !== undefined && floor * budget.replicaHour > budget.costHourly) {
    const paid = Math.floor(budget.costHourly / budget.replicaHour + 1e-9);
    floor = Math.max(standing, bottom, Math.min(floor, paid));
    reasons.push(
      reasonOf('budget', `${String(wanted)} replicas would cost more than the budget: it pays for ${String(paid)}`, {
        wanted,
        paid,
        costHourly: budget.costHourly,
      })
    );
  }
  const reached = Math.max(bottom, reachable(floor, standing, nowSeconds, policy.limits, past));
  if (reached < floor) {
    reasons.push(
      reasonOf('limited', `scaling.limits let the floor rise to ${String(reached)} now, ${String(floor)} are wanted`, {
        wanted: floor,
        floor: reached,
      })
    );
  }
  return {
    floor: reached,
    reasons: [
      ...(reached > standing
        ? [
            reasonOf(
              'raise',
              `${askerOf(situation.wish)} asks for a floor of ${String(wanted)}, ${String(standing)} stand`,
              {
                wanted,
                from: standing,
                to: reached,
              }
            ),
          ]
        : []),
      ...reasons,
    ],
  };
}
