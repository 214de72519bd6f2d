import type { TargetSetting } from '../../scaling/index.ts';

/** What Headroom keeps at a target that it holds: what it set, under which mark, and what its owner had set. */
export interface Held {
  readonly action: string;
  readonly fence: number;
  /** As Headroom set it last. */
  readonly setting: TargetSetting;
  readonly original: TargetSetting;
  readonly holdUntilSeconds: number;
}
