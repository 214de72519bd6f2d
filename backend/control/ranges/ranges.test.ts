import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkWorkloadsFile, type Config } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { openSqliteStorage, type Storage } from '../../storage/index.ts';
import { gridEnd, type TimeGrid } from '../../timeseries/index.ts';
import { fakeSource, silentHooks } from '../fakeWorld.fixture.ts';
import { createInlineCompute, Fleet, type FleetEvent } from '../index.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;
const START = 1_790_000_000 - (1_790_000_000 % DAY) + 10 * HOUR;

interface World {
  now: number;
  failure: Error | undefined;
  /** Measured values; NaN is a gap. */
  requests: (timeSeconds: number) => number;
  readonly reads: TimeGrid[];
  readonly events: FleetEvent[];
  readonly storage: Storage;
  readonly fleet: Fleet;
}

/** A day, a week and growth of 20 % a month. */
function load(time: number): number {
  const hour = (time % DAY) / HOUR;
  const isWeekend = [2, 3].includes(Math.floor(time / DAY) % 7);
  const size = (isWeekend ? 0.6 : 1) * 1.2 ** ((time - START) / (30 * DAY));
  return size * (60 + 30 * Math.sin(((hour - 6) / 24) * 2 * Math.PI) + ((Math.floor(time / MINUTE) * 7919) % 13) / 6);
}

function configOf(forecast: object, extra: object = {}): Config {
  const checked = checkWorkloadsFile(
    {
      sources: [{ name: 'fake', type: 'demo' }],
      workloads: [
        {
          name: 'shop',
          activity: { requests: { query: 'requests', unit: 'reqps' } },
          capacity: { replicas: { query: 'replicas' }, perReplica: 10 },
          forecast: { step: '15m', horizon: '6h', history: '4d', model: 'seasonal-naive', ...forecast },
          scaling: { leadTime: '3m', min: 1, max: 100 },
          ...extra,
        },
      ],
    },
    'file'
  );
  assert.ok(checked.isValid, JSON.stringify(checked));
  return checked.value;
}

const NEAR = { nearStep: '5m' };
const PLANNING = { planning: { horizon: '30d' } };

async function world(forecast: object, storage?: Storage, extra: object = {}): Promise<World> {
  const kept = storage ?? (await openSqliteStorage({ file: ':memory:' }));
  const events: FleetEvent[] = [];
  const reads: TimeGrid[] = [];
  const source = fakeSource((query, grid) => {
    if (made.failure !== undefined) {
      throw made.failure;
    }
    if (query === 'requests') {
      reads.push(grid);
    }
    const value = query === 'replicas' ? () => 12 : made.requests;
    return (time) => (time <= made.now ? value(time) : Number.NaN);
  });
  const made: World = {
    now: START + 7,
    failure: undefined,
    requests: load,
    reads,
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
  await made.fleet.configure(configOf(forecast, extra));
  return made;
}

const down = () => new HeadroomError('SOURCE_UNREACHABLE', { source: 'fake', url: 'x', reason: 'refused' });

async function near(made: World) {
  await made.fleet.turnRange('shop', 'near');
  const { near: view } = made.fleet.workload('shop')!;
  assert.ok(view !== undefined);
  return view;
}

async function planning(made: World) {
  await made.fleet.turnRange('shop', 'planning');
  const { planning: view } = made.fleet.workload('shop')!;
  assert.ok(view !== undefined);
  return view;
}

describe('a workload that asks for no range', () => {
  it('has none, and a turn of one is nothing', async () => {
    const made = await world({});
    await made.fleet.turnRange('shop', 'near');
    await made.fleet.turnRange('nobody', 'planning');
    const view = made.fleet.workload('shop')!;
    assert.equal(view.near ?? view.planning, undefined);
    assert.deepEqual(made.reads, []);
  });
});

describe('the near range', () => {
  it('goes from the last days to the next hour, at its own step, beside the day and its capacity', async () => {
    const made = await world(NEAR);
    await made.fleet.cycle('shop');
    const { outlook, health, actual } = await near(made);
    assert.equal(health.state, 'ok');
    assert.deepEqual(outlook?.grid, { startSeconds: START, stepSeconds: 300, length: 13 });
    const [requests] = outlook.series;
    assert.deepEqual([requests?.name, requests?.model, requests?.capacity?.[1]], ['requests', 'near', 120]);
    assert.ok(Number.isNaN(requests!.mean[0]!), 'the cutoff is no forecast');
    requests!.mean.slice(1).forEach((mean, step) => {
      assert.ok(Math.abs(mean / load(START + (step + 1) * 300) - 1) < 0.1, `step ${String(step)}: ${String(mean)}`);
    });
    assert.equal(actual.get('requests')?.values.length, (8 * DAY) / 300 + 1, 'what is kept is bounded');
    assert.deepEqual(made.events, []);
  });

  it('reads and learns only what is new, turn after turn', async () => {
    const made = await world(NEAR);
    await near(made);
    made.reads.length = 0;
    for (let turn = 0; turn < 5; turn++) {
      made.now += 300;
      assert.equal((await near(made)).outlook?.cutoffSeconds, made.now - 7);
    }
    assert.ok(made.reads.every(({ length }) => length <= 14));
  });

  it('holds what it said while the source is down, says so once, and goes on when it is back', async () => {
    const made = await world(NEAR);
    const before = await near(made);
    made.failure = down();
    for (let turn = 0; turn < 4; turn++) {
      made.now += 300;
      const during = await near(made);
      assert.equal(during.health.state, 'failing');
      assert.equal(during.outlook, before.outlook);
    }
    assert.equal(made.events.length, 2, 'once of the requests, once of the replicas');
    made.failure = undefined;
    made.now += 300;
    const after = await near(made);
    assert.equal(after.health.state, 'ok');
    assert.ok(after.actual.get('requests')!.values.every(Number.isFinite), 'what it missed is read');
  });

  it('takes a row that came late in at its next look, reads no more once it has it, and asks where replicas are', async () => {
    const made = await world(NEAR);
    await near(made);
    const first = made.reads.length;
    const late = START + 300;
    made.requests = (time) => (time >= late && made.now < late + 40 ? Number.NaN : load(time));
    made.now = late + 10;
    const before = await near(made);
    assert.equal(before.actual.get('requests')!.values.at(-1), Number.NaN);
    assert.equal(before.health.state, 'ok');
    made.now = late + 25;
    assert.equal((await near(made)).outlook, before.outlook, 'nothing new, nothing said anew');
    made.now = late + 40;
    const after = await near(made);
    assert.equal(after.actual.get('requests')!.values.at(-1), load(late));
    assert.notEqual(after.outlook, before.outlook);
    assert.equal(made.reads.length, first + 3);
    made.now = late + 55;
    assert.equal((await near(made)).outlook, after.outlook);
    assert.equal(made.reads.length, first + 3);
    assert.equal(made.fleet.againSeconds('shop', 'near'), 75, 'a quarter of its turns, which are a step apart here');
    assert.equal(made.fleet.againSeconds('shop', 'planning'), undefined);
  });

  it('keeps gaps as gaps, and is stale when the last measurements are missing', async () => {
    const made = await world(NEAR);
    made.requests = (time) => (time > START - 2 * HOUR && time < START - HOUR ? Number.NaN : load(time));
    const view = await near(made);
    assert.equal(view.actual.get('requests')!.values.filter(Number.isNaN).length, 11);
    assert.equal(view.health.state, 'ok');
    made.requests = (time) => (time > START ? Number.NaN : load(time));
    made.now += HOUR;
    const late = await near(made);
    assert.equal(late.health.state, 'stale');
    assert.match(late.warnings.join(), /the last measurement is 1h older than the cutoff/);
  });

  it('survives a restart, marked stale once it is old', async () => {
    const made = await world(NEAR);
    const before = await near(made);
    const again = await world(NEAR, made.storage);
    const restored = again.fleet.workload('shop')?.near;
    assert.equal(restored?.outlook?.issuedAtSeconds, before.outlook?.issuedAtSeconds);
    assert.equal(restored?.health.state, 'ok');
    again.now += HOUR;
    assert.equal(again.fleet.workload('shop')?.near?.health.state, 'stale');
    const other = await world({ nearStep: '1m' }, made.storage);
    assert.equal(other.fleet.workload('shop')?.near?.outlook, undefined, 'another step is another range');
  });

  it('takes a clock that jumps ahead and back', async () => {
    const made = await world(NEAR);
    await near(made);
    for (const jump of [20 * DAY, -20 * DAY, -3 * HOUR, 300]) {
      made.now += jump;
      const { outlook, health } = await near(made);
      assert.equal(health.state, 'ok', `after ${String(jump)} s`);
      assert.equal(outlook?.cutoffSeconds, Math.floor(made.now / 300) * 300);
      assert.ok(outlook.series[0]!.mean.slice(1).every((mean) => mean > 0 && mean < 1000));
    }
  });

  it('scores what it said when the truth has come, and keeps two days of it', async () => {
    const made = await world(NEAR);
    for (let turn = 0; turn < 26; turn++) {
      await near(made);
      made.now += 300;
    }
    const { accuracy } = await near(made);
    const own = accuracy.find(({ model, lead }) => model === 'near' && lead === '1h');
    assert.ok(own !== undefined && own.count >= 9 && own.mase! < 2, JSON.stringify(accuracy));
    assert.deepEqual(made.fleet.workload('shop')?.accuracy, [], 'the day is scored apart');
    made.now += 3 * DAY;
    await near(made);
    const kept = await made.fleet.pastOutlooks('shop', 0, 4e9, 'near');
    assert.equal(kept.length, 1);
  });

  it('decides the floor of the next minutes, between two outlooks of the day', async () => {
    const made = await world(NEAR);
    await made.fleet.cycle('shop');
    await made.fleet.settled('shop');
    const before = made.fleet.workload('shop')!;
    assert.ok(!before.recommendation!.reasons.some(({ code }) => code === 'near'));
    await near(made);
    const after = made.fleet.workload('shop')!;
    const reason = after.recommendation!.reasons.find(({ code }) => code === 'near');
    assert.match(reason!.text, /^The forecast of the next minutes asks for a floor of \d+ replicas now/);
    const { total, committed, reserved } = after.outlook!.replicas!;
    assert.equal(total[0], reason!.values!['floor']);
    assert.equal(committed[0]! + reserved[0]!, total[0]);
    assert.equal(total.at(-1), before.outlook!.replicas!.total.at(-1), 'afterwards the day holds');
    assert.equal(after.outlook!.series, before.outlook!.series);
    const kept = await made.storage.recommendations({ workload: 'shop', states: ['proposed'], limit: 9 });
    assert.deepEqual(
      kept.map(({ id }) => id),
      [after.recommendation!.id]
    );
  });

  it('raises at once when demand rises faster than the day foresaw', async () => {
    const made = await world(NEAR);
    await made.fleet.cycle('shop');
    await made.fleet.settled('shop');
    await near(made);
    const from = made.now;
    made.requests = (time) => load(time) * (time > from ? 3 : 1);
    const before = made.fleet.workload('shop')!.recommendation!;
    made.now += 300;
    await near(made);
    const after = made.fleet.workload('shop')!.recommendation!;
    assert.equal(after.action, 'raise');
    assert.ok(after.proposed.replicas > 2 * before.tiers.total, JSON.stringify(after.proposed));
    assert.notEqual(after.id, before.id);
  });

  it('is lost with its source: the day holds and nothing is lower than what was asked for', async () => {
    const made = await world(NEAR);
    await made.fleet.cycle('shop');
    await made.fleet.settled('shop');
    const day = made.fleet.workload('shop')!.outlook!.replicas!.total[0]!;
    await near(made);
    const floor = made.fleet.workload('shop')!.outlook!.replicas!.total[0]!;
    made.failure = down();
    made.now += 300;
    await near(made);
    const lost = made.fleet.workload('shop')!;
    const reason = lost.recommendation!.reasons.find(({ code }) => code === 'near-lost');
    assert.match(reason!.text, /refused/);
    assert.equal(lost.outlook!.replicas!.total[1], Math.max(day, floor));
    made.failure = undefined;
    made.now += 300;
    await made.fleet.cycle('shop');
    await made.fleet.settled('shop');
    await near(made);
    const codes = made.fleet.workload('shop')!.recommendation!.reasons.map(({ code }) => code);
    assert.ok(codes.includes('near') && !codes.includes('near-lost'));
  });

  it('decides nothing while the day knows no replicas, and says nothing of it', async () => {
    const made = await world(NEAR);
    await near(made);
    assert.equal(made.fleet.workload('shop')?.recommendation, undefined);
    assert.equal(made.fleet.workload('shop')?.near?.health.state, 'ok');
  });
});

describe('the planning range', () => {
  it('foresees means and peaks of days from all that the source keeps', async () => {
    const made = await world(PLANNING);
    await made.fleet.cycle('shop');
    const first = START - 200 * DAY;
    made.requests = (time) => (time < first ? Number.NaN : load(time));
    made.reads.length = 0;
    const { outlook, health, actual } = await planning(made);
    assert.equal(health.state, 'ok');
    const midnight = START - 10 * HOUR;
    assert.deepEqual(outlook?.grid, { startSeconds: midnight, stepSeconds: DAY, length: 31 });
    assert.deepEqual(
      outlook.series.map(({ name }) => name),
      ['requests/mean', 'requests/peak']
    );
    assert.ok(made.reads.length === 5, 'four windows with measurements, one without');
    const known = actual.get('requests/peak')!;
    assert.ok(known.values.length >= 199 && known.values.length <= 200);
    assert.equal(gridEnd(known.grid), midnight);
    const [mean, peak] = outlook.series.map((series) => series.mean.slice(1));
    const today = Array.from({ length: 96 }, (_, i) => load(midnight + (i + 1) * 900));
    assert.ok(Math.abs(peak![0]! / Math.max(...today) - 1) < 0.1);
    assert.ok(Math.abs(mean![0]! / (today.reduce((a, b) => a + b) / 96) - 1) < 0.1);
    assert.ok(peak!.every((value, day) => value > mean![day]!));
  });

  it('is made once a day and reads the day that is new', async () => {
    const made = await world(PLANNING);
    const before = await planning(made);
    made.reads.length = 0;
    made.now += HOUR;
    assert.equal((await planning(made)).outlook, before.outlook);
    assert.deepEqual(made.reads, []);
    made.now += DAY;
    const after = await planning(made);
    assert.equal(after.outlook!.cutoffSeconds, before.outlook!.cutoffSeconds + DAY);
    assert.deepEqual(
      made.reads.map(({ length }) => length),
      [2 * 96]
    );
  });

  it('says that two days are too few, and invents nothing', async () => {
    const made = await world(PLANNING);
    made.requests = (time) => (time < START - 58 * HOUR ? Number.NaN : load(time));
    const { outlook, health } = await planning(made);
    assert.equal(outlook, undefined);
    assert.equal(health.state, 'failing');
    assert.match(health.problem!, /^requests has no planning forecast: 2 whole days are measured, it takes 14$/);
    assert.equal(await made.storage.latestOutlook('shop/planning'), undefined);
    assert.equal(made.fleet.workload('shop')?.health.state, 'starting', 'the day ahead is not touched');
  });

  it('goes on after a restart without reading what it knows, even where the source forgot it', async () => {
    const made = await world(PLANNING);
    const before = await planning(made);
    const again = await world(PLANNING, made.storage);
    again.requests = (time) => (time < START - 2 * DAY ? Number.NaN : load(time));
    assert.equal(again.fleet.workload('shop')?.planning?.outlook?.issuedAtSeconds, before.outlook?.issuedAtSeconds);
    await planning(again);
    assert.deepEqual(again.reads, [], 'it is of today');
    again.now += DAY;
    const after = await planning(again);
    assert.equal(after.health.state, 'ok');
    assert.ok(after.actual.get('requests/mean')!.values.length > 700);
    assert.equal(again.reads.length, 1);
    const changed = await world({ ...PLANNING, step: '30m' }, made.storage);
    await planning(changed);
    assert.ok(changed.reads.length > 5, 'other samples make other days');
  });

  it('holds what it said while the source is down, and makes it up when it is back', async () => {
    const made = await world(PLANNING);
    const before = await planning(made);
    made.failure = down();
    made.now += DAY;
    const during = await planning(made);
    assert.equal(during.health.state, 'failing');
    assert.equal(during.outlook, before.outlook);
    made.failure = undefined;
    made.now += HOUR;
    const after = await planning(made);
    assert.equal(after.health.state, 'ok');
    assert.equal(after.outlook!.cutoffSeconds, before.outlook!.cutoffSeconds + DAY);
  });

  it('keeps days without enough measurements as gaps', async () => {
    const made = await world(PLANNING);
    const midnight = START - 10 * HOUR;
    made.requests = (time) =>
      time > midnight - 3 * DAY && time <= midnight - 2 * DAY - 12 * HOUR ? Number.NaN : load(time);
    const { actual, outlook } = await planning(made);
    const values = actual.get('requests/mean')!.values;
    assert.deepEqual([...values.slice(-4)].map(Number.isNaN), [false, true, false, false]);
    assert.ok(outlook!.series.every(({ mean }) => mean.slice(1).every((value) => value > 0)));
  });

  it('takes a clock that jumps ahead and back', async () => {
    const made = await world(PLANNING);
    await planning(made);
    for (const jump of [100 * DAY, -100 * DAY, -5 * DAY, DAY]) {
      made.now += jump;
      const { outlook, health } = await planning(made);
      assert.equal(health.state, 'ok', `after ${String(jump)} s: ${String(health.problem)}`);
      assert.equal(outlook?.cutoffSeconds, Math.floor(made.now / DAY) * DAY);
    }
  });

  it('reads the events of the calendar', async () => {
    const midnight = START - 10 * HOUR;
    const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
    const sale = (startDay: number) => ({
      name: 'sale',
      start: iso(midnight + startDay * DAY),
      end: iso(midnight + (startDay + 1) * DAY),
    });
    const calendar = [-100, -70, -40, 9].map(sale);
    const isSale = (time: number) =>
      calendar.some(({ start, end }) => time > Date.parse(start) / 1000 && time <= Date.parse(end) / 1000);
    const requests = (time: number) => load(time) * (isSale(time) ? 3 : 1);
    const peakOf = async (extra: object) => {
      const made = await world(PLANNING, undefined, extra);
      made.requests = requests;
      return (await planning(made)).outlook!.series[1]!.mean[10]!;
    };
    const [told, untold] = [await peakOf({ calendar }), await peakOf({})];
    assert.ok(told > 1.5 * untold, `${String(told)} against ${String(untold)}`);
  });

  it('forgets all of a workload that is deleted', async () => {
    const made = await world(PLANNING);
    await planning(made);
    await made.storage.forgetWorkload('shop');
    assert.equal(await made.storage.latestOutlook('shop/planning'), undefined);
  });
});
