import type { Window } from './window.ts';

export function countOverTime({ from, to }: Window): number {
  return to - from;
}

export function presentOverTime(): number {
  return 1;
}

export function lastOverTime({ values, to }: Window): number {
  return values[to - 1]!;
}

/** The time of the last sample, in seconds. */
export function tsOfLastOverTime({ timestamps, to }: Window): number {
  return timestamps[to - 1]! / 1000;
}

/** How often a counter fell. */
export function resets({ values, from, to }: Window): number {
  let count = 0;
  for (let i = from + 1; i < to; i++) {
    count += values[i]! < values[i - 1]! ? 1 : 0;
  }
  return count;
}

/** How often the value changed; from NaN to NaN is no change. */
export function changes({ values, from, to }: Window): number {
  let count = 0;
  for (let i = from + 1; i < to; i++) {
    const value = values[i]!;
    const previous = values[i - 1]!;
    count += value !== previous && !(value !== value && previous !== previous) ? 1 : 0;
  }
  return count;
}
