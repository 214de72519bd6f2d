/** One reading: a value, or the reason why there is none. Absence is never zero. */
export type Observation =
  { readonly kind: 'observed'; readonly value: number } | { readonly kind: 'missing'; readonly reason: string };

/** A reading that succeeded. */
export function observed(value: number): Observation {
  return { kind: 'observed', value };
}

/** A reading that did not, with the reason in words. */
export function missing(reason: string): Observation {
  return { kind: 'missing', reason };
}
