import type { Storage } from '../storage.ts';
import { migrate } from './migrate.ts';
import { PostgresDatabase } from './postgresDatabase.ts';
import { PostgresStorage } from './postgresStorage.ts';
import { postgresTarget } from './postgresTarget.ts';

/**
 * Opens the storage on PostgreSQL 13 or later, creating its schema where it is missing: `headroom`, unless the URL's
 * `options` set another search_path. Several sidecars may share one.
 *
 * Throws STORAGE_UNREACHABLE, STORAGE_REFUSED, STORAGE_READ_ONLY, STORAGE_FOREIGN, STORAGE_SCHEMA_NEWER, STORAGE_FULL
 * or STORAGE_BUSY; they name the database without user and password.
 */
export async function openPostgresStorage(url: string): Promise<Storage> {
  const database = new PostgresDatabase(postgresTarget(url));
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return new PostgresStorage(database);
}
