import { z } from 'zod';
import { parseRecord } from '../parseRecord.ts';
import { settingText } from '../settingText.ts';
import type { Database } from './database.ts';

/** JSON values by key. */
export class SettingTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  get(key: string): unknown {
    return this.#database.read(() => {
      const row = this.#database.get('SELECT value FROM setting WHERE key = ?', key);
      return row === undefined ? undefined : this.#parse(row['value'], key);
    });
  }

  /** Throws a TypeError for what JSON cannot hold. */
  async set(key: string, value: unknown): Promise<void> {
    const text = settingText(key, value);
    await this.#database.write(
      () => {
        this.#database.run(
          'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
          key,
          text
        );
      },
      { isDurable: true }
    );
  }

  delete(key: string): Promise<void> {
    return this.#database.write(
      () => {
        this.#database.run('DELETE FROM setting WHERE key = ?', key);
      },
      { isDurable: true }
    );
  }

  withPrefix(prefix: string): ReadonlyMap<string, unknown> {
    return this.#database.read(() => {
      const found = new Map<string, unknown>();
      // Keys of one prefix follow each other, since they are ordered by their bytes.
      for (const { key, value } of this.#database.all(
        'SELECT key, value FROM setting WHERE key >= ? ORDER BY key',
        prefix
      )) {
        if (!String(key).startsWith(prefix)) {
          break;
        }
        found.set(String(key), this.#parse(value, String(key)));
      }
      return found;
    });
  }

  #parse(value: unknown, key: string): unknown {
    return parseRecord(z.unknown(), value, `setting ${key}`, this.#database.file);
  }
}
