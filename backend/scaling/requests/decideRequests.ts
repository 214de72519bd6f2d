import type { Reason } from '../../../contract/index.ts';
import { formatDuration } from '../../timeseries/index.ts';
import { frozen } from '../decision/quietTimes.ts';
import { reasonOf } from '../decision/reasonOf.ts';
import { requestObjection } from './requestObjection.ts';
import type { RequestDecision, RequestSituation } from './requestSituation.ts';
import { REQUEST_KINDS, type RequestKind, type RequestState } from './requestTarget.ts';

/**
 * What one replica should request now, with every reason that had a say.
 *
 * Within the bounds of operator and container; changed where what stands lies outside the bounds of the advice or differs
 * enough to be worth it; raised without a measurement too, lowered only with one, never below what is used, and never while
 * the SLO is violated. What its owner does not request at all is left to its owner.
 */
export function decideRequests(situation: RequestSituation): RequestDecision {
  const { target } = situation;
  if (target.kind === 'unread') {
    return hold(reasonOf('target-unread', `Held: the requests could not be read (${target.reason})`));
  }
  const { state } = target;
  if (state.conflicts.length > 0) {
    return hold(reasonOf('conflict', `Held: ${state.conflicts.join('; ')}`));
  }
  const made = REQUEST_KINDS.map((kind) => ({ kind, ...decideOne(situation, state, kind) }));
  const reasons = made.flatMap((each) => each.reasons);
  const changed = made.flatMap(({ kind, value }) => (value === undefined ? [] : [[kind, value] as const]));
  return changed.length === 0
    ? { kind: 'hold', reasons }
    : { kind: 'change', set: Object.fromEntries(changed), reasons };
}

function decideOne(
  { nowSeconds, policy, advice, used, changedAtSeconds, ...rest }: RequestSituation,
  state: RequestState,
  kind: RequestKind
): { readonly value?: number; readonly reasons: readonly Reason[] } {
  const stay = (code: string, text: string, values?: Readonly<Record<string, number>>) => ({
    reasons: [reasonOf(code, text, values)],
  });
  const asked = advice[kind];
  const standing = (state.held ?? state.setting)[kind] ?? state.setting[kind];
  if (asked === undefined) {
    return stay('no-advice', `What one replica should request of ${kind} is not known`);
  }
  if (standing === undefined) {
    return stay('not-requested', `Its owner requests nothing of ${kind}, and is left to it`);
  }
  const { [kind]: left } = state.left;
  if (left !== undefined) {
    return stay('left-alone', `The request of ${kind} is left alone: ${left}`);
  }
  const least = Math.max(policy.min[kind] ?? 0, used[kind] ?? 0);
  const most = Math.min(policy.max[kind] ?? Number.POSITIVE_INFINITY, state.limits[kind] ?? Number.POSITIVE_INFINITY);
  const wanted = Math.min(most, Math.max(least, asked.target));
  const values = { wanted, standing, target: asked.target };
  const isOutside = standing < asked.lowerBound || standing > asked.upperBound;
  if (wanted === standing || (!isOutside && Math.abs(wanted - standing) < policy.worth * standing)) {
    return stay('as-it-is', `The request of ${kind} is as it should be`, values);
  }
  const direction = wanted > standing ? 'out' : 'in';
  const objection = requestObjection({ ...rest, isMeasured: used[kind] !== undefined }, kind, direction);
  if (objection !== undefined) {
    return { reasons: [objection] };
  }
  const freeze = frozen(policy.freezes, nowSeconds, direction);
  if (freeze !== undefined) {
    return stay('frozen', `The request of ${kind} stays: ${freeze.name} freezes it`, values);
  }
  const coolSeconds =
    changedAtSeconds === undefined ? 0 : Math.min(nowSeconds, changedAtSeconds) + policy.cooldownSeconds - nowSeconds;
  const isUrgent = standing < (used[kind] ?? 0);
  if (coolSeconds > 0 && !isUrgent) {
    return stay('cooldown', `The request of ${kind} stays for ${formatDuration(Math.ceil(coolSeconds))} more`, values);
  }
  const bounded =
    wanted === asked.target
      ? ''
      : wanted === most
        ? ', as far as its limit and scaling.requests.max let it'
        : ', and never below what is used or scaling.requests.min';
  const word = direction === 'out' ? 'raise' : 'lower';
  return {
    value: wanted,
    reasons: [reasonOf(`${word}-${kind}`, `The request of ${kind} goes to what is advised${bounded}`, values)],
  };
}

function hold(reason: Reason): RequestDecision {
  return { kind: 'hold', reasons: [reason] };
}
