import type { TargetState } from '../target/scaleTarget.ts';
import type { ScalingPolicy } from './scalingPolicy.ts';
import type { ScalingSituation } from './scalingSituation.ts';

export const NOW = 1_790_000_000;

export const POLICY: ScalingPolicy = {
  min: 2,
  max: 60,
  leadTimeSeconds: 180,
  cooldown: { outSeconds: 0, inSeconds: 300 },
  stabilizationSeconds: 300,
  worth: 0.1,
  freezes: [],
  handBackSeconds: 1800,
  reactiveUtilization: 0.7,
  blastRadius: { share: 0.25, windowSeconds: 600 },
};

/** An HPA that its owner lets go from 2 to 50 at 70 %, held by Headroom at `floor`. */
export function hpaState(floor: number, changes: Partial<TargetState> = {}): TargetState {
  return {
    setting: { floor, utilization: 0.7 },
    original: { floor: 2, utilization: 0.7 },
    isHeld: floor !== 2,
    ceiling: 50,
    isSoleOwner: false,
    conflicts: [],
    ...changes,
  };
}

export function freshWish(floor: number, mostOfLate = floor): ScalingSituation['wish'] {
  return { kind: 'fresh', floor, mostOfLate, issuedAtSeconds: NOW - 30 };
}

/** A floor of 10 stands; 20 are wished for, measured, nothing in the way. */
export function situationOf(changes: Partial<ScalingSituation> = {}): ScalingSituation {
  return {
    nowSeconds: NOW,
    policy: POLICY,
    wish: freshWish(20),
    measured: { kind: 'observed', replicas: 8 },
    isSloViolated: false,
    target: { kind: 'read', state: hpaState(10) },
    pause: { out: false, in: false, reason: '' },
    past: [],
    fleet: { others: 3, loweredOfLate: 0 },
    ...changes,
  };
}
