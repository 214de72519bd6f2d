import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Scenario } from '../../../contract/index.ts';
import { checkWorkloadsFile } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { openSqliteStorage, type Storage } from '../../storage/index.ts';
import { ScenarioShelf } from './scenarioShelf.ts';

const SALE: Scenario = {
  name: 'autumn-sale',
  interventions: [{ kind: 'spike', target: 'requests', factor: 2, start: '30m', duration: '2h' }],
};

async function shelfOf(storage?: Storage) {
  const kept = storage ?? (await openSqliteStorage({ file: ':memory:' }));
  const checked = checkWorkloadsFile(
    {
      sources: [{ name: 'demo', type: 'demo' }],
      workloads: [
        {
          name: 'shop',
          activity: { requests: { query: 'x' } },
          resources: { cpu: { query: 'y' } },
          scaling: { max: 20 },
        },
      ],
    },
    'file'
  );
  assert.ok(checked.isValid);
  let now = 100;
  const shelf = new ScenarioShelf({ storage: kept, nowSeconds: () => now++, workloads: () => checked.value.workloads });
  return { shelf, storage: kept, unreadable: await shelf.load() };
}

function coded(code: string, field?: string) {
  return (error: unknown) =>
    error instanceof HeadroomError && error.code === code && (field === undefined || error.details['field'] === field);
}

describe('the shelf of scenarios', () => {
  it('keeps versions, finds the newest, and survives a restart', async () => {
    const { shelf, storage } = await shelfOf();
    assert.equal((await shelf.put(SALE)).version, 1);
    const changed = { ...SALE, description: 'Larger than last year' };
    assert.equal((await shelf.put(changed, { version: 1 })).version, 2);
    assert.equal((await shelf.put(changed)).version, 2, 'the same content is no new version');
    const again = await shelfOf(storage);
    assert.deepEqual(again.shelf.find('autumn-sale'), changed);
    assert.deepEqual(again.shelf.detail('autumn-sale', 1)?.scenario, SALE);
    assert.deepEqual(
      again.shelf.detail('autumn-sale')?.versions.map(({ version }) => version),
      [2, 1]
    );
    assert.equal(again.shelf.detail('autumn-sale', 3), undefined);
  });

  it('refuses a change to what somebody else changed in between, and one of two at once', async () => {
    const { shelf } = await shelfOf();
    await shelf.put(SALE);
    await shelf.put({ ...SALE, probability: 0.5 });
    await assert.rejects(shelf.put({ ...SALE, probability: 0.1 }, { version: 1 }), coded('API_VERSION_CHANGED'));
    await assert.rejects(shelf.put(SALE, { isNew: true }), coded('API_VERSION_CHANGED'));
    await assert.rejects(shelf.delete('autumn-sale', { version: 7 }), coded('API_VERSION_CHANGED'));
    const both = await Promise.allSettled(
      [0.2, 0.3].map((p) => shelf.put({ ...SALE, probability: p }, { version: 2 }))
    );
    assert.deepEqual(
      both.map(({ status }) => status),
      ['fulfilled', 'rejected']
    );
  });

  it('counts on after a deletion, so that no ETag comes twice', async () => {
    const { shelf } = await shelfOf();
    await shelf.put(SALE);
    assert.equal(await shelf.delete('autumn-sale'), true);
    assert.equal(await shelf.delete('autumn-sale'), false);
    assert.equal(shelf.find('autumn-sale'), undefined);
    assert.equal(shelf.detail('autumn-sale'), undefined);
    assert.ok(!shelf.list().some(({ name }) => name === 'autumn-sale'));
    assert.equal((await shelf.put(SALE, { isNew: true })).version, 3);
  });

  it('never changes a scenario that ships, and lets it be copied', async () => {
    const { shelf } = await shelfOf();
    const shipped = shelf.find('flash-sale')!;
    await assert.rejects(shelf.put(shipped), coded('SCENARIO_BUILT_IN'));
    await assert.rejects(shelf.delete('flash-sale'), coded('SCENARIO_BUILT_IN'));
    assert.equal((await shelf.put({ ...shipped, name: 'our-sale' })).origin, 'stored');
  });

  it('names the field of what contradicts the fleet', async () => {
    const { shelf } = await shelfOf();
    const of = (intervention: object) => ({ name: 'odd', interventions: [intervention] }) as Scenario;
    const cases: ReadonlyArray<readonly [object, string]> = [
      [{ kind: 'scale', target: 'gpu', factor: 2 }, 'interventions[0].target'],
      [{ kind: 'scale', target: 'cpu', factor: 2, start: '25h' }, 'interventions[0].start'],
      [{ kind: 'capacity', target: 'replicas', add: -21 }, 'interventions[0].add'],
      [{ kind: 'spike', target: 'demand', factor: 2 }, 'interventions[0].duration'],
    ];
    for (const [intervention, field] of cases) {
      await assert.rejects(shelf.put(of(intervention)), coded('SCENARIO_INVALID', field), field);
    }
    await assert.rejects(
      shelf.put(of({ kind: 'latency', target: 'demand', factor: 2 })),
      coded('SCENARIO_UNSUPPORTED')
    );
    assert.equal(shelf.find('odd'), undefined);
  });

  it('checks shapes and times without any workload', async () => {
    const storage = await openSqliteStorage({ file: ':memory:' });
    const shelf = new ScenarioShelf({ storage, nowSeconds: () => 1, workloads: () => [] });
    await shelf.put(SALE);
    await assert.rejects(
      shelf.put({ name: 'odd', interventions: [{ kind: 'spike', target: 'gpu', factor: 2 }] }),
      coded('SCENARIO_INVALID', 'interventions[0].duration')
    );
  });

  it('leaves out a record that cannot be read, and says which', async () => {
    const { shelf, storage } = await shelfOf();
    await shelf.put(SALE);
    await storage.setSetting('scenario/broken', { versions: 'none' });
    const again = await shelfOf(storage);
    assert.deepEqual(again.unreadable, ['broken']);
    assert.deepEqual(again.shelf.find('autumn-sale'), SALE);
  });
});
