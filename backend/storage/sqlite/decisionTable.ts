import { decisionSchema, type Decision } from '../../../contract/index.ts';
import { decisionBody } from '../decisionBody.ts';
import { parseRecord } from '../parseRecord.ts';
import { DEFAULT_DECISIONS } from '../retention.ts';
import type { DecisionFilter } from '../storage.ts';
import type { Database } from './database.ts';

/** Decisions: append-only, which the database itself enforces; newest first. */
export class DecisionTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  append(decision: Decision): Promise<void> {
    const { id, at, workload } = decision;
    const body = decisionBody(decision);
    return this.#database.write(
      () => {
        this.#database.run(
          'INSERT INTO decision (id, at, workload, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
          id,
          at,
          workload,
          body
        );
      },
      { isDurable: true }
    );
  }

  list({ workload, fromSeconds, toSeconds, limit = DEFAULT_DECISIONS }: DecisionFilter): readonly Decision[] {
    return this.#database.read(() => {
      const rows = this.#database.all(
        `SELECT id, body FROM decision
         WHERE (?1 IS NULL OR workload = ?1) AND (?2 IS NULL OR at >= ?2) AND (?3 IS NULL OR at <= ?3)
         ORDER BY at DESC, sequence DESC LIMIT ?4`,
        workload ?? null,
        fromSeconds ?? null,
        toSeconds ?? null,
        limit
      );
      return rows.map((row) =>
        parseRecord(decisionSchema, row['body'], `decision ${String(row['id'])}`, this.#database.file)
      );
    });
  }
}
