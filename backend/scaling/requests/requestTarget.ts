import type { TargetMark, TargetPreview } from '../target/scaleTarget.ts';

export const REQUEST_KINDS = ['cpu', 'memory'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** What one replica requests: cores of cpu, bytes of memory; absent where it requests nothing of it. */
export type RequestSetting = Readonly<Partial<Record<RequestKind, number>>>;

/** What a target says of its requests. */
export interface RequestState {
  /** As every replica has it: the least among them. */
  readonly setting: RequestSetting;
  /** As its owner set it; the same as `setting` where Headroom holds nothing. */
  readonly original: RequestSetting;
  readonly isHeld: boolean;
  /** What Headroom holds, also for replicas that do not have it yet. */
  readonly held?: RequestSetting;
  /** No request may be above. */
  readonly limits: RequestSetting;
  readonly replicas: {
    readonly total: number;
    /** That do not have yet what is held. */
    readonly behind: number;
    /** Whose node has no room for what is held, now or ever. */
    readonly refused: readonly string[];
  };
  /** Whether a change can be made at all, and why not. */
  readonly way: { readonly kind: 'resize' | 'rollout' } | { readonly kind: 'none'; readonly reason: string };
  /** Why one of the two is left alone. */
  readonly left: Readonly<Partial<Record<RequestKind, string>>>;
  readonly mark?: TargetMark;
  /** Changes with every write of its owner's or Headroom's. */
  readonly version: string;
  /** Who else writes what Headroom would write, in words. */
  readonly conflicts: readonly string[];
}

export interface RequestChange {
  /** The id of the action, by which a change made twice is made once. */
  readonly action: string;
  readonly fence: number;
  /** What to hold, the rest as it stands, or everything as its owner set it. */
  readonly set: RequestSetting | 'original';
  readonly expectedVersion?: string;
  /** For people who look at the target; no secret. */
  readonly reason: string;
}

/**
 * Something whose replicas' requests can be set.
 *
 * Errors are those of `ScaleTarget`, and so is the law: the same action twice acts once, and makes up for replicas that do
 * not have yet what is held; a lower fence is TARGET_FENCED, another version TARGET_CONFLICT; what is above a limit, no
 * positive number, left alone (`left`), or has no way (`way`) is TARGET_REFUSED. Giving back leaves nothing of Headroom's.
 */
export interface RequestTarget {
  readonly kind: string;
  /** For people: `deployment shop/checkout`. */
  readonly name: string;
  read(signal: AbortSignal): Promise<RequestState>;
  preview(change: RequestChange, signal: AbortSignal): Promise<TargetPreview>;
  apply(change: RequestChange, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
