import { recommendationSchema, type Recommendation } from '../../../contract/index.ts';
import { parseRecord } from '../parseRecord.ts';
import { DEFAULT_RECOMMENDATIONS } from '../retention.ts';
import type { RecommendationFilter } from '../storage.ts';
import type { PostgresDatabase, Transaction } from './postgresDatabase.ts';

/** Recommendations, newest first. */
export class RecommendationTable {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async save(recommendation: Recommendation): Promise<void> {
    const { id, workload, state, createdAt, expiresAt } = recommendation;
    const body = JSON.stringify(recommendation);
    await this.#database.write(
      ({ run }) =>
        run(
          `INSERT INTO recommendation (id, workload, state, created_at, expires_at, body)
           VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (id) DO UPDATE SET workload = excluded.workload, state = excluded.state,
             created_at = excluded.created_at, expires_at = excluded.expires_at, body = excluded.body`,
          id,
          workload,
          state,
          createdAt,
          expiresAt,
          body
        ),
      { isDurable: true }
    );
  }

  async byId(id: string): Promise<Recommendation | undefined> {
    const [row] = await this.#database.read(({ all }) => all('SELECT body FROM recommendation WHERE id = $1', id));
    return row && this.#parse(row['body'], id);
  }

  async list({
    workload,
    states,
    limit = DEFAULT_RECOMMENDATIONS,
  }: RecommendationFilter): Promise<readonly Recommendation[]> {
    const rows = await this.#database.read(({ all }) =>
      all(
        `SELECT id, body FROM recommendation
         WHERE ($1::text IS NULL OR workload = $1) AND ($2::text[] IS NULL OR state = ANY ($2))
         ORDER BY created_at DESC, id DESC LIMIT $3`,
        workload ?? null,
        states ?? null,
        limit
      )
    );
    return rows.map(({ id, body }) => this.#parse(body, String(id)));
  }

  async deleteExpiredBefore({ run }: Transaction, oldestSeconds: number): Promise<void> {
    await run('DELETE FROM recommendation WHERE expires_at < $1', oldestSeconds);
  }

  async forget({ run }: Transaction, workload: string): Promise<void> {
    await run('DELETE FROM recommendation WHERE workload = $1', workload);
  }

  #parse(body: unknown, id: string): Recommendation {
    return parseRecord(recommendationSchema, body, `recommendation ${id}`, this.#database.name);
  }
}
