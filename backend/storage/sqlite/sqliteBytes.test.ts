import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sqliteBytes } from './sqliteBytes.ts';

test('a database is as large as its file and its log together, and has no size before there is one', () => {
  const directory = mkdtempSync(join(tmpdir(), 'headroom-bytes-'));
  assert.equal(sqliteBytes({ directory }), undefined);
  writeFileSync(join(directory, 'headroom.db'), 'x'.repeat(100));
  assert.equal(sqliteBytes({ directory }), 100);
  writeFileSync(join(directory, 'headroom.db-wal'), 'x'.repeat(20));
  assert.equal(sqliteBytes({ directory }), 120);
  rmSync(directory, { recursive: true });
});
