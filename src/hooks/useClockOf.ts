import { useNow } from './useNow';

/** The present by somebody else's clock, in epoch seconds: it read `now` when this one read `readAtMs`. */
export function useClockOf(now: number, readAtMs: number, intervalMs: number): number {
  return now + Math.max(0, useNow(intervalMs) - readAtMs) / 1000;
}
