import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { storageExam } from '../../exams/storage.ts';
import { openSqliteStorage } from '../sqlite/openSqliteStorage.ts';
import { openThreadedStorage } from './openThreadedStorage.ts';

storageExam('SqliteStorage in a thread of its own', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'headroom-storage-'));
  const storage = await openThreadedStorage({ directory });
  return {
    storage,
    reopen: async () => {
      await storage.close();
      return openThreadedStorage({ directory });
    },
    dispose: () => {
      rmSync(directory, { recursive: true });
      return Promise.resolve();
    },
  };
});

test('what was asked before a close is kept, what is asked after it is STORAGE_CLOSED', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'headroom-storage-'));
  const storage = await openThreadedStorage({ directory });
  const writes = Array.from({ length: 20 }, (_, i) => storage.setSetting(`key/${String(i)}`, i));
  const closed = storage.close();
  await assert.rejects(storage.setting('key/1'), { code: 'STORAGE_CLOSED' });
  await Promise.all([...writes, closed, storage.close()]);
  const plain = await openSqliteStorage({ directory });
  assert.equal((await plain.settings('key/')).size, 20);
  await plain.close();
  rmSync(directory, { recursive: true });
});

test('a file that is no database is refused with its code, and left as it is', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'headroom-storage-'));
  writeFileSync(join(directory, 'headroom.db'), 'a letter to my aunt, not a database at all');
  await assert.rejects(openThreadedStorage({ directory }), { code: 'STORAGE_FOREIGN' });
  rmSync(directory, { recursive: true });
});

test('of two on one file, each in a thread, exactly one is given a lease', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'headroom-storage-'));
  const storages = [await openThreadedStorage({ directory }), await openThreadedStorage({ directory })];
  for (let round = 1; round <= 10; round++) {
    const nowSeconds = round * 15;
    const answers = await Promise.all(
      storages.map((storage, index) =>
        storage.acquireLease({ name: 'actor', holder: `h${index}`, nowSeconds, ttlSeconds: 15 })
      )
    );
    const expiresSeconds = nowSeconds + 15;
    const winner = answers.findIndex(({ held }) => held);
    assert.deepEqual(answers[winner], { held: true, token: round, expiresSeconds });
    assert.deepEqual(answers[1 - winner], { held: false, holder: `h${winner}`, expiresSeconds });
  }
  await Promise.all(storages.map((storage) => storage.close()));
  rmSync(directory, { recursive: true });
});
