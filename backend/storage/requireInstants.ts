import type { Outlook } from '../allocation/index.ts';

/** Throws a RangeError for an outlook that foresees nothing. */
export function requireInstants(outlook: Outlook): void {
  if (outlook.grid.length === 0) {
    throw new RangeError('an outlook without instants cannot be kept');
  }
}
