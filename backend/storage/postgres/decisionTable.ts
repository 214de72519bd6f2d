import { decisionSchema, type Decision } from '../../../contract/index.ts';
import { decisionBody } from '../decisionBody.ts';
import { parseRecord } from '../parseRecord.ts';
import { DEFAULT_DECISIONS } from '../retention.ts';
import type { DecisionFilter } from '../storage.ts';
import type { PostgresDatabase } from './postgresDatabase.ts';

/** Decisions: append-only, which the database itself enforces; newest first. */
export class DecisionTable {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async append(decision: Decision): Promise<void> {
    const { id, at, workload } = decision;
    const body = decisionBody(decision);
    await this.#database.write(
      ({ run }) =>
        run(
          'INSERT INTO decision (id, at, workload, body) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING',
          id,
          at,
          workload,
          body
        ),
      { isDurable: true }
    );
  }

  async list({
    workload,
    fromSeconds,
    toSeconds,
    limit = DEFAULT_DECISIONS,
  }: DecisionFilter): Promise<readonly Decision[]> {
    const rows = await this.#database.read(({ all }) =>
      all(
        `SELECT id, body FROM decision
         WHERE ($1::text IS NULL OR workload = $1) AND ($2::float8 IS NULL OR at >= $2)
           AND ($3::float8 IS NULL OR at <= $3)
         ORDER BY at DESC, sequence DESC LIMIT $4`,
        workload ?? null,
        fromSeconds ?? null,
        toSeconds ?? null,
        limit
      )
    );
    return rows.map(({ id, body }) => parseRecord(decisionSchema, body, `decision ${String(id)}`, this.#database.name));
  }
}
