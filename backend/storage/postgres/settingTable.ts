import { z } from 'zod';
import { parseRecord } from '../parseRecord.ts';
import { settingText } from '../settingText.ts';
import type { PostgresDatabase } from './postgresDatabase.ts';

/** JSON values by key. */
export class SettingTable {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async get(key: string): Promise<unknown> {
    const [row] = await this.#database.read(({ all }) => all('SELECT value FROM setting WHERE key = $1', key));
    return row === undefined ? undefined : this.#parse(row['value'], key);
  }

  /** Rejects with a TypeError for what JSON cannot hold. */
  async set(key: string, value: unknown): Promise<void> {
    const text = settingText(key, value);
    await this.#database.write(
      ({ run }) =>
        run(
          'INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
          key,
          text
        ),
      { isDurable: true }
    );
  }

  async delete(key: string): Promise<void> {
    await this.#database.write(({ run }) => run('DELETE FROM setting WHERE key = $1', key), { isDurable: true });
  }

  async withPrefix(prefix: string): Promise<ReadonlyMap<string, unknown>> {
    const rows = await this.#database.read(({ all }) =>
      all('SELECT key, value FROM setting WHERE key >= $1 AND starts_with(key, $1) ORDER BY key', prefix)
    );
    return new Map(rows.map(({ key, value }) => [String(key), this.#parse(value, String(key))]));
  }

  #parse(value: unknown, key: string): unknown {
    return parseRecord(z.unknown(), value, `setting ${key}`, this.#database.name);
  }
}
