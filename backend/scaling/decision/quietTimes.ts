import type { Direction, FreezeWindow } from './scalingPolicy.ts';
import type { PastChange } from './scalingSituation.ts';

/** The window that freezes a direction now, if any. */
export function frozen(
  windows: readonly FreezeWindow[],
  nowSeconds: number,
  direction: Direction
): FreezeWindow | undefined {
  return windows.find(
    (window) =>
      window.startSeconds <= nowSeconds &&
      nowSeconds < window.endSeconds &&
      (window.direction === 'both' || window.direction === direction)
  );
}

/**
 * Seconds that the cooldown of a direction still lasts; at most 0 where it is over.
 *
 * After any change nothing is lowered, after a raise nothing is raised: a raise never waits for a lowering. A change in
 * the future, where the clock has jumped back, counts as made now.
 */
export function cooling(
  past: readonly PastChange[],
  nowSeconds: number,
  cooldownSeconds: number,
  direction: Direction
): number {
  const last = past.findLast(({ from, to }) => from !== to && (direction === 'in' || to > from));
  return last === undefined ? 0 : Math.min(last.atSeconds, nowSeconds) + cooldownSeconds - nowSeconds;
}
