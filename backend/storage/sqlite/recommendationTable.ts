import { recommendationSchema, type Recommendation } from '../../../contract/index.ts';
import { parseRecord } from '../parseRecord.ts';
import { DEFAULT_RECOMMENDATIONS } from '../retention.ts';
import type { RecommendationFilter } from '../storage.ts';
import type { Database } from './database.ts';

/** Recommendations, newest first. */
export class RecommendationTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  save(recommendation: Recommendation): Promise<void> {
    const { id, workload, state, createdAt, expiresAt } = recommendation;
    const body = JSON.stringify(recommendation);
    return this.#database.write(
      () => {
        this.#database.run(
          `INSERT INTO recommendation (id, workload, state, created_at, expires_at, body) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET workload = excluded.workload, state = excluded.state,
             created_at = excluded.created_at, expires_at = excluded.expires_at, body = excluded.body`,
          id,
          workload,
          state,
          createdAt,
          expiresAt,
          body
        );
      },
      { isDurable: true }
    );
  }

  byId(id: string): Recommendation | undefined {
    return this.#database.read(() => {
      const row = this.#database.get('SELECT body FROM recommendation WHERE id = ?', id);
      return row && this.#parse(row['body'], id);
    });
  }

  list({ workload, states, limit = DEFAULT_RECOMMENDATIONS }: RecommendationFilter): readonly Recommendation[] {
    return this.#database.read(() => {
      const rows = this.#database.all(
        `SELECT id, body FROM recommendation
         WHERE (?1 IS NULL OR workload = ?1) AND (?2 IS NULL OR state IN (SELECT value FROM json_each(?2)))
         ORDER BY created_at DESC, id DESC LIMIT ?3`,
        workload ?? null,
        states === undefined ? null : JSON.stringify(states),
        limit
      );
      return rows.map((row) => this.#parse(row['body'], String(row['id'])));
    });
  }

  /** Inside a transaction. */
  deleteExpiredBefore(oldestSeconds: number): void {
    this.#database.run('DELETE FROM recommendation WHERE expires_at < ?', oldestSeconds);
  }

  /** Inside a transaction. */
  forget(workload: string): void {
    this.#database.run('DELETE FROM recommendation WHERE workload = ?', workload);
  }

  #parse(body: unknown, id: string): Recommendation {
    return parseRecord(recommendationSchema, body, `recommendation ${id}`, this.#database.file);
  }
}
