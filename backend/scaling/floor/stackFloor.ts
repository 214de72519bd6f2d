import type { ReplicaStack } from '../replicaStack.ts';

/** A row that a decision bears on. */
export interface RowNeed {
  readonly startSeconds: number;
  /** Replicas that it should find. */
  readonly replicas: number;
}

/**
 * The least floor now: what the rows call for that can still be reached, and of what was asked for before as much as the
 * nearer rows need.
 *
 * `rows` are those from the present one to the last whose chance passes with this decision; a later one can wait.
 */
export function stackFloor(
  rows: Iterable<RowNeed>,
  nowSeconds: number,
  startSeconds: number,
  stack: ReplicaStack
): number {
  let floor = 0;
  for (const { startSeconds: rowSeconds, replicas } of rows) {
    const isReachable = rowSeconds >= nowSeconds + startSeconds;
    floor = Math.max(
      floor,
      isReachable ? replicas : Math.min(replicas, stack.readyAt(Math.max(nowSeconds, rowSeconds)))
    );
  }
  return floor;
}
