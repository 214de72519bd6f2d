import { replicaStack } from '../scaling/index.ts';
import type { ReplayClock } from './replayClock.ts';
import type { ReplayPolicy } from './replayPolicy.ts';
import type { ReplayService } from './replayService.ts';

/** What a policy asked for and what served, from the first row after the warm-up on. */
export interface PolicyRun {
  /** Replicas asked for, `[tick]`. */
  readonly desired: Int32Array;
  /** Replicas asked for at the row's start, `[row]`. */
  readonly desiredAtRow: Int32Array;
  /** Replicas that serve at the row's start, `[row]`. */
  readonly readyAtRow: Int32Array;
}

/** Ticks between two looks at whether to go on. */
const TICKS_A_TURN = 4000;

/**
 * Lets a policy decide at each tick, within the limits; yields now and then. `outset` replicas stand before the first.
 *
 * What it asks for first is ready at once: every policy starts settled.
 */
export function* runPolicy(
  policy: ReplayPolicy,
  clock: ReplayClock,
  service: ReplayService,
  outset: number
): Generator<undefined, PolicyRun> {
  const { min, max, startSeconds } = service;
  const clamp = (count: number): number => Math.max(min, Math.min(max, count));
  const desired = new Int32Array(clock.tickCount);
  const desiredAtRow = new Int32Array(clock.rowCount);
  const readyAtRow = new Int32Array(clock.rowCount);
  let stack = replicaStack(startSeconds, clamp(outset));
  let row = 0;
  for (let tick = 0; tick < clock.tickCount; tick++) {
    const nowSeconds = clock.secondsAt(tick);
    const ready = stack.readyAt(nowSeconds);
    const decided = clamp(policy.decide({ nowSeconds, known: clock.knownAt(tick), current: stack.desired, ready }));
    if (tick === 0) {
      stack = replicaStack(startSeconds, decided);
    }
    stack.decide(nowSeconds, decided);
    desired[tick] = decided;
    for (; row < clock.rowCount && clock.tickOf(clock.firstRow + row) === tick; row++) {
      desiredAtRow[row] = decided;
      readyAtRow[row] = stack.readyAt(clock.rowSeconds(clock.firstRow + row));
    }
    if (tick % TICKS_A_TURN === TICKS_A_TURN - 1) {
      yield;
    }
  }
  return { desired, desiredAtRow, readyAtRow };
}
