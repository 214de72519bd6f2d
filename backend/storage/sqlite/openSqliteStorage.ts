import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Storage } from '../storage.ts';
import { openDatabase } from './openDatabase.ts';
import { SqliteStorage } from './sqliteStorage.ts';
import { storageError } from './storageError.ts';

const FILE_NAME = 'headroom.db';

/** Where the database lies: a folder, in which it is `headroom.db`, or a file; `:memory:` keeps nothing. */
export type SqliteLocation = { readonly directory: string } | { readonly file: string };

export function sqliteFile(location: SqliteLocation): string {
  return 'file' in location ? location.file : join(location.directory, FILE_NAME);
}

/**
 * Opens the storage on SQLite, creating folder, file and schema where they are missing.
 *
 * Throws STORAGE_UNOPENABLE, STORAGE_READ_ONLY, STORAGE_FOREIGN, STORAGE_CORRUPT, STORAGE_SCHEMA_NEWER, STORAGE_FULL
 * or STORAGE_BUSY; the file is never deleted or overwritten.
 */
export async function openSqliteStorage(location: SqliteLocation): Promise<Storage> {
  const file = sqliteFile(location);
  if (file !== ':memory:') {
    try {
      await mkdir(dirname(file), { recursive: true });
    } catch (error) {
      throw storageError(error, file);
    }
  }
  return new SqliteStorage(await openDatabase(file));
}
