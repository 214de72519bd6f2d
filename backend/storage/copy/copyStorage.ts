import { existsSync } from 'node:fs';
import type { AuditReport } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { migrate } from '../postgres/migrate.ts';
import { PostgresDatabase } from '../postgres/postgresDatabase.ts';
import { postgresTarget } from '../postgres/postgresTarget.ts';
import type { Database } from '../sqlite/database.ts';
import { openDatabase } from '../sqlite/openDatabase.ts';
import { sqliteFile, type SqliteLocation } from '../sqlite/openSqliteStorage.ts';
import { storageError } from '../sqlite/storageError.ts';
import { copyTables } from './copyTables.ts';
import type { CopySteps } from './copySteps.ts';
import { requireIdle } from './requireIdle.ts';

export interface StorageCopy {
  readonly from: string;
  readonly to: string;
  /** Rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Of the copy, as it was read back. */
  readonly chain: AuditReport;
}

/**
 * Copies all that SQLite keeps into an empty PostgreSQL, reads it back and verifies the chain, all in one transaction:
 * whatever ends it, the target holds everything or nothing. The source stays as it is, and nobody writes to it meanwhile.
 *
 * Throws STORAGE_UNOPENABLE where there is no source, STORAGE_IN_USE, STORAGE_NOT_EMPTY, AUDIT_CHAIN_BROKEN, and what
 * either database refuses; an abort rejects with the signal's reason.
 */
export async function copyStorage(
  location: SqliteLocation,
  url: string,
  nowSeconds: number,
  steps: CopySteps
): Promise<StorageCopy> {
  const file = sqliteFile(location);
  if (!existsSync(file)) {
    throw new HeadroomError('STORAGE_UNOPENABLE', { file, reason: 'there is none' });
  }
  const source = await openDatabase(file);
  const target = new PostgresDatabase(postgresTarget(url));
  try {
    await migrate(target);
    return await whileNobodyWrites(source, async () => {
      requireIdle(source, nowSeconds);
      const { rows, chain } = await target.write((transaction) => copyTables(source, transaction, target, steps), {
        isDurable: true,
      });
      return { from: file, to: target.name, rows, chain };
    });
  } finally {
    source.close();
    await target.close();
  }
}

async function whileNobodyWrites<T>(source: Database, work: () => Promise<T>): Promise<T> {
  try {
    source.exec('BEGIN IMMEDIATE');
  } catch (error) {
    throw storageError(error, source.file);
  }
  try {
    return await work();
  } finally {
    source.exec('ROLLBACK');
  }
}
