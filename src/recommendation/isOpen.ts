import type { Recommendation } from '../../contract/recommendation.ts';

/** Whether a recommendation still waits for an answer; `now` in epoch seconds. */
export function isOpen({ state, expiresAt }: Pick<Recommendation, 'state' | 'expiresAt'>, now: number): boolean {
  return (state === 'proposed' || state === 'snoozed') && expiresAt > now;
}
