import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkWorkloadsFile, type Config } from '../config/index.ts';
import { HeadroomError } from '../errors/index.ts';
import { openSqliteStorage, type Storage } from '../storage/index.ts';
import { fakeSource, silentHooks } from './fakeWorld.fixture.ts';
import { createInlineCompute, Fleet, type FleetEvent } from './index.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const START = 1_790_000_000 - (1_790_000_000 % DAY);

interface World {
  now: number;
  failure: Error | undefined;
  /** Measured values; NaN is a gap. */
  requests: (timeSeconds: number) => number;
  replicas: (timeSeconds: number) => number;
  readonly events: FleetEvent[];
  readonly storage: Storage;
  readonly fleet: Fleet;
}

function dailyLoad(time: number): number {
  const hour = (time % DAY) / HOUR;
  const wobble = ((Math.floor(time / HOUR) * 7919) % 13) / 13;
  return 60 + 30 * Math.sin(((hour - 6) / 24) * 2 * Math.PI) + 2 * wobble;
}

function configOf(perReplica = 10, extra: object = {}): Config {
  const checked = checkWorkloadsFile(
    {
      sources: [{ name: 'fake', type: 'demo' }],
      workloads: [
        {
          name: 'shop',
          activity: { requests: { query: 'requests', unit: 'reqps' } },
          capacity: { replicas: { query: 'replicas' }, perReplica },
          forecast: { step: '1h', horizon: '24h', history: '10d' },
          scaling: { leadTime: '1h', min: 1, max: 100 },
          cost: { replicaHour: 0.1 },
          ...extra,
        },
      ],
    },
    'file'
  );
  assert.ok(checked.isValid, JSON.stringify(checked));
  return checked.value;
}

async function world(storage?: Storage): Promise<World> {
  const kept = storage ?? (await openSqliteStorage({ file: ':memory:' }));
  const events: FleetEvent[] = [];
  const source = fakeSource((query) => {
    if (made.failure !== undefined) {
      throw made.failure;
    }
    return query === 'replicas' ? made.replicas : made.requests;
  });
  const made: World = {
    now: START + 10 * HOUR,
    failure: undefined,
    requests: dailyLoad,
    replicas: () => 12,
    events,
    storage: kept,
    fleet: new Fleet({
      storage: kept,
      compute: createInlineCompute(() => 0),
      nowSeconds: () => made.now,
      createSource: () => source,
      hooks: silentHooks({ event: (event) => events.push(event) }),
    }),
  };
  await made.fleet.configure(configOf());
  return made;
}

async function turn({ fleet }: World) {
  await fleet.cycle('shop');
  await fleet.settled('shop');
  return fleet.workload('shop')!;
}

const down = () => new HeadroomError('SOURCE_UNREACHABLE', { source: 'fake', url: 'x', reason: 'refused' });

describe('the loop', () => {
  it('goes from measurements to an outlook and a recommendation, and keeps them', async () => {
    const made = await world();
    assert.equal(made.fleet.workload('shop')?.health.state, 'starting');
    const view = await turn(made);
    assert.equal(view.health.state, 'ok');
    assert.equal(view.outlook?.grid.length, 25);
    assert.ok(view.recommendation);
    assert.equal((await made.storage.latestOutlook('shop'))?.issuedAtSeconds, view.outlook.issuedAtSeconds);
    assert.equal((await made.storage.recommendation(view.recommendation.id))?.state, 'proposed');
    assert.deepEqual(made.events, []);
  });

  it('answers with seasonal-naive first and says so, then with the model that was chosen', async () => {
    const made = await world();
    const compute = made.fleet.cycle('shop');
    await compute;
    const first = made.fleet.workload('shop')!;
    assert.equal(first.outlook?.series[0]?.model, 'seasonal-naive');
    assert.match(first.warnings.join(), /is being chosen/);
    await made.fleet.settled('shop');
    const settled = made.fleet.workload('shop')!;
    assert.notEqual(settled.outlook?.series[0]?.model, 'seasonal-naive');
    assert.doesNotMatch(settled.warnings.join(), /is being chosen/);
  });

  it('holds what it said while the source is down, says so, and goes on when it is back', async () => {
    const made = await world();
    const before = await turn(made);
    made.failure = down();
    made.now += HOUR;
    const during = await turn(made);
    assert.equal(during.health.state, 'failing');
    assert.equal(during.outlook, before.outlook);
    assert.equal(during.recommendation?.id, before.recommendation?.id);
    assert.ok(made.events.some((event) => event.code === 'SOURCE_UNREACHABLE'));
    made.failure = undefined;
    made.now += HOUR;
    const after = await turn(made);
    assert.equal(after.health.state, 'ok');
    assert.ok(
      after.actual.get('requests')!.values.every((value) => !Number.isNaN(value)),
      'the hour it missed is read'
    );
  });

  it('never advises less while measurements are missing', async () => {
    const made = await world();
    await turn(made);
    const cut = made.now;
    made.requests = (time) => (time > cut ? Number.NaN : dailyLoad(time));
    made.now += HOUR;
    const floor = (await turn(made)).recommendation?.proposed.replicas ?? 0;
    for (let hours = 0; hours < 12; hours++) {
      made.now += HOUR;
      const view = await turn(made);
      assert.ok(view.recommendation === undefined || view.recommendation.proposed.replicas >= floor);
    }
    assert.equal(made.fleet.workload('shop')?.health.state, 'stale');
  });

  it('has no shortfall and no advice where the replicas are unknown', async () => {
    const made = await world();
    made.replicas = () => Number.NaN;
    const view = await turn(made);
    assert.equal(view.outlook?.anyShortfall, undefined);
    assert.equal(view.recommendation, undefined);
    assert.equal(view.health.state, 'stale');
  });

  it('shows the last outlook after a restart, marked stale once it is old', async () => {
    const made = await world();
    const before = await turn(made);
    const again = await world(made.storage);
    again.now = made.now;
    assert.equal(again.fleet.workload('shop')?.outlook?.issuedAtSeconds, before.outlook?.issuedAtSeconds);
    assert.equal(again.fleet.workload('shop')?.recommendation?.id, before.recommendation?.id);
    again.now += 10 * HOUR;
    assert.equal(again.fleet.workload('shop')?.health.state, 'stale');
  });

  it('scores what it said when the truth has come, beside seasonal-naive', async () => {
    const made = await world();
    for (let hours = 0; hours < 8; hours++) {
      await turn(made);
      made.now += HOUR;
    }
    const accuracy = (await turn(made)).accuracy;
    const own = accuracy.find((each) => each.model !== 'seasonal-naive' && each.lead === '6h');
    const naive = accuracy.find((each) => each.model === 'seasonal-naive' && each.lead === '6h');
    assert.ok(own && own.count > 10);
    assert.equal(naive?.count, own.count);
    assert.ok(own.mase !== null && own.mase < 2);
  });

  it('goes on when nothing can be saved, and says that it is not kept', async () => {
    const made = await world();
    await turn(made);
    const saved = await made.storage.latestOutlook('shop');
    made.storage.saveOutlook = () => Promise.reject(new HeadroomError('STORAGE_FULL', { file: 'f', reason: 'full' }));
    made.now += HOUR;
    const view = await turn(made);
    assert.equal(view.health.state, 'ok');
    assert.ok(view.outlook!.issuedAtSeconds > saved!.issuedAtSeconds);
    assert.match(view.warnings.join(), /Not kept/);
    assert.match(made.fleet.storageProblem ?? '', /no room left/);
  });

  it('takes up a changed configuration and leaves what did not change alone', async () => {
    const made = await world();
    const before = await turn(made);
    assert.deepEqual(await made.fleet.configure(configOf()), []);
    assert.equal(made.fleet.workload('shop')?.outlook, before.outlook);
    assert.deepEqual(await made.fleet.configure(configOf(5)), ['shop']);
    const after = await turn(made);
    assert.ok(after.outlook!.series[0]!.capacity!.at(-1)! < before.outlook!.series[0]!.capacity!.at(-1)!);
    await made.fleet.configure({ ...configOf(), sources: [], workloads: [] });
    assert.equal(made.fleet.workloads().length, 0);
    await made.fleet.cycle('shop');
  });

  it('puts nothing of a configuration in force that cannot be built', async () => {
    const made = await world();
    const broken = configOf();
    await assert.rejects(made.fleet.configure({ ...broken, sources: [] }));
    assert.equal(made.fleet.workloads().length, 1);
    assert.equal((await turn(made)).health.state, 'ok');
  });

  it('foresees the same bits from the same measurements', async () => {
    const [one, two] = [await turn(await world()), await turn(await world())];
    assert.deepEqual(one.outlook, two.outlook);
    assert.deepEqual(one.recommendation, two.recommendation);
  });
});
