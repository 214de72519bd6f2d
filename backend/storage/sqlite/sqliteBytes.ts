import { statSync } from 'node:fs';
import { sqliteFile, type SqliteLocation } from './openSqliteStorage.ts';

/** How large a database is on disk, with its log of what is not yet in it, in bytes; `undefined` where there is none. */
export function sqliteBytes(location: SqliteLocation): number | undefined {
  const file = sqliteFile(location);
  const sizes = [file, `${file}-wal`].flatMap((each) => statSync(each, { throwIfNoEntry: false })?.size ?? []);
  return sizes.length === 0 ? undefined : sizes.reduce((sum, size) => sum + size);
}
