/**
 * Replicas as a stack: scaling in removes the newest. One is ready `startSeconds` after the decision that asked for it.
 *
 * So as many are ready as the fewest that were asked for over the last `startSeconds`.
 */
export interface ReplicaStack {
  /** Replicas asked for. */
  readonly desired: number;
  /** How many of them serve at `seconds`, from the last decision on, if nothing more is decided. */
  readyAt(seconds: number): number;
  /** A decision; times never go back. */
  decide(nowSeconds: number, desired: number): void;
}

/** A stack whose first `initial` replicas are ready from the start. */
export function replicaStack(startSeconds: number, initial: number): ReplicaStack {
  // Rising counts with the time since when at least so many were asked for without a break.
  const counts: number[] = [initial];
  const since: number[] = [-Infinity];
  return {
    get desired() {
      return counts.at(-1)!;
    },
    readyAt(seconds) {
      for (let i = counts.length - 1; i >= 0; i--) {
        if (since[i]! + startSeconds <= seconds) {
          return counts[i]!;
        }
      }
      return 0;
    },
    decide(nowSeconds, desired) {
      if (desired > counts.at(-1)!) {
        counts.push(desired);
        since.push(nowSeconds);
        return;
      }
      while (counts.length > 1 && counts.at(-2)! >= desired) {
        counts.pop();
        since.pop();
      }
      counts[counts.length - 1] = desired;
    },
  };
}
