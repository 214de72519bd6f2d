import type { Values } from './fan';

/** The last number of a series, past gaps; null where there is none. */
export function lastNumber(values: Values | undefined): number | null {
  for (let index = (values?.length ?? 0) - 1; index >= 0; index--) {
    const value = values?.[index];
    if (value !== null && value !== undefined) {
      return value;
    }
  }
  return null;
}
