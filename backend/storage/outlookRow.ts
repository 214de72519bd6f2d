import type { Outlook } from '../allocation/index.ts';
import { decodeOutlook } from './outlookCodec.ts';
import { recordError } from './parseRecord.ts';

/** What is read of an outlook's record. */
export const OUTLOOK_COLUMNS =
  'id, workload, issued_at, lead_seconds, cutoff_at, start_at, step_seconds, length, answers_until, is_hourly, body';

/** A record of the table `outlook`, by OUTLOOK_COLUMNS. */
export interface OutlookRow {
  readonly id: number;
  readonly workload: string;
  readonly issued_at: number;
  readonly lead_seconds: number;
  readonly cutoff_at: number;
  readonly start_at: number;
  readonly step_seconds: number;
  readonly length: number;
  readonly answers_until: number | null;
  readonly is_hourly: number;
  readonly body: Uint8Array;
}

/** From when on a record answers: a new replica that it asks for is needed a lead time earlier. */
export function answersFrom(row: OutlookRow): number {
  return row.issued_at + row.lead_seconds;
}

/** The outlook of a record of `file`; throws STORAGE_RECORD_INVALID. */
export function outlookOf(row: OutlookRow, file: string): Outlook {
  const key = {
    workload: row.workload,
    issuedAtSeconds: row.issued_at,
    cutoffSeconds: row.cutoff_at,
    grid: { startSeconds: row.start_at, stepSeconds: row.step_seconds, length: row.length },
  };
  try {
    return decodeOutlook(row.body, key);
  } catch (error) {
    const record = `the outlook of ${row.workload} from ${new Date(row.issued_at * 1000).toISOString()}`;
    throw recordError(error, record, file);
  }
}
