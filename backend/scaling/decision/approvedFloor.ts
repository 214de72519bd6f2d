import type { Reason } from '../../../contract/index.ts';
import { reasonOf } from './reasonOf.ts';
import type { ApprovedFloor, ScalingWish } from './scalingSituation.ts';

/** Who asks for the floor, in words. */
export function askerOf(wish: ScalingWish): string {
  const { approved } = wish;
  return approved !== undefined && wish.kind === 'fresh' && approved.floor >= wish.floor
    ? `What ${approved.who} approved`
    : 'The forecast';
}

/** That a person's floor stands, and until when. */
export function approvedReason({ floor, who, untilSeconds }: ApprovedFloor): Reason {
  const until = new Date(untilSeconds * 1000).toISOString().replace('.000Z', 'Z');
  return reasonOf('approved', `${who} approved a floor of ${String(floor)}, which stands until ${until}`, {
    floor,
    until: untilSeconds,
  });
}
