import { setImmediate } from 'node:timers/promises';
import type { Outlook } from '../allocation/index.ts';
import { outlookOf, type OutlookRow } from './outlookRow.ts';

/** Records decoded in one go before others get their turn: a few milliseconds' work. */
const PACE = 50;

/** The outlooks of records of `file`, in their order; throws STORAGE_RECORD_INVALID. */
export async function decodeRows(rows: readonly OutlookRow[], file: string): Promise<readonly Outlook[]> {
  const outlooks: Outlook[] = [];
  for (const row of rows) {
    outlooks.push(outlookOf(row, file));
    if (outlooks.length % PACE === 0) {
      await setImmediate();
    }
  }
  return outlooks;
}
