import type { NeedPaths } from './needPaths.ts';

/**
 * For each window of `windowSteps` steps that touches the steps from `start` up to, not including, `end`: the largest
 * need within those steps, `[window][path]`. There are `end - start + windowSteps - 1` of them; each step is in as many
 * as a window is long.
 */
export function windowPeaks(
  { needs, pathCount }: NeedPaths,
  start: number,
  end: number,
  windowSteps: number
): Int32Array {
  if (windowSteps === 1) {
    return needs.subarray(start * pathCount, end * pathCount);
  }
  const margin = (windowSteps - 1) * pathCount;
  const windowCount = end - start + windowSteps - 1;
  const peaks = new Int32Array((end - start) * pathCount + 2 * margin);
  peaks.set(needs.subarray(start * pathCount, end * pathCount), margin);
  for (let covered = 1; covered < windowSteps;) {
    const shift = Math.min(covered, windowSteps - covered);
    raiseToLater(peaks, shift * pathCount);
    covered += shift;
  }
  return peaks.subarray(0, windowCount * pathCount);
}

function raiseToLater(values: Int32Array, shift: number): void {
  for (let i = shift; i < values.length; i++) {
    const later = values[i]!;
    if (later > values[i - shift]!) {
      values[i - shift] = later;
    }
  }
}
