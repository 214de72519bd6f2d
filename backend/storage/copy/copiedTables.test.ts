import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { openSqliteStorage } from '../index.ts';
import { COPIED_TABLES } from './copiedTables.ts';

/** The number of an outlook is given anew; whoever holds a lease does not hold it in the copy. */
const LEFT_BEHIND = new Set(['outlook.id', 'lease.holder']);
/** What each database says of its own shape. */
const OWN = new Set(['schema_version', 'migration', 'sqlite_sequence']);

it('names every table and column that is kept', async (context) => {
  const directory = await mkdtemp(join(tmpdir(), 'headroom-copied-'));
  context.after(() => rm(directory, { recursive: true }));
  await (await openSqliteStorage({ directory })).close();
  const database = new DatabaseSync(join(directory, 'headroom.db'), { readOnly: true });
  const kept = database
    .prepare(
      `SELECT t.name || '.' || c.name AS place, t.name AS "table"
              FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'`
    )
    .all() as Array<{ place: string; table: string }>;
  database.close();
  const expected = kept.filter(({ place, table }) => !LEFT_BEHIND.has(place) && !OWN.has(table));
  assert.deepEqual(
    COPIED_TABLES.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column}`)).sort(),
    expected.map(({ place }) => place).sort()
  );
});
