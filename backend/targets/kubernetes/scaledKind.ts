import type { ScaleTarget, TargetState } from '../../scaling/index.ts';
import type { KubernetesClient } from './client.ts';
import type { KubernetesObject } from './kubernetesObject.ts';

/** An object in a namespace. */
export interface ObjectPlace {
  /** For messages: `hpa shop/checkout`. */
  readonly target: string;
  readonly namespace: string;
  readonly name: string;
}

/** What an object says beside its floor. */
export interface ScaledDetails {
  readonly ceiling?: number;
  readonly replicas?: number;
  /** Where its autoscaler's utilisation stands, as JSON Pointer, in whole percents. */
  readonly utilization?: {
    readonly pointer: string;
    readonly percent: number;
    /** Whether it is written as a text. */
    readonly isText?: boolean;
  };
  readonly paused?: NonNullable<TargetState['paused']>;
  readonly conflicts?: readonly string[];
  /** Who undoes within seconds what is set here; then nothing may be set. */
  readonly owner?: string;
}

/** A kind of Kubernetes object with a floor, as far as kinds differ. */
export interface ScaledKind {
  readonly kind: string;
  /** `apis/autoscaling/v2`, without slashes around it. */
  readonly api: string;
  /** `horizontalpodautoscalers`. */
  readonly plural: string;
  readonly ability: ScaleTarget['ability'];
  /** Its field in `spec`, the last part of its annotations' names, and what Kubernetes takes where it is missing. */
  readonly floor: { readonly field: string; readonly annotation: string; readonly byDefault: number };
  readonly isSoleOwner: boolean;
  /** Throws TARGET_FAILED where the object is none of this kind. */
  describe(target: string, object: KubernetesObject): ScaledDetails;
  /** Who else scales it, asked of the API server; absent where the object itself tells. */
  findOwner?(client: KubernetesClient, place: ObjectPlace, signal: AbortSignal): Promise<string | undefined>;
}
