import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storageExam } from '../../exams/storage.ts';
import { openSqliteStorage } from './openSqliteStorage.ts';

storageExam('SqliteStorage on a file', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'headroom-storage-'));
  const storage = await openSqliteStorage({ directory });
  return {
    storage,
    reopen: async () => {
      await storage.close();
      return openSqliteStorage({ directory });
    },
    dispose: () => {
      rmSync(directory, { recursive: true });
      return Promise.resolve();
    },
  };
});

storageExam(
  'SqliteStorage in memory',
  async () => ({ storage: await openSqliteStorage({ file: ':memory:' }), dispose: () => Promise.resolve() }),
  { reopen: 'nothing outlives the memory' }
);
