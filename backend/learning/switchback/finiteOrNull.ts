/** A number as JSON tells it: null where it is not known or has no bound. */
export function finiteOrNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
