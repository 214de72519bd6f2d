import type { ReplayService } from './replayService.ts';

/** Guards the ceiling against the noise of floating point. */
const NOISE = 1e-9;

/** The fewest replicas that serve `demand`, within the limits; the minimum where it is missing. */
export function needOf(demand: number, { perReplica, min, max }: ReplayService): number {
  return Math.max(min, Math.min(max, Number.isNaN(demand) ? min : Math.ceil(demand / perReplica - NOISE)));
}
