import type { Decision } from '../../../contract/index.ts';
import { canonicalJson } from './canonicalJson.ts';

/** A decision as tables keep it: nothing twice, so that nothing can be changed in one place and stay in the other. */
export interface DecisionRow {
  readonly sequence: number;
  readonly id: string;
  readonly at: number;
  readonly workload: string | null;
  /** All the rest, as canonical JSON. */
  readonly body: string;
  readonly previous_hash: string;
  readonly hash: string;
}

export function decisionRow(decision: Decision): DecisionRow {
  const { seq, id, at, workload, previousHash, hash, ...rest } = decision;
  return { sequence: seq, id, at, workload, body: canonicalJson(rest), previous_hash: previousHash, hash };
}

/**
 * The decision of a row, unchecked: what was tampered with comes out as it is, for the chain to tell.
 *
 * A body that is not what `decisionRow` writes stands as it is under `body`, which no decision has.
 */
export function recordOfRow(row: Readonly<Record<keyof DecisionRow, unknown>>): Readonly<Record<string, unknown>> {
  const { sequence, id, at, workload, body, previous_hash: previousHash, hash } = row;
  return { seq: Number(sequence), id, at, workload, ...bodyOf(body), previousHash, hash };
}

const COLUMNS = ['seq', 'id', 'at', 'workload', 'previousHash', 'hash'];

function bodyOf(text: unknown): Readonly<Record<string, unknown>> {
  try {
    const body = JSON.parse(String(text)) as Readonly<Record<string, unknown>>;
    if (canonicalJson(body) === text && !COLUMNS.some((column) => Object.hasOwn(body, column))) {
      return body;
    }
  } catch {
    // Not JSON: told below.
  }
  return { body: text };
}
