import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSqliteStorage } from '../../storage/index.ts';
import { LastActions } from './lastActions.ts';

test('knows the last change of each workload, by whom and how it ended, from the audit alone', async () => {
  const storage = await openSqliteStorage({ file: ':memory:' });
  let count = 0;
  const append = (workload: string | null, what: string, who: string, outcome: string, at: number) =>
    storage.appendDecision({
      id: `d${String(++count)}`,
      at,
      who,
      what,
      workload,
      why: [],
      before: 1,
      after: 2,
      outcome,
    });
  const last = new LastActions(storage, 'headroom');
  await last.refresh();
  assert.equal(last.of('shop'), undefined);
  await append('shop', 'change', 'ana', 'applied', 100);
  await append('shop', 'dismiss', 'ana', 'done', 110);
  await append(null, 'pause', 'ana', 'done', 120);
  await last.refresh();
  assert.deepEqual(last.of('shop'), { at: 100, kind: 'change', by: 'person', outcome: 'applied' });
  await append('shop', 'rollback', 'headroom', 'failed: TARGET_REFUSED', 90);
  await append('till', 'giveBack', 'headroom', 'applied', 200);
  await last.refresh();
  assert.deepEqual(last.of('shop'), { at: 90, kind: 'rollback', by: 'headroom', outcome: 'failed' });
  assert.deepEqual(last.of('till'), { at: 200, kind: 'giveBack', by: 'headroom', outcome: 'applied' });
  const other = new LastActions(storage, 'headroom');
  await other.refresh();
  assert.deepEqual(other.of('shop'), last.of('shop'), 'the same after a restart');
  await storage.close();
});
