import type { AuditReport } from '../../../contract/index.ts';
import { decisionHash, FIRST_PREVIOUS_HASH } from './decisionHash.ts';

interface Link {
  readonly seq: number;
  readonly previousHash: string;
  readonly hash: string;
}

/**
 * Whether decisions are an unbroken chain, each as it was written: `records` in their order, from any of them on.
 *
 * What was cut off at the end shows only against a hash that was noted before: `head` must be that of one of them.
 */
export async function verifyChain(
  records: AsyncIterable<unknown> | Iterable<unknown>,
  { head }: { readonly head?: string } = {}
): Promise<AuditReport> {
  let count = 0;
  let first: Link | undefined;
  let last: Link | undefined;
  let isHeadMet = head === undefined || head === FIRST_PREVIOUS_HASH;
  const report = (problem?: string, seq: number | null = null): AuditReport => ({
    intact: problem === undefined,
    count,
    complete: first === undefined || first.seq === 1,
    firstSeq: first?.seq ?? null,
    lastSeq: last?.seq ?? null,
    head: last?.hash ?? null,
    fault: problem === undefined ? null : { position: count + 1, seq, problem },
  });
  for await (const record of records) {
    const link = linkOf(record);
    if (link === undefined) {
      return report('is no decision');
    }
    const problem = problemOf(record as Readonly<Record<string, unknown>>, link, last);
    if (problem !== undefined) {
      return report(problem, link.seq);
    }
    count++;
    first ??= link;
    last = link;
    isHeadMet ||= link.hash === head || link.previousHash === head;
  }
  return isHeadMet ? report() : report(`the decision of the hash ${String(head)} is missing`);
}

function problemOf(record: Readonly<Record<string, unknown>>, link: Link, last: Link | undefined): string | undefined {
  if (hashOf(record) !== link.hash) {
    return 'is not as it was written: its hash does not fit';
  }
  if (last === undefined) {
    return link.seq === 1 && link.previousHash !== FIRST_PREVIOUS_HASH
      ? 'is not the first: it follows another'
      : undefined;
  }
  if (link.seq !== last.seq + 1) {
    return `does not follow decision ${String(last.seq)}: some are missing, or out of order`;
  }
  return link.previousHash === last.hash ? undefined : `does not follow decision ${String(last.seq)} as it was written`;
}

function linkOf(record: unknown): Link | undefined {
  if (typeof record !== 'object' || record === null) {
    return undefined;
  }
  const { seq, previousHash, hash } = record as Readonly<Record<string, unknown>>;
  return Number.isSafeInteger(seq) && Number(seq) >= 1 && typeof previousHash === 'string' && typeof hash === 'string'
    ? { seq: Number(seq), previousHash, hash }
    : undefined;
}

/** `undefined` where it is nested too deeply to have been written by us. */
function hashOf(record: Readonly<Record<string, unknown>>): string | undefined {
  try {
    return decisionHash(record);
  } catch (error) {
    if (error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}
