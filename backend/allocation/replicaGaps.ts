import type { NeedPaths } from './needPaths.ts';

/** Replicas that are missing and that are idle, each summed over the steps and expected over the futures. */
export interface ReplicaGaps {
  readonly missing: number;
  readonly idle: number;
}

/** The gaps between `counts` replicas, `[step]`, and what the futures need, whole replicas each. */
export function replicaGaps(futures: readonly NeedPaths[], counts: Int32Array): ReplicaGaps {
  let [missing, idle] = [0, 0];
  for (const { pathCount, needs, weight } of futures) {
    const share = weight / pathCount;
    for (let step = 0; step < counts.length; step++) {
      const count = counts[step]!;
      for (let i = step * pathCount; i < (step + 1) * pathCount; i++) {
        const gap = needs[i]! - count;
        missing += gap > 0 ? gap * share : 0;
        idle += gap < 0 ? -gap * share : 0;
      }
    }
  }
  return { missing, idle };
}
