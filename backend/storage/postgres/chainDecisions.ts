import { newDecisionSchema } from '../../../contract/index.ts';
import { decisionRow } from '../audit/decisionRow.ts';
import { plainDecision, sealDecision, type ChainHead } from '../audit/sealDecision.ts';
import { parseRecord } from '../parseRecord.ts';
import type { Transaction } from './postgresDatabase.ts';

/** Puts the decisions of `decision_unchained` into the chain, in the order in which they were recorded. */
export async function chainDecisions({ all, run }: Transaction, file: string): Promise<void> {
  let head: ChainHead | undefined;
  for (const { id, body } of await all('SELECT id, body FROM decision_unchained ORDER BY sequence')) {
    const decision = parseRecord(newDecisionSchema, body, `decision ${String(id)}`, file);
    const sealed = sealDecision(plainDecision(decision), head);
    const row = decisionRow(sealed);
    await run(
      'INSERT INTO decision (sequence, id, at, workload, body, previous_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      row.sequence,
      row.id,
      row.at,
      row.workload,
      row.body,
      row.previous_hash,
      row.hash
    );
    head = sealed;
  }
  await run('DROP TABLE decision_unchained');
}
