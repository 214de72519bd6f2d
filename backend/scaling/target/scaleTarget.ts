/** What a target is set to: the floor, and how busy its autoscaler lets replicas be. */
export interface TargetSetting {
  readonly floor: number;
  /** A share, above 1 where more than is requested can be used; absent where the target has no such thing. */
  readonly utilization?: number;
}

/** What the last change left at the target, to be recognised by: who made it, and under which fence. */
export interface TargetMark {
  /** The id of the action that made the change. */
  readonly action: string;
  /** Strictly grows from one actor to the next; a change under a lower one is refused. */
  readonly fence: number;
}

/** What a target says of itself. */
export interface TargetState {
  /** As it is set now. */
  readonly setting: TargetSetting;
  /** As its owner set it; the same as `setting` where Headroom holds nothing. */
  readonly original: TargetSetting;
  /** Whether Headroom holds it: `original` is then kept at the target itself. */
  readonly isHeld: boolean;
  /** The most replicas its owner lets it have; absent where there is no such bound. */
  readonly ceiling?: number;
  /** Replicas that there are, where it knows. */
  readonly replicas?: number;
  readonly mark?: TargetMark;
  /** Until when what Headroom holds should stand, in epoch seconds, as the last change said. */
  readonly holdUntilSeconds?: number;
  /** Changes with every write to the target; a change that expects another one is refused. */
  readonly version?: string;
  /** Directions that its owner has paused at the target itself, such as KEDA's annotations. */
  readonly paused?: { readonly out: boolean; readonly in: boolean; readonly reason: string };
  /** Whether nothing else scales it, so that its floor is its number of replicas. */
  readonly isSoleOwner: boolean;
  /** Who else writes what Headroom would write, in words. */
  readonly conflicts: readonly string[];
}

/** A change to make at a target. */
export interface TargetChange {
  /** The id of the action, by which a change made twice is made once. */
  readonly action: string;
  readonly fence: number;
  /** What to hold, or to give everything back as its owner set it. */
  readonly set: TargetSetting | 'original';
  /** The version of the state that it was decided on. */
  readonly expectedVersion?: string;
  /** Until when what is held should stand where nobody renews it, in epoch seconds: a watchdog then gives it back. */
  readonly holdUntilSeconds: number;
  /** For people who look at the target; no secret. */
  readonly reason: string;
}

export interface TargetDifference {
  /** Where, in the target's own words, such as `spec.minReplicas`. */
  readonly path: string;
  readonly before: string | number | boolean | null;
  readonly after: string | number | boolean | null;
}

/** What a change would do, asked of the target without doing it. */
export interface TargetPreview {
  /** Each field that would change, and no other; empty where nothing would. */
  readonly differences: readonly TargetDifference[];
  /** `accepted` by the target's own dry run; `unsupported` where it has none, with the reason in words. */
  readonly dryRun: { readonly kind: 'accepted' | 'unsupported'; readonly message: string };
  readonly warnings: readonly string[];
}

export interface TargetAbility {
  /** It can be read, so a change can be verified. */
  readonly reads: boolean;
  /** Its autoscaler's utilisation target can be set. */
  readonly tunesUtilization: boolean;
  readonly isExperimental: boolean;
}

/**
 * Something whose capacity can be set.
 *
 * Every method rejects with a HeadroomError of the `TARGET_` family. After TARGET_UNREACHABLE, TARGET_TIMEOUT and
 * TARGET_FAILED a change may have been made or not; after every other it was not. `apply` of an action that the target
 * bears the mark of already changes nothing and succeeds. A change under a lower fence than the target bears is refused
 * with TARGET_FENCED, one that expects another version with TARGET_CONFLICT. No change sets a floor below the owner's, where
 * something else scales the target, or above the ceiling: that is TARGET_REFUSED. No message bears a secret.
 */
export interface ScaleTarget {
  readonly kind: string;
  /** For people: `hpa shop/checkout`. */
  readonly name: string;
  readonly ability: TargetAbility;
  /** Of a target that cannot be read: what this process asked of it last. */
  read(signal: AbortSignal): Promise<TargetState>;
  preview(change: TargetChange, signal: AbortSignal): Promise<TargetPreview>;
  apply(change: TargetChange, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
