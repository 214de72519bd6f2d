const NEED_EXPONENT = 0.25;

/** How much dearer a shortfall is where so many replicas are needed than where one is: the more is at stake, the dearer. */
export function shortfallWeight(need: number): number {
  return Math.max(1, need) ** NEED_EXPONENT;
}
