import type { Recommendation } from '../../contract/index.ts';

/**
 * Raise where the plan ever needs more than there is; lower where it never does and fewer are expected to cost less,
 * shortfalls included (or no price is known); else hold.
 */
export function planAction(
  peak: number,
  current: number,
  expected: Recommendation['expected']
): Recommendation['action'] {
  if (peak > current) {
    return 'raise';
  }
  const [keeping, lowering] = [expected.current?.cost ?? null, expected.proposed.cost];
  const isDearer = keeping !== null && lowering !== null && lowering >= keeping;
  return peak === current || isDearer ? 'hold' : 'lower';
}
