import type { Reason } from '../../../contract/index.ts';
import type { TargetSetting } from '../target/scaleTarget.ts';
import type { Direction } from './scalingPolicy.ts';

/** What policy made of a situation: what should be in force, and why. */
export type ScalingDecision =
  | { readonly kind: 'hold'; readonly reasons: readonly Reason[] }
  | {
      readonly kind: 'change';
      /** `in` lowers the floor, all else is `out`. */
      readonly direction: Direction;
      readonly set: TargetSetting;
      readonly reasons: readonly Reason[];
    }
  /** Everything as its owner set it. */
  | { readonly kind: 'giveBack'; readonly reasons: readonly Reason[] };
