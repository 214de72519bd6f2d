import { newDecisionSchema, type Decision, type NewDecision } from '../../../contract/index.ts';
import { decisionHash, FIRST_PREVIOUS_HASH } from './decisionHash.ts';

/** The last decision so far. */
export type ChainHead = Pick<Decision, 'seq' | 'hash'>;

/**
 * A decision as the JSON that is kept of it: absence is null; throws a ZodError for what is none, a RangeError for an id
 * or workload that a database would not give back as it is.
 */
export function plainDecision(decision: NewDecision): NewDecision {
  const { before = null, after = null } = decision;
  const plain = newDecisionSchema.parse(JSON.parse(JSON.stringify({ ...decision, before, after })));
  for (const text of [plain.id, plain.workload ?? 'none']) {
    if (text === '' || text.includes('\0') || !text.isWellFormed()) {
      throw new RangeError(`a decision cannot have ${JSON.stringify(text)} as its id or workload`);
    }
  }
  return plain;
}

/** Puts a plain decision after `head`, the first after `undefined`. */
export function sealDecision(plain: NewDecision, head: ChainHead | undefined): Decision {
  const place = { seq: (head?.seq ?? 0) + 1, previousHash: head?.hash ?? FIRST_PREVIOUS_HASH };
  const sealed = { ...plain, ...place };
  return { ...sealed, hash: decisionHash(sealed) };
}
