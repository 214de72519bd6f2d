import type { DatabaseSync } from 'node:sqlite';
import { newDecisionSchema } from '../../../contract/index.ts';
import { decisionRow } from '../audit/decisionRow.ts';
import { plainDecision, sealDecision, type ChainHead } from '../audit/sealDecision.ts';
import { parseRecord } from '../parseRecord.ts';

/** Puts the decisions of `decision_unchained` into the chain, in the order in which they were recorded. */
export function chainDecisions(sqlite: DatabaseSync, file: string): void {
  const insert = sqlite.prepare(
    'INSERT INTO decision (sequence, id, at, workload, body, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)'
  );
  let head: ChainHead | undefined;
  for (const { id, body } of sqlite.prepare('SELECT id, body FROM decision_unchained ORDER BY sequence').iterate()) {
    const decision = parseRecord(newDecisionSchema, body, `decision ${String(id)}`, file);
    const sealed = sealDecision(plainDecision(decision), head);
    const row = decisionRow(sealed);
    insert.run(row.sequence, row.id, row.at, row.workload, row.body, row.previous_hash, row.hash);
    head = sealed;
  }
  sqlite.exec('DROP TABLE decision_unchained');
}
