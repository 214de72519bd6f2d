import { HeadroomError } from '../errors/index.ts';
import type { TimeGrid } from '../timeseries/index.ts';
import { encodeOutlook } from './outlookCodec.ts';
import { answersFrom, outlookOf, type OutlookRow } from './outlookRow.ts';
import { trimOutlook } from './trimOutlook.ts';

/** What becomes of a record that is to keep only what it answers for. */
export type ShortenedRow =
  | { readonly kind: 'shortened'; readonly grid: TimeGrid; readonly body: Uint8Array }
  | { readonly kind: 'empty' }
  | { readonly kind: 'damaged' };

/** The part of a record of `file` that it answers for, up to `answersUntil`. */
export function shortenRow(row: OutlookRow, answersUntil: number, file: string): ShortenedRow {
  try {
    const outlook = trimOutlook(outlookOf(row, file), answersFrom(row), answersUntil);
    return outlook.grid.length === 0
      ? { kind: 'empty' }
      : { kind: 'shortened', grid: outlook.grid, body: encodeOutlook(outlook) };
  } catch (error) {
    if (error instanceof HeadroomError) {
      // It must not keep new ones from being saved: it stays as it is, and who reads it gets the error.
      return { kind: 'damaged' };
    }
    throw error;
  }
}
