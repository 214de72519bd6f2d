/** What some paths said about shortfalls; arrays are `[0 ... stepCount]`, index 0 being the cutoff. */
export interface ShortfallRisk {
  /** At each instant; NaN at the cutoff. */
  readonly probability: Float64Array;
  /** For each window, at least one shortfall in (t, t + window]; NaN where the steps do not reach. */
  readonly window: readonly Float64Array[];
  /** At least one over all steps. */
  readonly anyProbability: number;
  /** Expected steps with a shortfall. */
  readonly expectedSteps: number;
}

/** Counts shortfalls path by path. */
export interface ShortfallCounter {
  /** Adds one path: `isShort` is `[step]`, 1 where demand is above usable capacity. */
  add(isShort: Uint8Array, weight?: number): void;
  risk(): ShortfallRisk;
}

/** Makes a counter over `stepCount` steps for windows of `windowSteps` steps; a window of 0 steps is never known. */
export function shortfallCounter(stepCount: number, windowSteps: readonly number[]): ShortfallCounter {
  const counts = new Float64Array(stepCount + 1);
  const changes = windowSteps.map(() => new Float64Array(stepCount + 2));
  let total = 0;
  let anyCount = 0;
  return {
    add(isShort, weight = 1) {
      total += weight;
      let before = 0;
      for (let step = 1; step <= stepCount; step++) {
        if (isShort[step - 1] === 0) {
          continue;
        }
        counts[step]! += weight;
        for (let w = 0; w < windowSteps.length; w++) {
          const change = changes[w]!;
          change[Math.max(before, step - windowSteps[w]!)]! += weight;
          change[step]! -= weight;
        }
        before = step;
      }
      anyCount += before > 0 ? weight : 0;
    },
    risk() {
      const probability = counts.map((count, index) => (index === 0 ? Number.NaN : count / total));
      return {
        probability,
        window: changes.map((change, w) => runningShare(change, total, windowSteps[w]!, stepCount)),
        anyProbability: anyCount / total,
        expectedSteps: counts.reduce((sum, count) => sum + count, 0) / total,
      };
    },
  };
}

function runningShare(change: Float64Array, total: number, steps: number, stepCount: number): Float64Array {
  let covered = 0;
  return Float64Array.from({ length: stepCount + 1 }, (_, index) => {
    covered += change[index]!;
    return steps < 1 || index + steps > stepCount ? Number.NaN : Math.min(1, Math.max(0, covered / total));
  });
}
