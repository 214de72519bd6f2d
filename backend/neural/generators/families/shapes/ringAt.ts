import { RING_KNOTS } from './ring.ts';

/** The value of a ring at a phase of 0 up to 1, linear between its knots. */
export function ringAt(ring: Float64Array, phase: number): number {
  const place = phase * RING_KNOTS;
  const left = Math.floor(place);
  const value = ring[left]!;
  return value + (place - left) * (ring[left + 1]! - value);
}
