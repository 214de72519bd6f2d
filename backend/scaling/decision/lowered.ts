import type { Reason } from '../../../contract/index.ts';
import { formatDuration } from '../../timeseries/index.ts';
import type { TargetState } from '../target/scaleTarget.ts';
import { askerOf } from './approvedFloor.ts';
import { cooling, frozen } from './quietTimes.ts';
import type { FloorBounds, NextFloor } from './raised.ts';
import { reachable } from './reachable.ts';
import { reasonOf } from './reasonOf.ts';
import type { Pause, ScalingSituation } from './scalingSituation.ts';

/**
 * The floor after guardrails where less is wanted than stands.
 *
 * Below the floor the reactive autoscaler decides. Where there is none, replicas go down to what the measured demand needs
 * and no further: prediction alone never scales in.
 */
export function lowered(situation: ScalingSituation, state: TargetState, pause: Pause, bounds: FloorBounds): NextFloor {
  const { nowSeconds, policy, past, wish, measured, isSloViolated, fleet } = situation;
  const standing = state.setting.floor;
  const { wanted, bottom, top } = bounds;
  const stay = (code: string, why: string, values: Readonly<Record<string, number>> = {}): NextFloor => ({
    floor: standing,
    reasons: [reasonOf(code, `Not lowered to ${String(wanted)}: ${why}`, { wanted, ...values })],
  });
  if (measured.kind === 'missing') {
    return stay('not-measured', `${measured.reason}, and what is not measured never lowers`);
  }
  if (isSloViolated) {
    return stay('slo-violated', 'the SLO is violated now');
  }
  if (pause.in) {
    return stay('paused-in', `lowering is paused (${pause.reason})`);
  }
  const freeze = frozen(policy.freezes, nowSeconds, 'in');
  if (freeze !== undefined) {
    return stay('frozen', `${freeze.name} freezes it`);
  }
  const reasons: Reason[] = [];
  const ofLate = wish.kind === 'fresh' ? Math.min(top, wish.mostOfLate) : standing;
  const reactive = state.isSoleOwner ? measured.replicas : 0;
  let floor = Math.max(wanted, ofLate, Math.min(top, reactive));
  if (ofLate > wanted) {
    reasons.push(
      reasonOf(
        'stabilization',
        `${String(ofLate)} were wanted within the last ${formatDuration(policy.stabilizationSeconds)}`,
        {
          wanted,
          ofLate,
        }
      )
    );
  }
  if (reactive > Math.max(wanted, ofLate)) {
    reasons.push(
      reasonOf('measured-need', `What is measured needs ${String(reactive)}: prediction alone never scales in`, {
        wanted,
        measured: reactive,
      })
    );
  }
  if (floor >= standing) {
    return { floor: standing, reasons };
  }
  const coolSeconds = cooling(past, nowSeconds, policy.cooldown.inSeconds, 'in');
  if (coolSeconds > 0) {
    const wait = formatDuration(Math.ceil(coolSeconds));
    return stay('cooldown', `the cooldown lasts ${wait} more`, { seconds: coolSeconds });
  }
  const most = Math.max(1, Math.ceil(policy.blastRadius.share * (fleet.others + 1)));
  if (fleet.loweredOfLate >= most) {
    const window = formatDuration(policy.blastRadius.windowSeconds);
    return stay(
      'blast-radius',
      `${String(fleet.loweredOfLate)} other workloads were lowered within ${window}, and at most ${String(most)} may be at a time`,
      { others: fleet.loweredOfLate, most }
    );
  }
  const reached = Math.max(bottom, reachable(floor, standing, nowSeconds, policy.limits, past));
  if (reached > floor) {
    reasons.push(
      reasonOf('limited', `scaling.limits let the floor fall to ${String(reached)} now`, {
        wanted: floor,
        floor: reached,
      })
    );
    floor = reached;
  }
  if (floor > bottom && standing - floor < Math.max(1, policy.worth * standing)) {
    const share = `${String(Math.round(policy.worth * 100))} %`;
    return stay('not-worth-it', `it is less than ${share} of ${String(standing)}`, { floor });
  }
  return {
    floor,
    reasons: [
      ...(floor < standing
        ? [
            reasonOf('lower', `${askerOf(wish)} asks for a floor of ${String(wanted)}, ${String(standing)} stand`, {
              wanted,
              from: standing,
              to: floor,
            }),
          ]
        : []),
      ...reasons,
    ],
  };
}
