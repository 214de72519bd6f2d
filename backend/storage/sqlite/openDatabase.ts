import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { HeadroomError } from '../../errors/index.ts';
import { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { storageError } from './storageError.ts';

/** Marks a file as ours in SQLite's header: "HDRM". */
const APPLICATION_ID = 0x4844524d;
const SQLITE_MAGIC = 'SQLite format 3\0';
/** In a single call, which holds up this process; longer waits are the Database's. */
const LOCK_WAIT_MS = 50;
const OPEN_TRIES = 40;
/** Larger files are not read whole at the start; damage in them shows when it is read. */
const CHECKED_UP_TO_BYTES = 256 * 1024 * 1024;

/** Opens a database file, `:memory:` included, creating it where there is none, and brings its schema up to date. */
export async function openDatabase(file: string): Promise<Database> {
  for (let attempt = 1; ; attempt++) {
    try {
      return openOnce(file);
    } catch (error) {
      const coded = storageError(error, file);
      if (coded.code !== 'STORAGE_BUSY' || attempt >= OPEN_TRIES) {
        throw coded;
      }
    }
    await setTimeout(125);
  }
}

function openOnce(file: string): Database {
  const sizeBytes = file === ':memory:' ? 0 : requireSqliteOrNothing(file);
  const sqlite = new DatabaseSync(file, { timeout: LOCK_WAIT_MS, enableForeignKeyConstraints: true });
  try {
    requireOurs(sqlite, file);
    if (sizeBytes <= CHECKED_UP_TO_BYTES) {
      requireSound(sqlite, file);
    }
    sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 16777216');
    migrate(sqlite, file);
    requireWritable(sqlite);
    return new Database(sqlite, file);
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/** The file's size, 0 where there is none; throws STORAGE_FOREIGN for a file that is no SQLite database. */
function requireSqliteOrNothing(file: string): number {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined || stats.size === 0) {
    return 0;
  }
  if (!stats.isFile()) {
    throw new HeadroomError('STORAGE_FOREIGN', { file, reason: 'it is no file' });
  }
  const head = Buffer.alloc(SQLITE_MAGIC.length);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, head, 0, head.length, 0);
  } finally {
    closeSync(descriptor);
  }
  if (head.toString('latin1') !== SQLITE_MAGIC) {
    throw new HeadroomError('STORAGE_FOREIGN', { file, reason: 'it is no SQLite file' });
  }
  return stats.size;
}

function requireOurs(sqlite: DatabaseSync, file: string): void {
  const id = sqlite.prepare('PRAGMA application_id').get()?.['application_id'];
  if (id === APPLICATION_ID) {
    return;
  }
  const tables = sqlite.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.['count'];
  if (id !== 0 || tables !== 0) {
    throw new HeadroomError('STORAGE_FOREIGN', { file, reason: 'it is a SQLite database of another program' });
  }
  sqlite.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
}

function requireSound(sqlite: DatabaseSync, file: string): void {
  const finding = sqlite.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (finding !== 'ok') {
    throw new HeadroomError('STORAGE_CORRUPT', { file, reason: String(finding) });
  }
}

/** Throws SQLite's own error where the file cannot be written; changes nothing. */
function requireWritable(sqlite: DatabaseSync): void {
  sqlite.exec(`BEGIN IMMEDIATE; INSERT INTO setting (key, value) VALUES ('', 'null') ON CONFLICT DO NOTHING; ROLLBACK`);
}
