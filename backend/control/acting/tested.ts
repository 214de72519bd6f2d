import type { MeasuredNeed, ScalingPolicy, TargetState } from '../../scaling/index.ts';
import type { WorkloadView } from '../fleetView.ts';
import type { PresentWish } from './wishOf.ts';

function policyTested({ tested }: WorkloadView) {
  return tested !== undefined && 'policy' in tested.setting ? tested.setting.policy : undefined;
}

/** The operator's policy without what a test leaves out: it may take a freedom away, and never gives one. */
export function testedPolicy(view: WorkloadView, policy: ScalingPolicy): ScalingPolicy {
  if (policyTested(view) === undefined) {
    return policy;
  }
  const untuned: { -readonly [Key in keyof ScalingPolicy]: ScalingPolicy[Key] } = { ...policy };
  delete untuned.tuning;
  return untuned;
}

/**
 * What is wished for where a test leaves a workload to its reactive autoscaler: nothing, so that what is held goes back
 * as after a drift. It stays where nothing else scales the target and while demand is not measured.
 */
export function testedWish(
  view: WorkloadView,
  wish: PresentWish,
  measured: MeasuredNeed,
  state: Pick<TargetState, 'isSoleOwner'> | undefined
): PresentWish {
  const isLeft = policyTested(view) === 'hpa' && measured.kind === 'observed' && state?.isSoleOwner === false;
  return isLeft && wish.kind === 'fresh'
    ? { kind: 'lost', code: 'tested', reason: 'Left to the reactive autoscaler: a test compares what it does alone' }
    : wish;
}
