import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { actingConfig, actingWorld, EPOCH, type ActingWorld } from './actingWorld.fixture.ts';
import { fakeHpa } from './fakeTarget.fixture.ts';
import { memoryStorage } from './memoryStorage.fixture.ts';

const never = new AbortController().signal;
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const click = (key: string) => ({ who: 'ana', key, check: () => Promise.resolve() });

describe('the blast radius', () => {
  const config = actingConfig({}, NAMES);

  async function fleetOf(): Promise<{
    world: ActingWorld;
    lowered: () => number;
    restart: () => Promise<ActingWorld>;
  }> {
    const hpas = new Map(NAMES.map((name) => [name, fakeHpa({ replicas: 10 })]));
    const { storage } = memoryStorage();
    const at = (now: number, holder: string) =>
      actingWorld(config, { storage, hpa: fakeHpa({ replicas: 10 }), hpas, now, holder });
    const world = await at(EPOCH, 'one');
    world.need = 2;
    await world.turns(2);
    return {
      world,
      lowered: () => [...hpas.values()].filter(({ floor }) => floor === 3).length,
      restart: async () => Object.assign(await at(world.now + 60, 'two'), { need: 2, floor: 3 }),
    };
  }

  test('holds among workloads that are looked at in the same turn', async () => {
    const { world, lowered } = await fleetOf();
    world.floor = 3;
    await world.turns(25);
    assert.equal(lowered(), 2, 'a quarter of eight');
    for (let look = 0; look < 12; look++) {
      world.now += 300;
      await world.turns(1);
    }
    assert.equal(lowered(), 8);
  });

  test('holds across a restart', async () => {
    const { world, lowered, restart } = await fleetOf();
    world.floor = 3;
    await world.turns(25);
    const again = await restart();
    await again.turns(10);
    assert.equal(lowered(), 2);
  });
});

describe('who takes over', () => {
  test('ends what the one before began, though it stood by when that was begun', async () => {
    const first = await actingWorld();
    await first.turns(1);
    const second = await first.restart();
    await second.turns(1);
    first.hpa.replicas = 10;
    first.floor = 20;
    first.hpa.mood = 'cut';
    await first.acting.turn();
    assert.equal(first.hpa.floor, 20);
    first.hpa.mood = 'well';
    second.floor = 20;
    second.now = first.now + 120;
    await second.turns(2);
    const made = await second.storage.decisions({ limit: 10 });
    assert.equal(made.filter(({ what, outcome }) => what === 'change' && outcome === 'applied').length, 2);
    assert.equal(first.hpa.writes.filter(({ before, after }) => before.floor !== after.floor).length, 2);
  });

  test('follows what was approved elsewhere, also where the one before died before it was through', async () => {
    const config = actingConfig({ mode: 'approve' });
    const first = await actingWorld(config);
    const second = await first.restart();
    await first.turns(1);
    await second.turns(1);
    first.hpa.mood = 'cut';
    await assert.rejects(first.acting.actor('shop').approve(first.recommendation(), click('k'), never));
    first.hpa.mood = 'well';
    first.hpa.replicas = 10;
    second.now = first.now + 120;
    await second.turns(2);
    assert.equal(second.acting.view('shop')?.approval?.who, 'ana');
    await second.turns(150);
    assert.equal(second.hpa.floor, 10);
  });

  test('counts the time without a forecast from where it began, not from its own start', async () => {
    const first = await actingWorld();
    await first.turns(1);
    first.hpa.replicas = 10;
    let world = first;
    for (let start = 0; start < 7; start++) {
      world.health = { state: 'stale', problem: 'old', lastSuccessAt: null };
      await world.turns(20);
      world = await world.restart();
      world.now += 60;
    }
    assert.equal(first.hpa.floor, 2);
  });
});

describe('a click', () => {
  test('that lowers a floor above the plan is held to what lowering is held to, whatever the plan is called', async () => {
    const world = await actingWorld(actingConfig({ mode: 'auto' }));
    world.floor = 20;
    await world.turns(1);
    world.floor = 12;
    world.hpa.replicas = 11;
    await world.acting.consent.pause({ scope: 'shop', direction: 'in', who: 'bob', reason: 'sale' });
    assert.equal(world.recommendation().action, 'raise');
    await assert.rejects(world.acting.actor('shop').approve(world.recommendation(), click('k'), never), /sale/);
  });

  test('rolls back once, and only the recommendation that it names', async () => {
    const world = await actingWorld(actingConfig({ mode: 'approve' }));
    world.hpa.replicas = 10;
    await world.turns(1);
    const actor = world.acting.actor('shop');
    await actor.approve(world.recommendation(), click('k'), never);
    await assert.rejects(actor.rollBack('r1', click('b'), never), /never carried out/);
    await actor.rollBack('r10', click('b'), never);
    assert.equal(world.hpa.floor, 2);
    await assert.rejects(actor.rollBack('r10', click('c'), never), /already/);
  });

  test('that failed fails again under its key, and acts under a new one', async () => {
    const world = await actingWorld(actingConfig({ mode: 'approve' }));
    await world.turns(1);
    const actor = world.acting.actor('shop');
    world.hpa.mood = 'refusing';
    await assert.rejects(actor.approve(world.recommendation(), click('k'), never), /refus/i);
    world.hpa.mood = 'well';
    await assert.rejects(actor.approve(world.recommendation(), click('k'), never), /came before/);
    assert.equal((await actor.approve(world.recommendation(), click('l'), never)).outcome, 'applied');
  });
});

test('pauses that cannot be read again stay as they were known', async () => {
  const memory = memoryStorage();
  const world = await actingWorld(actingConfig(), {
    storage: memory.storage,
    hpa: fakeHpa(),
    now: EPOCH,
    holder: 'one',
  });
  await world.acting.consent.pause({ scope: 'all', direction: 'out', who: 'bob', reason: 'night' });
  for (let calls = 1; calls < 12; calls++) {
    memory.lockedCalls = calls;
    await world.turns(2);
    assert.ok(world.acting.consent.pauseOf('shop').out);
  }
  assert.equal(world.hpa.writes.length, 0);
});
