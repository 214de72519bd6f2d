import { createHash } from 'node:crypto';
import { canonicalJson } from './canonicalJson.ts';

/** What the first decision follows. */
export const FIRST_PREVIOUS_HASH = '0'.repeat(64);

/** SHA-256 in hex over the canonical JSON of everything in a decision but `hash`: `seq` and `previousHash` included. */
export function decisionHash(record: Readonly<Record<string, unknown>>): string {
  const sealed = Object.fromEntries(Object.entries(record).filter(([field]) => field !== 'hash'));
  return createHash('sha256').update(canonicalJson(sealed)).digest('hex');
}
