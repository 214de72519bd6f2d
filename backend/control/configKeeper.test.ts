import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { stringify } from 'yaml';
import type { WorkloadEntry } from '../../contract/index.ts';
import type { Config } from '../config/index.ts';
import { HeadroomError } from '../errors/index.ts';
import { openSqliteStorage, type Storage } from '../storage/index.ts';
import { ConfigKeeper, type DeclarationChange } from './configKeeper.ts';

const SOURCES = [{ name: 'demo', type: 'demo' as const }];
const FILED = { name: 'filed', activity: { requests: { query: 'search.requests' } } };
const folder = mkdtempSync(join(tmpdir(), 'headroom-keeper-'));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

const coded = (code: string) => (error: unknown) => error instanceof HeadroomError && error.code === code;
const entry = (changes: Partial<WorkloadEntry> = {}): WorkloadEntry => ({
  name: 'extra',
  activity: { requests: { query: 'checkout.requests' } },
  ...changes,
});

interface Kept {
  readonly keeper: ConfigKeeper;
  readonly storage: Storage;
  readonly names: () => string[];
  readonly changes: DeclarationChange[];
  readonly world: { failure: Error | undefined };
}

async function keep(options: { storage?: Storage; file?: string } = {}): Promise<Kept> {
  const storage = options.storage ?? (await openSqliteStorage({ file: ':memory:' }));
  const changes: DeclarationChange[] = [];
  const world: Kept['world'] = { failure: undefined };
  let inForce: Config | undefined;
  const keeper = new ConfigKeeper({
    file: options.file ?? null,
    demo: { sources: SOURCES, workloads: [FILED] },
    storage,
    nowSeconds: () => 1_795_000_000,
    apply: (config) => {
      if (world.failure !== undefined && config.workloads.some(({ name }) => name === 'extra')) {
        return Promise.reject(world.failure);
      }
      inForce = config;
      return Promise.resolve();
    },
    onEvent: () => undefined,
    record: (change) => {
      changes.push(change);
      return Promise.resolve();
    },
  });
  await keeper.start();
  return { keeper, storage, changes, world, names: () => (inForce?.workloads ?? []).map(({ name }) => name) };
}

describe('what the API declares', () => {
  it('is in force, counted, and told to the audit with who, before and after', async () => {
    const { keeper, names, changes } = await keep();
    await keeper.put('extra', entry(), { who: 'ann' });
    await keeper.put('extra', entry({ cost: { replicaHour: 1 } }), { who: 'ben', expected: { version: 1 } });
    assert.deepEqual(names(), ['filed', 'extra']);
    assert.equal(keeper.versionOf('extra'), 2);
    assert.equal(keeper.versionOf('filed'), undefined);
    await keeper.delete('extra', { who: 'cid', expected: { version: 2 } });
    assert.deepEqual(names(), ['filed']);
    assert.deepEqual(
      changes.map(({ what, who, before, after: then }) => [what, who, before?.version, then?.version]),
      [
        ['add', 'ann', undefined, 1],
        ['edit', 'ben', 1, 2],
        ['delete', 'cid', 2, undefined],
      ]
    );
  });

  it('is there after a restart, and not after it was deleted', async () => {
    const { keeper, storage } = await keep();
    await keeper.put('extra', entry());
    const again = await keep({ storage });
    assert.deepEqual(again.names(), ['filed', 'extra']);
    await again.keeper.delete('extra');
    assert.deepEqual((await keep({ storage })).names(), ['filed']);
  });

  it('takes up what was stored before there were versions', async () => {
    const { storage } = await keep();
    await storage.setSetting('workload/extra', entry());
    const { keeper, names } = await keep({ storage });
    assert.deepEqual(names(), ['filed', 'extra']);
    assert.equal(keeper.versionOf('extra'), 1);
  });

  it('changes nothing where the content is the same', async () => {
    const { keeper, changes } = await keep();
    await keeper.put('extra', entry());
    await keeper.put('extra', entry());
    assert.equal(keeper.versionOf('extra'), 1);
    assert.equal(changes.length, 1);
  });

  it('refuses an outdated change, and never counts a version twice', async () => {
    const { keeper } = await keep();
    await keeper.put('extra', entry(), { expected: { isNew: true } });
    await assert.rejects(keeper.put('extra', entry(), { expected: { isNew: true } }), coded('API_VERSION_CHANGED'));
    await assert.rejects(keeper.put('extra', entry(), { expected: { version: 7 } }), coded('API_VERSION_CHANGED'));
    await assert.rejects(keeper.delete('extra', { expected: { version: 7 } }), coded('API_VERSION_CHANGED'));
    await keeper.delete('extra');
    await assert.rejects(keeper.put('extra', entry(), { expected: { version: 1 } }), coded('API_VERSION_CHANGED'));
    await keeper.put('extra', entry(), { expected: { isNew: true } });
    assert.equal(keeper.versionOf('extra'), 3);
  });

  it('lets one of two who read the same version win', async () => {
    const { keeper } = await keep();
    await keeper.put('extra', entry());
    const ends = await Promise.allSettled(
      [1, 2].map((price) => keeper.put('extra', entry({ cost: { replicaHour: price } }), { expected: { version: 1 } }))
    );
    assert.deepEqual(ends.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.equal(keeper.versionOf('extra'), 2);
  });

  for (const [title, name, definition, code] of [
    ['what the file declares', 'filed', FILED, 'API_CONFLICT'],
    ['an unknown source', 'extra', entry({ source: 'gone' }), 'API_BODY_INVALID'],
    ['an unknown model', 'extra', entry({ forecast: { model: 'oracle' } }), 'API_BODY_INVALID'],
    ['nothing to forecast', 'extra', { name: 'extra' }, 'API_BODY_INVALID'],
  ] as const) {
    it(`refuses ${title}, keeps nothing and records nothing`, async () => {
      const { keeper, storage, changes, names } = await keep();
      await assert.rejects(keeper.put(name, definition), coded(code));
      assert.equal((await storage.settings('workload/')).size, 0);
      assert.deepEqual([names(), changes], [['filed'], []]);
    });
  }

  it('is as it was before where it cannot be put in force', async () => {
    const { keeper, world, storage, names, changes } = await keep();
    world.failure = new Error('the source cannot be made');
    await assert.rejects(keeper.put('extra', entry()), /cannot be made/);
    assert.equal(await storage.setting('workload/extra'), undefined);
    assert.deepEqual([names(), keeper.versionOf('extra'), changes], [['filed'], undefined, []]);
    world.failure = undefined;
    await keeper.put('extra', entry());
    assert.equal(keeper.versionOf('extra'), 1);
  });

  it('may be all there is: a file of sources alone', async () => {
    const file = join(folder, 'sources.yaml');
    writeFileSync(file, stringify({ sources: SOURCES, workloads: [] }));
    const { keeper, names } = await keep({ file });
    assert.deepEqual(names(), []);
    await keeper.put('extra', entry());
    assert.deepEqual(names(), ['extra']);
    await keeper.reload();
    assert.deepEqual(names(), ['extra']);
    keeper.stop();
  });
});
