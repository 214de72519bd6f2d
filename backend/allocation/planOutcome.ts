import type { NeedPaths } from './needPaths.ts';

/** What replicas over time lead to in the simulated futures. */
export interface PlanOutcome {
  /** Probability of a shortfall, `[step]`. */
  readonly probability: Float64Array;
  /** Probability of at least one over all steps. */
  readonly anyProbability: number;
  /** Expected steps with a shortfall. */
  readonly shortSteps: number;
}

/** The shortfalls of `counts` replicas, `[step]`, in the futures. */
export function planOutcome(futures: readonly NeedPaths[], counts: Int32Array): PlanOutcome {
  const probability = new Float64Array(counts.length);
  let anyProbability = 0;
  for (const { pathCount, needs, weight } of futures) {
    const isShort = new Uint8Array(pathCount);
    for (let step = 0; step < counts.length; step++) {
      const count = counts[step]!;
      let short = 0;
      for (let path = 0; path < pathCount; path++) {
        if (needs[step * pathCount + path]! > count) {
          short++;
          isShort[path] = 1;
        }
      }
      probability[step]! += (weight * short) / pathCount;
    }
    anyProbability += (weight * isShort.reduce((sum, flag) => sum + flag, 0)) / pathCount;
  }
  return {
    probability,
    anyProbability: Math.min(1, anyProbability),
    shortSteps: probability.reduce((sum, value) => sum + value, 0),
  };
}
