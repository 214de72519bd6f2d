import type { Reason } from '../../../contract/index.ts';
import type { TargetSetting, TargetState } from '../target/scaleTarget.ts';
import { approvedReason } from './approvedFloor.ts';
import { handBack } from './handBack.ts';
import { lowered } from './lowered.ts';
import { frozen } from './quietTimes.ts';
import { raised, type NextFloor } from './raised.ts';
import { reasonOf } from './reasonOf.ts';
import type { ScalingDecision } from './scalingDecision.ts';
import type { Pause, ScalingSituation } from './scalingSituation.ts';
import { tunedUtilization } from './tunedUtilization.ts';

/**
 * What should be in force at the target now, with every reason that had a say.
 *
 * A floor is at least the operator's and the owner's, at most the operator's maximum and the owner's ceiling. It is raised
 * on a fresh forecast or what a person approved alone, and lowered on one only while demand is measured; without either it
 * stands, then goes back to its owner, the utilisation target first, but never while the SLO is violated. Nothing is decided
 * of a target that could not be read.
 */
export function decideScaling(situation: ScalingSituation): ScalingDecision {
  const { target, wish, policy } = situation;
  if (target.kind === 'unread') {
    return hold(reasonOf('target-unread', `Held: the target could not be read (${target.reason})`));
  }
  const { state } = target;
  const pause = pauseOf(situation, state);
  if (pause.out && pause.in) {
    return handBack(state, reasonOf('paused', `Given back: paused in both directions (${pause.reason})`), 0);
  }
  if (state.conflicts.length > 0) {
    const { conflictSinceSeconds: sinceSeconds = situation.nowSeconds } = situation;
    const reason = reasonOf('conflict', `Held: ${state.conflicts.join('; ')}`);
    return handBackUnlessHarmful(situation, state, reason, pause, sinceSeconds + policy.handBackSeconds);
  }
  return wish.kind === 'lost' ? lost(situation, state, wish, pause) : asked(situation, state, wish, pause);
}

function asked(
  situation: ScalingSituation,
  state: TargetState,
  wish: Extract<ScalingSituation['wish'], { kind: 'fresh' }>,
  pause: Pause
): ScalingDecision {
  const { policy } = situation;
  const bottom = Math.max(policy.min, state.isSoleOwner ? 0 : state.original.floor);
  const top = Math.max(bottom, Math.min(policy.max, state.ceiling ?? Number.POSITIVE_INFINITY));
  const wanted = Math.max(bottom, Math.min(top, wish.floor));
  const bounds = { bottom, top, wanted };
  const standing = state.setting.floor;
  const next =
    standing > top
      ? aboveMax(situation, standing, top, pause)
      : wanted > standing
        ? raised(situation, state, pause, bounds)
        : wanted < standing
          ? lowered(situation, state, pause, bounds)
          : { floor: standing, reasons: [reasonOf('as-it-is', `The floor is ${String(standing)}, as it should be`)] };
  const capped =
    wish.floor > top
      ? [
          reasonOf(
            'at-max',
            `${String(wish.floor)} replicas are needed, more than the most that are allowed (${String(top)}): a shortfall is likelier than accepted`,
            { needed: wish.floor, max: top }
          ),
        ]
      : [];
  const tuned = tunedUtilization(situation, state, pause, next.floor);
  const set: TargetSetting =
    tuned.utilization === undefined ? { floor: next.floor } : { floor: next.floor, utilization: tuned.utilization };
  const standsFor = wish.approved === undefined ? [] : [approvedReason(wish.approved)];
  const reasons = [...next.reasons, ...standsFor, ...capped, ...tuned.reasons];
  if (next.floor === standing && set.utilization === state.setting.utilization) {
    return { kind: 'hold', reasons };
  }
  if (isOriginal(set, state) && state.isHeld) {
    return { kind: 'giveBack', reasons };
  }
  return { kind: 'change', direction: next.floor < standing ? 'in' : 'out', set, reasons };
}

function lost(
  situation: ScalingSituation,
  state: TargetState,
  wish: Extract<ScalingSituation['wish'], { kind: 'lost' }>,
  pause: Pause
): ScalingDecision {
  const { policy } = situation;
  const isDistrusted = wish.code === 'drift' || wish.code === 'low-confidence' || wish.code === 'tested';
  const waitSeconds = isDistrusted
    ? Math.min(policy.handBackSeconds, Math.max(policy.stabilizationSeconds, 2 * policy.leadTimeSeconds))
    : policy.handBackSeconds;
  const reason = reasonOf(wish.code, wish.reason);
  const { approved } = wish;
  const alone = handBackUnlessHarmful(situation, state, reason, pause, wish.sinceSeconds + waitSeconds);
  if (approved === undefined) {
    return alone;
  }
  if (alone.kind !== 'giveBack' && approved.floor <= state.setting.floor) {
    return { ...alone, reasons: [...alone.reasons, approvedReason(approved)] };
  }
  const { floor } = approved;
  const issuedAtSeconds = wish.sinceSeconds;
  const persons = { kind: 'fresh', floor, mostOfLate: floor, issuedAtSeconds, approved, isUncarried: true } as const;
  const decision = asked({ ...situation, wish: persons }, state, persons, pause);
  return { ...decision, reasons: [reason, ...decision.reasons] };
}

/** A floor that is lower at its owner's stays while the SLO is violated or scaling in is paused. */
function handBackUnlessHarmful(
  { nowSeconds, isSloViolated }: ScalingSituation,
  state: TargetState,
  reason: Reason,
  pause: Pause,
  atSeconds: number
): ScalingDecision {
  const lowers = state.original.floor < state.setting.floor;
  const { floor } = state.setting;
  const stays = !lowers
    ? undefined
    : isSloViolated
      ? reasonOf('slo-violated', `The floor of ${String(floor)} stands while the SLO is violated`, { floor })
      : pause.in
        ? reasonOf('paused-in', `The floor of ${String(floor)} stands: lowering is paused (${pause.reason})`, { floor })
        : undefined;
  return handBack(state, reason, stays ?? atSeconds - nowSeconds);
}

function aboveMax({ policy, nowSeconds }: ScalingSituation, standing: number, top: number, pause: Pause): NextFloor {
  const values = { from: standing, to: top };
  const text = `The floor of ${String(standing)} is above the most that is allowed`;
  if (pause.in) {
    const stays = reasonOf('paused-in', `${text}, and stays: lowering is paused (${pause.reason})`, values);
    return { floor: standing, reasons: [stays] };
  }
  const freeze = frozen(policy.freezes, nowSeconds, 'in');
  return freeze === undefined
    ? { floor: top, reasons: [reasonOf('above-max', text, values)] }
    : { floor: standing, reasons: [reasonOf('frozen', `${text}, and stays: ${freeze.name} freezes it`, values)] };
}

/** What people paused here or at the target itself. */
function pauseOf({ pause }: ScalingSituation, { paused }: TargetState): ScalingSituation['pause'] {
  return paused === undefined
    ? pause
    : {
        out: pause.out || paused.out,
        in: pause.in || paused.in,
        reason: [pause.reason, paused.reason].filter((each) => each !== '').join('; '),
      };
}

function isOriginal({ floor, utilization }: TargetSetting, { original }: TargetState): boolean {
  return floor === original.floor && utilization === original.utilization;
}

function hold(reason: Reason): ScalingDecision {
  return { kind: 'hold', reasons: [reason] };
}
