import type { TargetEntry } from '../../contract/index.ts';
import type { WorkloadConfig } from '../config/index.ts';

/** What a target is made from: its entry, and the bounds that its owner declared for it. */
export interface TargetPlace<Entry extends TargetEntry = TargetEntry> {
  readonly workload: string;
  readonly entry: Entry;
  /** `scaling.min`: the owner's floor, where the target itself tells none. */
  readonly min: number;
  /** `scaling.max`. */
  readonly max: number;
}

/** Where a workload is scaled; `undefined` where its declaration names no target. */
export function targetPlace({ name, scaling }: WorkloadConfig): TargetPlace | undefined {
  const entry = scaling.target;
  return entry && { workload: name, entry, min: scaling.min, max: scaling.max };
}
