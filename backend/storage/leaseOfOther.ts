import type { Lease } from './lease.ts';

/** The lease that a row `holder, expires_at` tells of who did not get it; no row, or one that has ended, is nobody's. */
export function leaseOfOther(
  row: Readonly<Record<string, unknown>> | undefined,
  nowSeconds: number
): Extract<Lease, { held: false }> {
  const holder = row?.['holder'];
  const expiresSeconds = Number(row?.['expires_at']);
  return typeof holder === 'string' && expiresSeconds > nowSeconds
    ? { held: false, holder, expiresSeconds }
    : { held: false, holder: null, expiresSeconds: null };
}
