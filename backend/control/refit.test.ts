import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkWorkloadsFile } from '../config/index.ts';
import { workStretch } from '../simulation/index.ts';
import { openSqliteStorage } from '../storage/index.ts';
import { fakeSource, silentHooks } from './fakeWorld.fixture.ts';
import { createInlineCompute, Fleet } from './index.ts';

const STEP = 600;
const DAY = 86_400;
const NOW = 1_790_000_000 - (1_790_000_000 % DAY) + 15 * DAY;
/** How the replicas of this world really slow each other down. */
const TRUTH = { contention: 0.04, coherence: 0.0005 };

const wobble = (time: number): number => ((Math.floor(time / STEP) * 7919) % 101) / 101;
const replicasAt = (time: number): number => 2 + 2 * (Math.floor(time / (10 * STEP)) % 8);
const requestsAt = (time: number): number => replicasAt(time) * (3 + 3 * wobble(time));
const cpuAt = (time: number): number =>
  requestsAt(time) * 0.1 * workStretch(replicasAt(time), TRUTH) * (1 + 0.02 * (wobble(time + 7 * STEP) - 0.5));

function checked(capacity: object, resources: object = { cpu: { query: 'cpu', unit: 'cores', perReplica: 1 } }) {
  return checkWorkloadsFile(
    {
      sources: [{ name: 'fake', type: 'demo' }],
      workloads: [
        {
          name: 'shop',
          activity: { requests: { query: 'requests' } },
          resources,
          capacity: { replicas: { query: 'replicas' }, perReplica: 10, ...capacity },
          forecast: { step: '10m', horizon: '4h', history: '14d', model: 'seasonal-naive' },
          scaling: { leadTime: '10m', min: 1, max: 100 },
        },
      ],
    },
    'file'
  );
}

async function viewOf(capacity: object) {
  const config = checked(capacity);
  assert.ok(config.isValid, JSON.stringify(config));
  const storage = await openSqliteStorage({ file: ':memory:' });
  const values = { replicas: replicasAt, requests: requestsAt, cpu: cpuAt };
  const fleet = new Fleet({
    storage,
    compute: createInlineCompute(() => 0),
    nowSeconds: () => NOW,
    createSource: () => fakeSource((query) => values[query as keyof typeof values]),
    hooks: silentHooks(),
  });
  await fleet.configure(config.value);
  await fleet.cycle('shop');
  await fleet.settled('shop');
  const view = fleet.workload('shop')!;
  await fleet.close();
  await storage.close();
  return view;
}

describe('how replicas slow each other down, with capacity.refit', () => {
  it('is learnt around what is declared, and what is asked for follows it', async () => {
    const [plain, refitted] = [await viewOf({}), await viewOf({ refit: true })];
    const { serving, series } = refitted.config;
    assert.ok(serving.scalability !== undefined, refitted.warnings.join('; '));
    const served = (count: number) => (series[0]!.perReplica! * count) / workStretch(count, serving.scalability!);
    assert.ok(Math.abs(served(10) / 100 - 1) < 0.1, `at about the usual count as declared: ${String(served(10))}`);
    assert.ok(served(2) > 20 * 1.15, `few replicas serve more than declared: ${String(served(2))}`);
    assert.ok(served(16) < 160, `many serve less: ${String(served(16))}`);
    assert.ok(refitted.warnings.some((words) => /^scalability is learnt: contention/.test(words)));
    assert.equal(plain.config.serving.scalability, undefined);
    assert.equal(plain.config.series[0]!.perReplica, 10);
    assert.notDeepEqual(refitted.outlook!.replicas!.total, plain.outlook!.replicas!.total);
  });

  it('leaves what is declared in force without it, and where the past agrees', async () => {
    const declared = { scalability: TRUTH };
    const [plain, agreed] = [await viewOf(declared), await viewOf({ ...declared, refit: true })];
    assert.deepEqual(agreed.config.serving, plain.config.serving);
    assert.deepEqual(agreed.outlook!.replicas, plain.outlook!.replicas);
    assert.ok(agreed.warnings.some((words) => /stays as declared/.test(words)));
  });

  it('is refused where the use of cpu cannot tell', () => {
    const refused = checked({ refit: true }, {});
    assert.ok(!refused.isValid);
    assert.match(JSON.stringify(refused), /capacity.*refit.*needs capacity\.replicas/);
  });
});
