import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HeadroomError } from '../../errors/index.ts';
import { actingConfig, actingWorld, type ActingWorld } from './actingWorld.fixture.ts';
import { memoryStorage, type MemoryStorage } from './memoryStorage.fixture.ts';
import { fakeHpa, type TargetMood } from './fakeTarget.fixture.ts';

// Each row of docs/acting/faults.md is one of these tests, by its name; docs/acting/faults.test.ts holds them equal.

const tuned = actingConfig({ tuneTarget: true });

/** A floor of 10 stands at 95 %, its replicas are there. */
async function held(): Promise<ActingWorld & { readonly memory: MemoryStorage }> {
  const memory = memoryStorage();
  const world = await actingWorld(tuned, {
    storage: memory.storage,
    hpa: fakeHpa({ replicas: 10 }),
    now: 1_790_000_040,
    holder: 'one',
  });
  world.need = 6;
  await world.turns(2);
  assert.deepEqual([world.hpa.floor, world.hpa.utilization], [10, 0.95]);
  return Object.assign(world, { memory });
}

async function outcomes({ storage }: ActingWorld): Promise<string[]> {
  const made = await storage.decisions({ limit: 1000 });
  return made.map(({ what, outcome }) => `${what} ${outcome.replace(/:.*/, '')}`).reverse();
}

function reasonOf(world: ActingWorld): string | undefined {
  return world.acting.view('shop')?.decision?.reasons[0]?.code;
}

function problemOf(world: ActingWorld): string {
  return world.acting.view('shop')?.problem ?? '';
}

/** The target in a mood for a while: nothing is lowered, and what is wished for comes when it is well again. */
async function throughMood(mood: TargetMood, problem: RegExp): Promise<ActingWorld> {
  const world = await held();
  world.floor = 20;
  world.hpa.mood = mood;
  await world.turns(1);
  assert.match(problemOf(world), problem);
  await world.turns(2);
  assert.ok(world.hpa.floor >= 10);
  world.hpa.mood = 'well';
  world.hpa.replicas = 20;
  await world.turns(80);
  assert.equal(world.hpa.floor, 20);
  const raised = world.hpa.writes.filter(({ before, after }) => after.floor > before.floor);
  assert.equal(raised.length, 2, 'to 10, to 20');
  return world;
}

describe('faults', () => {
  test('source down', async () => {
    const world = await held();
    world.need = Number.NaN;
    world.health = { state: 'stale', problem: 'the source is down', lastSuccessAt: null };
    await world.turns(1);
    assert.deepEqual([world.hpa.floor, world.hpa.utilization], [10, 0.7], 'the utilisation target at once');
    await world.turns(118);
    assert.equal(world.hpa.floor, 10);
    assert.equal(reasonOf(world), 'stale-forecast');
    await world.turns(3);
    assert.equal(world.hpa.floor, 2, 'handed back');
  });

  test('source lies: zeros', async () => {
    const world = await held();
    world.lie = 'zeros';
    world.floor = 2;
    await world.turns(120);
    assert.deepEqual([world.hpa.floor, world.hpa.utilization], [10, 0.7]);
    assert.equal(reasonOf(world), 'not-measured');
  });

  test('source lies: spikes', async () => {
    const world = await held();
    world.need = 5000;
    world.floor = 5000;
    await world.turns(2);
    assert.equal(world.hpa.floor, 40, 'scaling.max');
    world.need = 6;
    world.floor = 10;
    world.hpa.replicas = 40;
    await world.turns(10);
    assert.equal(world.hpa.floor, 40, 'stabilised');
    await world.turns(40);
    assert.equal(world.hpa.floor, 10);
  });

  test('source lies: frozen values', async () => {
    const world = await held();
    world.lie = 'frozen';
    world.floor = 2;
    await world.turns(120);
    assert.equal(world.hpa.floor, 10);
    assert.equal(reasonOf(world), 'not-measured');
  });

  test('clock jumps', async () => {
    for (const seconds of [-7200, -60, 60, 7200]) {
      const world = await held();
      world.now += seconds;
      world.floor = 5;
      await world.turns(10);
      assert.equal(world.hpa.floor, 10, `lowered at once after ${String(seconds)} s`);
      world.floor = 20;
      await world.turns(2);
      assert.equal(world.hpa.floor, 20, `not raised after ${String(seconds)} s`);
    }
  });

  test('model missing', async () => {
    const world = await held();
    world.hasForecast = false;
    await world.turns(100);
    assert.deepEqual([world.hpa.floor, world.hpa.utilization], [10, 0.7]);
    assert.equal(reasonOf(world), 'no-forecast');
    await world.turns(30);
    assert.equal(world.hpa.floor, 2);
  });

  test('model out of calibration', async () => {
    const world = await held();
    world.drift = 3;
    await world.turns(1);
    assert.deepEqual([world.hpa.floor, world.hpa.utilization], [10, 0.7]);
    await world.turns(30);
    assert.equal(world.hpa.floor, 2);
    assert.equal(reasonOf(world), 'drift');
  });

  test('target refuses', async () => {
    const world = await throughMood('refusing', /TARGET_REFUSED/);
    assert.ok((await outcomes(world)).filter((each) => each === 'change failed').length <= 1, 'it is not hammered');
  });

  test('target cannot be reached', async () => {
    await throughMood('unreachable', /TARGET_UNREACHABLE/);
  });

  test('target accepts but nothing changes', async () => {
    await throughMood('forgetful', /is not set so/);
  });

  test('no replica comes', async () => {
    const world = await held();
    world.floor = 20;
    await world.turns(100);
    assert.ok((await outcomes(world)).includes('watch did-not-take'));
    assert.deepEqual([world.hpa.floor, world.hpa.utilization], [10, 0.7], 'rolled back');
  });

  test('API throttled', async () => {
    const world = await throughMood('throttled', /TARGET_THROTTLED/);
    assert.equal((await outcomes(world)).filter((each) => each === 'change applied').length, 2);
  });

  test('webhook times out after acting', async () => {
    const world = await throughMood('cut', /TARGET_TIMEOUT/);
    assert.equal((await outcomes(world)).filter((each) => each === 'change applied').length, 2);
  });

  test('two sidecars at once', async () => {
    const world = await held();
    const other = await world.restart();
    other.floor = 30;
    await other.turns(3);
    assert.equal(other.acting.leadership.kind, 'waiting');
    assert.equal(world.hpa.floor, 10);
    await other.acting.consent.pause({ scope: 'all', direction: 'both', who: 'ana', reason: 'release' });
    await world.turns(1);
    assert.equal(world.hpa.floor, 2, 'a click at the one that waits is heard by the one that acts');
  });

  test('storage full', async () => {
    const world = await held();
    const { memory } = world;
    memory.writeFault = 'STORAGE_FULL';
    world.floor = 20;
    await world.turns(3);
    assert.equal(world.hpa.floor, 10, 'what cannot be recorded is not done');
    assert.match(problemOf(world), /STORAGE_FULL/);
    memory.writeFault = undefined;
    await world.turns(3);
    assert.equal(world.hpa.floor, 20);
  });

  test('storage full: a relaxed utilisation target', async () => {
    const world = await held();
    const { memory } = world;
    memory.writeFault = 'STORAGE_FULL';
    await world.turns(1);
    assert.deepEqual([world.hpa.floor, world.hpa.utilization], [10, 0.7], 'it only adds capacity');
    await world.turns(3);
    assert.deepEqual([world.hpa.floor, world.hpa.utilization], [10, 0.7], 'and is not relaxed again');
    assert.equal(memory.made.size, 1);
    memory.writeFault = undefined;
    await world.turns(1);
    assert.match([...memory.made.values()][1]!.why.join(), /nothing can be recorded \(STORAGE_FULL/);
    await world.turns(2);
    assert.deepEqual([world.hpa.floor, world.hpa.utilization], [10, 0.95]);
    assert.equal(memory.made.size, 3, 'each once');
    const leaseless = await held();
    leaseless.memory.writeFault = 'STORAGE_FULL';
    leaseless.now += 61;
    await leaseless.turns(2);
    assert.equal(leaseless.hpa.utilization, 0.95, 'nothing is done without the lease');
    assert.match(problemOf(leaseless), /STORAGE_FULL.*stays relaxed.*the watchdog gives it back/);
    const busy = await held();
    busy.memory.lockedCalls = 1;
    await busy.turns(1);
    assert.equal(busy.hpa.utilization, 0.95, 'busy for a moment is no loss');
  });

  test('storage locked', async () => {
    for (let calls = 1; calls <= 16; calls++) {
      const world = await held();
      world.floor = 20;
      world.memory.lockedCalls = calls;
      await world.turns(8);
      assert.equal(world.hpa.floor, 20, `locked for ${String(calls)} calls`);
      const raised = world.hpa.writes.filter(({ after, before }) => after.floor > before.floor);
      assert.equal(raised.length, 2);
    }
  });

  test('HPA deleted', async () => {
    const world = await held();
    world.hpa.mood = 'gone';
    await world.turns(3);
    assert.match(problemOf(world), /TARGET_GONE/);
    assert.equal(reasonOf(world), 'target-unread');
    const { hpa } = world;
    Object.assign(hpa, {
      mood: 'well',
      floor: 3,
      utilization: 0.6,
      original: undefined,
      held: undefined,
      mark: undefined,
    });
    await world.turns(3);
    assert.deepEqual([hpa.floor, hpa.original], [10, { floor: 3, utilization: 0.6 }]);
  });

  test('somebody edits by hand', async () => {
    const world = await held();
    const { hpa } = world;
    Object.assign(hpa, { floor: 4, version: hpa.version + 1 });
    await world.turns(1);
    assert.deepEqual([hpa.floor, hpa.utilization], [4, 0.7], 'no floor carries it any more');
    await world.turns(100);
    assert.equal(hpa.floor, 4, 'whoever edits is not fought with');
    await world.turns(40);
    assert.equal(hpa.floor, 10);
    await world.acting.close();
    assert.equal(hpa.floor, 4, 'what was set by hand is the owner’s');
  });

  test('GitOps reverts', async () => {
    const world = await held();
    const { hpa } = world;
    let raises = 0;
    for (let sync = 0; sync < 20; sync++) {
      const before = hpa.floor;
      Object.assign(hpa, { floor: 2, utilization: 0.7, version: hpa.version + 1 });
      raises += before > 2 ? 1 : 0;
      await world.turns(12);
    }
    assert.ok(raises <= 3, `it fought ${String(raises)} times in an hour`);
    hpa.conflicts.push('Argo CD sets spec.minReplicas and may set it back');
    await world.turns(1);
    assert.equal(reasonOf(world), 'conflict');
  });

  test('sidecar restarts at each step', async () => {
    for (let dead = 0; dead < 40; dead++) {
      const world = await held();
      world.floor = 20;
      const never = new Promise(() => undefined);
      let calls = 0;
      const dying = new Proxy(world.storage, {
        get: (storage, name) => {
          const member: unknown = Reflect.get(storage, name);
          return typeof member !== 'function'
            ? member
            : (...args: unknown[]): unknown => (calls++ >= dead + 4 ? never : Reflect.apply(member, storage, args));
        },
      });
      const killed = await actingWorld(tuned, {
        storage: dying,
        hpa: world.hpa,
        now: world.now + 60,
        holder: 'killed',
      });
      Object.assign(killed, { floor: 20, need: 6 });
      void killed.acting.turn();
      for (let look = 0; look < 30; look++) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      world.now += 180;
      await world.turns(6);
      assert.equal(world.hpa.floor, 20, `killed at ${String(dead)}`);
      const raised = world.hpa.writes.filter(({ before, after }) => after.floor > before.floor);
      assert.equal(raised.length, 2, `killed at ${String(dead)}`);
      const made = await world.storage.decisions({ limit: 1000 });
      for (const { action } of raised) {
        assert.equal(made.filter(({ id, outcome }) => id === action && outcome === 'applied').length, 1);
      }
    }
  });

  test('the SLO is violated: nothing takes capacity away', async () => {
    const world = await held();
    world.need = 12;
    world.floor = 2;
    await world.turns(60);
    assert.deepEqual([world.hpa.floor, world.hpa.utilization], [10, 0.7]);
    assert.equal(reasonOf(world), 'slo-violated');
    await assert.rejects(
      world.acting.actor('shop').rollBack('r10', { who: 'ana', key: 'k' }, new AbortController().signal),
      (error) => error instanceof HeadroomError && error.code.startsWith('ACTING_')
    );
    await world.acting.close();
    assert.equal(world.hpa.floor, 10, 'not even on a stop');
  });
});
