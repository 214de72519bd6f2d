import { decisionSchema, type Decision, type NewDecision } from '../../../contract/index.ts';
import { decisionRow, recordOfRow, type DecisionRow } from '../audit/decisionRow.ts';
import { plainDecision, sealDecision } from '../audit/sealDecision.ts';
import { recordAs } from '../parseRecord.ts';
import { DEFAULT_DECISIONS } from '../retention.ts';
import type { DecisionFilter } from '../storage.ts';
import type { Database, Row } from './database.ts';

const COLUMNS = 'sequence, id, at, workload, body, previous_hash, hash';

/** Decisions: an append-only chain, which the database itself enforces; newest first. */
export class DecisionTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  append(decision: NewDecision): Promise<Decision> {
    const plain = plainDecision(decision);
    return this.#database.write(
      () => {
        const there = this.#get(plain.id);
        if (there !== undefined) {
          return there;
        }
        const last = this.#database.get('SELECT sequence, hash FROM decision ORDER BY sequence DESC LIMIT 1');
        const head = last && { seq: Number(last['sequence']), hash: String(last['hash']) };
        const sealed = sealDecision(plain, head);
        const row = decisionRow(sealed);
        this.#database.run(
          `INSERT INTO decision (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`,
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

  byId(id: string): Decision | undefined {
    return this.#database.read(() => this.#get(id));
  }

  list({
    workload,
    fromSeconds,
    toSeconds,
    beforeSeq,
    limit = DEFAULT_DECISIONS,
  }: DecisionFilter): readonly Decision[] {
    return this.#database.read(() =>
      this.#database
        .all(
          `SELECT ${COLUMNS} FROM decision
           WHERE (?1 IS NULL OR workload = ?1) AND (?2 IS NULL OR at >= ?2) AND (?3 IS NULL OR at <= ?3)
             AND (?4 IS NULL OR sequence < ?4)
           ORDER BY sequence DESC LIMIT ?5`,
          workload ?? null,
          fromSeconds ?? null,
          toSeconds ?? null,
          beforeSeq ?? null,
          limit
        )
        .map((row) => this.#decisionOf(row))
    );
  }

  records(afterSeq: number, limit: number): ReadonlyArray<Readonly<Record<string, unknown>>> {
    return this.#database.read(() =>
      this.#database
        .all(`SELECT ${COLUMNS} FROM decision WHERE sequence > ? ORDER BY sequence LIMIT ?`, afterSeq, limit)
        .map((row) => recordOfRow(row as Readonly<Record<keyof DecisionRow, unknown>>))
    );
  }

  #get(id: string): Decision | undefined {
    const row = this.#database.get(`SELECT ${COLUMNS} FROM decision WHERE id = ?`, id);
    return row && this.#decisionOf(row);
  }

  #decisionOf(row: Row): Decision {
    const record = recordOfRow(row);
    return recordAs(decisionSchema, record, `decision ${String(row['id'])}`, this.#database.file);
  }
}
