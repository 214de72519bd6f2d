import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ActingStage } from './actingStage.fixture.ts';
import { actingConfig, actingWorld, EPOCH, type ActingWorld } from './actingWorld.fixture.ts';
import { fakeHpa } from './fakeTarget.fixture.ts';
import { memoryStorage, type MemoryStorage } from './memoryStorage.fixture.ts';

const tuned = actingConfig({ tuneTarget: true });

/** A floor of 10 stands at 95 %, and the storage takes nothing any more. */
async function fullWorld(): Promise<ActingWorld & { readonly memory: MemoryStorage }> {
  const memory = memoryStorage();
  const hpa = fakeHpa({ replicas: 10 });
  const world = await actingWorld(tuned, { storage: memory.storage, hpa, now: EPOCH, holder: 'one' });
  world.need = 6;
  await world.turns(2);
  assert.equal(hpa.utilization, 0.95);
  memory.writeFault = 'STORAGE_FULL';
  return Object.assign(world, { memory });
}

function untuned({ made }: MemoryStorage): number {
  return [...made.values()].filter(({ why }) => why.join().includes('nothing can be recorded')).length;
}

/** What was recorded by its mark. */
function lines({ made }: MemoryStorage) {
  return [...made.values()].filter(({ why }) => why.join().includes('found now by its mark'));
}

describe('a utilisation target that goes back without a record', () => {
  test('is not recorded where the target accepts it for nothing, and says so', async () => {
    const world = await fullWorld();
    world.hpa.mood = 'forgetful';
    await world.turns(2);
    assert.match(world.acting.view('shop')?.problem ?? '', /accepted.*is not set so/);
    world.memory.writeFault = undefined;
    await world.turns(2);
    assert.equal(world.hpa.utilization, 0.95);
    assert.equal(untuned(world.memory), 0);
  });

  test('is recorded once where the answer was lost, before anything else is done', async () => {
    const world = await fullWorld();
    world.hpa.mood = 'cut';
    await world.turns(1);
    assert.equal(world.hpa.utilization, 0.7, 'it was made');
    world.hpa.mood = 'well';
    world.memory.writeFault = undefined;
    await world.turns(4);
    assert.equal(world.hpa.utilization, 0.95);
    assert.equal(untuned(world.memory), 1);
    assert.deepEqual(
      [...world.memory.made.values()].filter(({ what }) => what === 'change').map(({ after }) => after),
      [0.95, 0.7, 0.95].map((utilization) => ({ floor: 10, utilization }))
    );
  });

  test('is recorded before a stop gives the rest back', async () => {
    const world = await fullWorld();
    world.hpa.mood = 'cut';
    await world.turns(1);
    world.hpa.mood = 'well';
    world.memory.writeFault = undefined;
    await world.acting.close();
    assert.deepEqual([world.hpa.floor, world.hpa.original], [2, undefined]);
    assert.equal(untuned(world.memory), 1);
  });

  test('is recorded once by its mark where Headroom was killed before it could be, and by nobody twice', async () => {
    const world = await fullWorld();
    await world.turns(2);
    assert.deepEqual([world.hpa.floor, world.hpa.utilization], [10, 0.7], 'untuned');
    assert.equal(untuned(world.memory), 0, 'the storage takes nothing');
    world.now += 3600;
    const next = await world.restart();
    await next.turns(2);
    assert.equal(lines(world.memory).length, 0, 'it still takes nothing');
    world.memory.writeFault = undefined;
    world.hpa.mood = 'unreachable';
    await next.turns(2);
    assert.equal(lines(world.memory).length, 0, 'what cannot be read is not told of');
    world.hpa.mood = 'well';
    await next.turns(6);
    next.now += 3600;
    const last = await next.restart();
    await last.turns(6);
    assert.deepEqual(
      lines(world.memory).map(({ who, what, after, outcome }) => [who, what, after, outcome]),
      [['headroom', 'change', { floor: 10, utilization: 0.7 }, 'applied']]
    );
    assert.equal(world.hpa.utilization, 0.95, 'and goes on');
  });

  test('is not made up of the mark of a change that was recorded', async () => {
    const world = await fullWorld();
    world.memory.writeFault = undefined;
    world.now += 3600;
    const next = await world.restart();
    await next.turns(4);
    assert.equal(lines(world.memory).length, 0);
  });

  test('leaves word of the change before it, which was made and could not be recorded either', async () => {
    for (const isKilled of [false, true]) {
      const world = await fullWorld();
      world.memory.writeFault = undefined;
      world.floor = 20;
      world.hpa.onWrite = () => {
        world.memory.writeFault = 'STORAGE_FULL';
        delete world.hpa.onWrite;
      };
      await world.turns(1);
      assert.deepEqual([world.hpa.floor, world.hpa.utilization], [20, 0.7], 'raised, and untuned');
      world.now += 3600;
      const next = isKilled ? await world.restart() : world;
      world.memory.writeFault = undefined;
      world.hpa.replicas = 20;
      await next.turns(3);
      const changes = [...world.memory.made.values()].filter(({ what }) => what === 'change');
      const raised = changes.find(({ before, after }) => JSON.stringify([before, after]).match(/10.*20/) !== null);
      assert.equal(raised?.outcome, 'applied');
      assert.equal(world.hpa.utilization, 0.95);
    }
  });
});

test('a random sequence that once recorded what was never made', async () => {
  const stage = await ActingStage.open(tuned, false);
  await stage.turns(0, 8, 15);
  await stage.turns(1, 7, 15);
  stage.mood = 'forgetful';
  stage.memory.lockedCalls = 11;
  stage.killAfter(0, 31);
  await stage.turns(1, 1, 15);
  stage.hpa.isPaused = true;
  await stage.turns(1, 8, 400);
  await stage.setMode(1, 'approve');
  stage.edit({ floor: 4, utilization: 0.6 });
  stage.autoscale();
  stage.hpa.conflicts = ['Argo CD sets spec.minReplicas'];
  await stage.settle();
});
