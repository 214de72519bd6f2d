import type { Reason } from '../../../contract/index.ts';
import type { FreezeWindow } from '../decision/scalingPolicy.ts';
import type { Pause } from '../decision/scalingSituation.ts';
import type { RequestKind, RequestSetting, RequestState } from './requestTarget.ts';

/** What one replica should request, and between which bounds what stands need not be changed. */
export interface RequestBounds {
  readonly target: number;
  readonly lowerBound: number;
  readonly upperBound: number;
}

export interface RequestPolicy {
  readonly min: RequestSetting;
  readonly max: RequestSetting;
  /** A share of what stands. */
  readonly worth: number;
  readonly cooldownSeconds: number;
  readonly freezes: readonly FreezeWindow[];
}

/** All that a decision on requests stands on. */
export interface RequestSituation {
  readonly nowSeconds: number;
  readonly policy: RequestPolicy;
  readonly advice: Readonly<Partial<Record<RequestKind, RequestBounds>>>;
  /** Of one replica, now; absent where it is not measured. */
  readonly used: RequestSetting;
  readonly isSloViolated: boolean;
  readonly pause: Pause;
  readonly target:
    { readonly kind: 'read'; readonly state: RequestState } | { readonly kind: 'unread'; readonly reason: string };
  /** When requests were changed last. */
  readonly changedAtSeconds?: number;
}

export type RequestDecision =
  | { readonly kind: 'hold'; readonly reasons: readonly Reason[] }
  | { readonly kind: 'change'; readonly set: RequestSetting; readonly reasons: readonly Reason[] };
