import type { NeedPaths } from './needPaths.ts';
import type { PlanProblem } from './planProblem.ts';

/**
 * The probability of at least one shortfall in a window, averaged over the windows that a decision now can reach.
 *
 * `counts` are replicas, `[step]`. A horizon too short for one window counts as one.
 */
export function windowRisk(
  problem: Pick<PlanProblem, 'futures' | 'windowSteps' | 'firstStep'>,
  counts: Int32Array
): number {
  const { futures, windowSteps, firstStep } = problem;
  const lastStart = Math.max(firstStep, counts.length - windowSteps);
  const shortWindows = windowSteps === 1 ? shortSteps : shortInWindows;
  let risk = 0;
  for (const future of futures) {
    const short = shortWindows(future, counts, firstStep, windowSteps, lastStart);
    risk += (future.weight * short) / (future.pathCount * (lastStart - firstStep + 1));
  }
  return risk;
}

function shortSteps({ pathCount, needs }: NeedPaths, counts: Int32Array, firstStep: number): number {
  let short = 0;
  for (let step = firstStep; step < counts.length; step++) {
    const count = counts[step]!;
    for (let i = step * pathCount; i < (step + 1) * pathCount; i++) {
      short += needs[i]! > count ? 1 : 0;
    }
  }
  return short;
}

function shortInWindows(
  { pathCount, needs }: NeedPaths,
  counts: Int32Array,
  firstStep: number,
  windowSteps: number,
  lastStart: number
): number {
  const nextShort = new Int32Array(pathCount).fill(counts.length + windowSteps);
  let short = 0;
  for (let step = counts.length - 1; step >= firstStep; step--) {
    const count = counts[step]!;
    const row = step * pathCount;
    const isWindow = step <= lastStart;
    const end = step + windowSteps;
    for (let path = 0; path < pathCount; path++) {
      if (needs[row + path]! > count) {
        nextShort[path] = step;
      }
      if (isWindow && nextShort[path]! < end) {
        short++;
      }
    }
  }
  return short;
}
