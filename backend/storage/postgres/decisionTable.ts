import { decisionSchema, type Decision, type NewDecision } from '../../../contract/index.ts';
import { decisionRow, recordOfRow, type DecisionRow } from '../audit/decisionRow.ts';
import { plainDecision, sealDecision } from '../audit/sealDecision.ts';
import { recordAs } from '../parseRecord.ts';
import { DEFAULT_DECISIONS } from '../retention.ts';
import type { DecisionFilter } from '../storage.ts';
import { LOCK_CLASS } from './migrate.ts';
import type { PostgresDatabase, Row, Transaction } from './postgresDatabase.ts';

const COLUMNS = 'sequence, id, at, workload, body, previous_hash, hash';

/** Decisions: an append-only chain, which the database itself enforces; newest first. */
export class DecisionTable {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async append(decision: NewDecision): Promise<Decision> {
    const plain = plainDecision(decision);
    return this.#database.write(
      async (transaction) => {
        // One appends at a time, whichever sidecar it is; each statement after it sees what was committed before.
        const chain = `decisions of ${this.#database.schema}`;
        await transaction.all('SELECT pg_advisory_xact_lock($1, hashtext($2))', LOCK_CLASS, chain);
        const there = await this.#get(transaction, plain.id);
        if (there !== undefined) {
          return there;
        }
        const [last] = await transaction.all('SELECT sequence, hash FROM decision ORDER BY sequence DESC LIMIT 1');
        const head = last && { seq: Number(last['sequence']), hash: String(last['hash']) };
        const sealed = sealDecision(plain, head);
        const row = decisionRow(sealed);
        await transaction.run(
          `INSERT INTO decision (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
          row.sequence,
          row.id,
          row.at,
          row.workload,
          row.body,
          row.previous_hash,
          row.hash
        );
        return sealed;
      },
      { isDurable: true }
    );
  }

  byId(id: string): Promise<Decision | undefined> {
    return this.#database.read((transaction) => this.#get(transaction, id));
  }

  async list({
    workload,
    fromSeconds,
    toSeconds,
    beforeSeq,
    limit = DEFAULT_DECISIONS,
  }: DecisionFilter): Promise<readonly Decision[]> {
    const rows = await this.#database.read(({ all }) =>
      all(
        `SELECT ${COLUMNS} FROM decision
         WHERE ($1::text IS NULL OR workload = $1) AND ($2::float8 IS NULL OR at >= $2)
           AND ($3::float8 IS NULL OR at <= $3) AND ($4::bigint IS NULL OR sequence < $4)
         ORDER BY sequence DESC LIMIT $5`,
        workload ?? null,
        fromSeconds ?? null,
        toSeconds ?? null,
        beforeSeq ?? null,
        limit
      )
    );
    return rows.map((row) => this.#decisionOf(row));
  }

  async records(afterSeq: number, limit: number): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> {
    const rows = await this.#database.read(({ all }) =>
      all(`SELECT ${COLUMNS} FROM decision WHERE sequence > $1 ORDER BY sequence LIMIT $2`, afterSeq, limit)
    );
    return rows.map((row) => recordOfRow(row as Readonly<Record<keyof DecisionRow, unknown>>));
  }

  async #get({ all }: Transaction, id: string): Promise<Decision | undefined> {
    const [row] = await all(`SELECT ${COLUMNS} FROM decision WHERE id = $1`, id);
    return row && this.#decisionOf(row);
  }

  #decisionOf(row: Row): Decision {
    const record = recordOfRow(row);
    return recordAs(decisionSchema, record, `decision ${String(row['id'])}`, this.#database.name);
  }
}
