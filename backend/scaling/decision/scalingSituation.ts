import type { TargetState } from '../target/scaleTarget.ts';
import type { ScalingPolicy } from './scalingPolicy.ts';

/** A floor that a person approved: it stands beside whatever the forecast asks for. */
export interface ApprovedFloor {
  readonly floor: number;
  readonly who: string;
  /** Not included. */
  readonly untilSeconds: number;
}

/** What the forecast, or what a person approved, asks for. */
export type ScalingWish =
  | {
      readonly kind: 'fresh';
      /** Replicas to ask for now. */
      readonly floor: number;
      /** The most that was wished for within the stabilisation window, this one included. */
      readonly mostOfLate: number;
      readonly issuedAtSeconds: number;
      /** Counted in the floor already. */
      readonly approved?: ApprovedFloor;
      /** No fresh forecast carries the risk: the utilisation target is not relaxed. */
      readonly isUncarried?: true;
    }
  /** No forecast, an old one, one that has drifted, or a test that leaves it out: nothing is built on it. */
  | {
      readonly kind: 'lost';
      readonly code: 'no-forecast' | 'stale-forecast' | 'drift' | 'low-confidence' | 'tested';
      readonly reason: string;
      /** Since when. */
      readonly sinceSeconds: number;
      readonly approved?: ApprovedFloor;
    };

/** What is measured of the demand now: the replicas that it keeps as busy as allowed. */
export type MeasuredNeed =
  { readonly kind: 'observed'; readonly replicas: number } | { readonly kind: 'missing'; readonly reason: string };

/** Directions that people have paused. */
export interface Pause {
  readonly out: boolean;
  readonly in: boolean;
  /** Who and why, in words. */
  readonly reason: string;
}

export interface PastChange {
  readonly atSeconds: number;
  readonly from: number;
  readonly to: number;
}

/** All that a decision stands on. */
export interface ScalingSituation {
  readonly nowSeconds: number;
  readonly policy: ScalingPolicy;
  readonly wish: ScalingWish;
  readonly measured: MeasuredNeed;
  /** The SLO is missed now: nothing that would take capacity away is done. */
  readonly isSloViolated: boolean;
  /** Since when somebody else writes what Headroom would write; absent: since now. */
  readonly conflictSinceSeconds?: number;
  readonly target:
    { readonly kind: 'read'; readonly state: TargetState } | { readonly kind: 'unread'; readonly reason: string };
  readonly pause: Pause;
  /** Changes of the floor made so far, oldest first, as far back as any window looks. */
  readonly past: readonly PastChange[];
  /** Other workloads of the fleet, and how many of them were lowered within the blast radius' window. */
  readonly fleet: { readonly others: number; readonly loweredOfLate: number };
}
