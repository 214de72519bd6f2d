import type { NeedPaths } from '../needPaths.ts';

/** A reactive autoscaler above a floor. */
export interface Reactive {
  readonly targetUtilization: number;
  /** From a need to replicas that serve it: how late it is seen, and the start. */
  readonly delaySeconds: number;
  readonly downStabilizationSeconds: number;
}

/**
 * Replicas that a reactive autoscaler alone would have ready, `[step][path]`: what the needs of a while ago asked for at
 * its target, falling only after its window; before the first need can be answered those of now.
 */
export function reactiveCounts(
  { needs, pathCount, stepCount }: NeedPaths,
  { targetUtilization, delaySeconds, downStabilizationSeconds }: Reactive,
  { current, min, max, stepSeconds }: { current: number; min: number; max: number; stepSeconds: number }
): Int32Array {
  const delay = Math.max(1, Math.ceil(delaySeconds / stepSeconds - 1e-9));
  const held = Math.ceil(downStabilizationSeconds / stepSeconds - 1e-9);
  const counts = new Int32Array(needs.length);
  for (let step = 0; step < stepCount; step++) {
    for (let path = 0; path < pathCount; path++) {
      let most = step - delay - held < 0 ? current : 0;
      for (let seen = Math.max(0, step - delay - held); seen <= step - delay; seen++) {
        most = Math.max(most, Math.min(max, Math.ceil(needs[seen * pathCount + path]! / targetUtilization - 1e-9)));
      }
      counts[step * pathCount + path] = Math.max(min, most);
    }
  }
  return counts;
}
