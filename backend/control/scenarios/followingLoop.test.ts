import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkWorkloadsFile, type Config } from '../../config/index.ts';
import { openSqliteStorage, type Storage } from '../../storage/index.ts';
import { fakeSource, silentHooks } from '../fakeWorld.fixture.ts';
import { createInlineCompute, Fleet } from '../index.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const START = 1_790_000_000 - (1_790_000_000 % DAY);

function configOf(scenarios: readonly string[]): Config {
  const checked = checkWorkloadsFile(
    {
      sources: [{ name: 'fake', type: 'demo' }],
      workloads: [
        {
          name: 'shop',
          activity: { requests: { query: 'requests', unit: 'reqps' } },
          capacity: { replicas: { query: 'replicas' }, perReplica: 10 },
          forecast: { step: '1h', horizon: '24h', history: '10d', model: 'seasonal-naive' },
          scaling: { leadTime: '1h', min: 1, max: 100 },
          scenarios: [...scenarios],
        },
      ],
    },
    'file'
  );
  assert.ok(checked.isValid, JSON.stringify(checked));
  return checked.value;
}

function usual(time: number): number {
  const wobble = ((Math.floor(time / HOUR) * 7919) % 13) / 13 - 0.5;
  return 60 + 30 * Math.sin((((time % DAY) / HOUR - 6) / 24) * 2 * Math.PI) + 4 * wobble;
}

async function world(storage: Storage, scenarios: readonly string[] = ['sale']) {
  const made = { now: START + 10 * HOUR, requests: usual };
  const source = fakeSource((query) => (query === 'replicas' ? () => 12 : (time: number) => made.requests(time)));
  const fleet = new Fleet({
    storage,
    compute: createInlineCompute(() => 0),
    nowSeconds: () => made.now,
    createSource: () => source,
    scenario: (name) =>
      name === 'sale' ? { name, interventions: [{ kind: 'scale', target: 'requests', factor: 2 }] } : undefined,
    hooks: silentHooks(),
  });
  await fleet.configure(configOf(scenarios));
  const turn = async () => {
    await fleet.cycle('shop');
    await fleet.settled('shop');
    return fleet.workload('shop')!;
  };
  return { made, fleet, turn };
}

describe('a workload that keeps scenarios', () => {
  it('moves its weight to a spike that comes and back, changes the plan, says why, and survives a restart', async () => {
    const storage = await openSqliteStorage({ file: ':memory:' });
    const { made, turn } = await world(storage);
    let view = await turn();
    assert.deepEqual(view.scenarios?.names, ['baseline', 'sale']);
    const calm = view.recommendation!;
    assert.ok(calm.reasons.some(({ code, text }) => code === 'scenario' && text.startsWith('sale (weight 5 %')));
    const began = made.now;
    made.requests = (time) => (time > began && time <= began + 6 * HOUR ? 2 : 1) * usual(time);
    let told = '';
    for (let hours = 1; hours <= 4; hours++) {
      made.now += HOUR;
      view = await turn();
      told ||= view.recommendation?.reasons.find(({ code }) => code === 'scenario-weight')?.text ?? '';
    }
    assert.ok(view.scenarios!.weights[1]! > 0.5, String(view.scenarios!.weights));
    assert.match(told, /The weight of sale rose from 5 % to .* the plan went from/);
    const restarted = await world(storage);
    assert.deepEqual(restarted.fleet.workload('shop')?.scenarios?.weights, view.scenarios!.weights);
    for (let hours = 0; hours < 30; hours++) {
      made.now += HOUR;
      view = await turn();
    }
    assert.ok(view.scenarios!.weights[1]! < 0.2, String(view.scenarios!.weights));
    assert.equal(view.scenarios!.history.length, 34);
  });

  it('foresees each scenario, in proportion to the baseline', async () => {
    const { turn } = await world(await openSqliteStorage({ file: ':memory:' }));
    const view = await turn();
    const [sale] = view.scenarios!.outlooks;
    const base = view.outlook!.series[0]!;
    const middle = base.levels.indexOf(0.5) * sale!.grid.length + 5;
    assert.ok(Math.abs(sale!.series[0]!.values[middle]! / base.values[middle]! - 2) < 0.05);
    assert.ok(sale!.anyShortfall!.slice(1).every((value) => value >= 0 && value <= 1));
  });

  it('leaves out a scenario that is not known, and says so', async () => {
    const { turn } = await world(await openSqliteStorage({ file: ':memory:' }), ['sale', 'gone']);
    const view = await turn();
    assert.deepEqual(view.scenarios?.names, ['baseline', 'sale']);
    assert.match(view.warnings.join(), /The scenario gone is not known/);
    const none = await world(await openSqliteStorage({ file: ':memory:' }), ['gone']);
    const without = await none.turn();
    assert.equal(without.scenarios, undefined);
    assert.ok(without.outlook !== undefined && without.recommendation !== undefined);
  });

  it('learns from its days how often a scenario comes, and keeps that over a restart', async () => {
    const storage = await openSqliteStorage({ file: ':memory:' });
    const { made, turn } = await world(storage);
    let view = await turn();
    assert.deepEqual(view.scenarios?.priors, view.scenarios?.declared);
    // A sale that comes at another hour each day is one that no season foresees.
    made.requests = (time) => {
      const hour = (time % DAY) / HOUR;
      const begins = (Math.floor(time / DAY) * 7) % 17;
      return (hour >= begins && hour < begins + 6 ? 2 : 1) * usual(time);
    };
    for (let hours = 0; hours < 6 * 24; hours++) {
      made.now += HOUR;
      view = await turn();
    }
    const { priors, declared, days } = view.scenarios!;
    assert.ok(priors[1]! > declared[1]!, `${String(priors[1])} with ${JSON.stringify(days)}`);
    assert.ok(days[1]!.followed > 0.9 && days[1]!.followed <= days[1]!.decided);
    assert.ok(Math.abs(priors[0]! + priors[1]! - 1) < 1e-9);
    const restarted = await world(storage);
    assert.deepEqual(restarted.fleet.workload('shop')?.scenarios?.priors, priors);
    const kept = (await storage.setting('scenario-weights/shop')) as object;
    await storage.setSetting('scenario-weights/shop', { ...kept, days: undefined, today: undefined });
    const older = await world(storage);
    assert.deepEqual(older.fleet.workload('shop')?.scenarios?.priors, declared, 'kept before days were counted');
  });
});
