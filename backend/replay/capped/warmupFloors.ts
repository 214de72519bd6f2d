import { seriesSlice, type Series } from '../../timeseries/index.ts';
import { nearFloors, type NearFloors } from '../nearFloors.ts';
import { replayClock, type ReplayClock } from '../replayClock.ts';
import type { ReplayService } from '../replayService.ts';

const DAY = 86_400;
const LEARNT_DAYS = 2;

/** The row from which the warm-up is decided on for practice; `firstRow` where it is too short for that. */
export function practiceRow(firstRow: number, stepSeconds: number): number {
  return Math.min(firstRow, Math.round((LEARNT_DAYS * DAY) / stepSeconds));
}

/**
 * The floors of a replay, and from the third day on those of its warm-up, forecast as if decisions had begun there; yields rows done.
 *
 * What the practice learns a risk to cost stays there: the first decision that counts is the same with and without it.
 */
export function* warmupFloors(
  trace: Series,
  clock: ReplayClock,
  service: ReplayService,
  risks: readonly number[]
): Generator<number, NearFloors> {
  const { firstRow } = clock;
  const practised = practiceRow(firstRow, trace.grid.stepSeconds);
  const floors = yield* nearFloors(trace, clock, service, risks);
  if (practised >= firstRow) {
    return floors;
  }
  const warmup = seriesSlice(trace, 0, firstRow);
  const early = yield* nearFloors(warmup, replayClock(warmup, practised, service), service, risks);
  const firstKnown = clock.knownAt(0);
  const of = (known: number): NearFloors => (known < firstKnown ? early : floors);
  return {
    risks,
    at: (known, lead, risk) => of(known).at(known, lead, risk),
    priceAt: (known, risk) => of(known).priceAt(known, risk),
  };
}
