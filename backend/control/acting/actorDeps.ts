import type { Decision } from '../../../contract/index.ts';
import type { FleetConfig } from '../../config/index.ts';
import type { ScalingDecision, TargetState } from '../../scaling/index.ts';
import type { Storage } from '../../storage/index.ts';
import type { FleetHooks } from '../fleetHooks.ts';
import type { WorkloadView } from '../fleetView.ts';
import type { ActionRecord } from './actionRecord.ts';
import type { Approval } from './approval.ts';
import type { Consent } from './consent.ts';

/** Who acts where nobody clicked. */
export const HEADROOM = 'headroom';

export interface ActorDeps {
  readonly storage: Storage;
  readonly consent: Consent;
  readonly nowSeconds: () => number;
  readonly view: () => WorkloadView | undefined;
  readonly fleet: () => FleetConfig;
  /** Other workloads that are acted on, and how many of them were lowered within the blast radius, or are just now. */
  readonly others: () => { readonly others: number; readonly loweredOfLate: number };
  readonly fence: () => number | undefined;
  /** What the storage refused the lease with, until it takes it again. */
  readonly storageProblem?: () => unknown;
  readonly hooks: Pick<FleetHooks, 'event'>;
  /** A recommendation was carried out. */
  readonly onApplied: (recommendation: string, decision: Decision) => Promise<void>;
  readonly onAction: (kind: ActionRecord['kind'], direction: ActionRecord['direction'], outcome: string) => void;
}

/** A person's click: the same key acts once. */
export interface Click {
  readonly who: string;
  readonly key: string;
}

/** How a workload's scaling stands, as the rim shows it. */
export interface ActingView {
  readonly target: { readonly kind: string; readonly name: string; readonly isExperimental: boolean };
  readonly state?: TargetState;
  /** What was decided last, in every mode. */
  readonly decision?: ScalingDecision;
  readonly decidedAt?: number;
  /** Why the target could not be read or changed, in words. */
  readonly problem?: string;
  /** Nothing new is tried before this, after a failure or a way back; in epoch seconds. */
  readonly restsUntil?: number;
  readonly isUnsure: boolean;
  readonly approval?: Approval;
  readonly isWatching: boolean;
}
