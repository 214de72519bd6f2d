import type { DriftBlock } from './driftBlock.ts';
import type { DriftState, Shift, WatchedShift } from './driftState.ts';
import { STEADY, type DriftVerdict } from './driftVerdict.ts';
import { shiftSize } from './shiftSize.ts';

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;
/** What has ended by then was a spike. */
export const CONFIRM_SECONDS = 3 * HOUR_SECONDS;
/** A shift of which so much is left stands. */
const STANDING = 0.4;
const AGREES = 0.5;
const LONGEST_SECONDS = 2 * DAY_SECONDS;
const ENDED_BLOCKS = 2;
const REVERSED_BLOCKS = 3;

export interface WatchResult {
  readonly verdict: DriftVerdict;
  readonly watched: WatchedShift | null;
  readonly confirmed?: Shift;
}

/** An alarm becomes a suspicion, where six-hours-old forecasts were off to the same side. */
export function suspect(blocks: readonly DriftBlock[], evidence: DriftVerdict['evidence']): WatchResult | undefined {
  const last = blocks.at(-1)!;
  const off = last.far?.[1] ?? last.near?.[1] ?? 0;
  const sign = off < 0 ? -1 : 1;
  if (Math.abs(off) < AGREES || sign * (last.near?.[1] ?? off) < 0) {
    return undefined;
  }
  let first = blocks.length - 1;
  while (
    first > 0 &&
    blocks.length - first < 6 &&
    sign * (blocks[first - 1]!.far?.[1] ?? 0) >= AGREES * Math.abs(off)
  ) {
    first--;
  }
  const sinceSeconds = blocks[first]!.startSeconds;
  const watched: WatchedShift = { sign, strength: Math.abs(off) };
  const size = shiftSize(blocks, sinceSeconds);
  return { verdict: { kind: 'levelShift', isConfirmed: false, sinceSeconds, size, evidence }, watched };
}

/** What has become of a shift after one more block: it ended (a spike), lasted (confirmed), was learnt, or turned round. */
export function watchShift(state: DriftState, blocks: readonly DriftBlock[], watched: WatchedShift): WatchResult {
  const { verdict } = state;
  const sinceSeconds = verdict.sinceSeconds ?? blocks.at(-1)!.startSeconds;
  const untilSeconds = blocks.at(-1)!.startSeconds + state.blockSeconds;
  const off = blocks.map(({ far }) => (far === null ? null : watched.sign * far[1]));
  const isOver = (count: number, test: (each: number) => boolean): boolean => {
    const last = off.slice(-count);
    return last.length === count && last.every((each) => each !== null && test(each));
  };
  const quiet: WatchResult = { verdict: STEADY, watched: null };
  if (verdict.isConfirmed && isOver(REVERSED_BLOCKS, (each) => each < -STANDING * watched.strength)) {
    return turned(state, blocks, watched);
  }
  if (isOver(ENDED_BLOCKS, (each) => each < STANDING * watched.strength)) {
    return quiet;
  }
  if (untilSeconds - sinceSeconds > LONGEST_SECONDS) {
    return quiet;
  }
  const known = off.filter((_, index) => blocks[index]!.startSeconds >= sinceSeconds).filter((each) => each !== null);
  const stands = known.filter((each) => each >= STANDING * watched.strength).length;
  const size = shiftSize(blocks, sinceSeconds) ?? verdict.size;
  const lasts = untilSeconds - sinceSeconds >= CONFIRM_SECONDS && known.length >= 2 && stands >= 0.7 * known.length;
  if (verdict.isConfirmed || !lasts || size === null || !('offset' in size)) {
    return { verdict: verdict.isConfirmed ? verdict : { ...verdict, size }, watched };
  }
  return {
    verdict: { ...verdict, isConfirmed: true, size },
    watched,
    confirmed: { atSeconds: sinceSeconds, ...size },
  };
}

/** It has gone back, or beyond: a shift of its own, which has lasted already. */
function turned(state: DriftState, blocks: readonly DriftBlock[], watched: WatchedShift): WatchResult {
  const sinceSeconds = blocks.at(-REVERSED_BLOCKS)!.startSeconds;
  const size = shiftSize(blocks, sinceSeconds);
  return size === null
    ? { verdict: STEADY, watched: null }
    : {
        verdict: { ...state.verdict, sinceSeconds, size },
        watched: { ...watched, sign: watched.sign === 1 ? -1 : 1 },
        confirmed: { atSeconds: sinceSeconds, ...size },
      };
}
