import { isPresent } from '../value.ts';
import type { Group } from './groups.ts';

/**
 * The indexes of the `k` members of a group with the greatest (`sign` 1) or least (-1) values at a step, best first;
 * NaN counts as the worst, and of equals the earlier ones are taken.
 */
export function topMembers(group: Group, step: number, k: number, sign: 1 | -1): number[] {
  const heap: number[] = [];
  const key = (index: number): number => group.members[index]!.values[step]! * sign;
  const isWorse = (a: number, b: number): boolean => {
    const left = key(a);
    const right = key(b);
    if (left !== left || right !== right) {
      return left !== left && (right === right || a > b);
    }
    return left < right || (left === right && a > b);
  };
  for (let index = 0; index < group.members.length; index++) {
    if (!isPresent(group.members[index]!, step)) {
      continue;
    }
    if (heap.length < k) {
      heap.push(index);
      siftUp(heap, isWorse);
    } else if (isWorse(heap[0]!, index)) {
      heap[0] = index;
      siftDown(heap, isWorse);
    }
  }
  return heap.sort((a, b) => (isWorse(a, b) ? 1 : -1));
}

type IsWorse = (a: number, b: number) => boolean;

/** The worst stands first. */
function siftUp(heap: number[], isWorse: IsWorse): void {
  let at = heap.length - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isWorse(heap[at]!, heap[parent]!)) {
      return;
    }
    [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
    at = parent;
  }
}

function siftDown(heap: number[], isWorse: IsWorse): void {
  let at = 0;
  for (;;) {
    let worst = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && isWorse(heap[child]!, heap[worst]!)) {
        worst = child;
      }
    }
    if (worst === at) {
      return;
    }
    [heap[at], heap[worst]] = [heap[worst]!, heap[at]!];
    at = worst;
  }
}
