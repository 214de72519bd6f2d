import type { DatabaseSync } from 'node:sqlite';
import { HeadroomError } from '../../errors/index.ts';
import { MIGRATIONS, type SqliteMigration } from './migrations.ts';

/**
 * Applies the steps that the database lacks, each in a transaction with its entry in `schema_version`; forward only.
 *
 * Throws STORAGE_SCHEMA_NEWER where the database has steps that are not known here.
 */
export function migrate(sqlite: DatabaseSync, file: string, migrations: readonly SqliteMigration[] = MIGRATIONS): void {
  const known = migrations.at(-1)?.version ?? 0;
  if (schemaVersion(sqlite) === known) {
    return;
  }
  for (const { version, name, sql, fill } of migrations) {
    sqlite.exec('BEGIN IMMEDIATE');
    try {
      // Read inside the transaction: another process may have migrated meanwhile.
      const found = schemaVersion(sqlite);
      if (found > known) {
        throw new HeadroomError('STORAGE_SCHEMA_NEWER', { file, found, known });
      }
      if (found < version) {
        sqlite.exec(`CREATE TABLE IF NOT EXISTS schema_version (
          version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at REAL NOT NULL DEFAULT (unixepoch('subsec'))
        ) STRICT`);
        sqlite.exec(sql);
        fill?.(sqlite, file);
        sqlite.prepare('INSERT INTO schema_version (version, name) VALUES (?, ?)').run(version, name);
      }
      sqlite.exec('COMMIT');
    } catch (error) {
      if (sqlite.isTransaction) {
        sqlite.exec('ROLLBACK');
      }
      throw error;
    }
  }
}

function schemaVersion(sqlite: DatabaseSync): number {
  const exists = sqlite.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'schema_version'`).get() !== undefined;
  return exists ? Number(sqlite.prepare('SELECT max(version) AS version FROM schema_version').get()?.['version']) : 0;
}
