import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HeadroomError } from '../../errors/index.ts';
import { actingConfig, actingWorld, type ActingWorld } from './actingWorld.fixture.ts';
import { fakeHpa } from './fakeTarget.fixture.ts';
import { memoryStorage } from './memoryStorage.fixture.ts';

const never = new AbortController().signal;

async function decisions({ storage }: ActingWorld) {
  const made = await storage.decisions({ limit: 1000 });
  return made.map(({ what, outcome }) => `${what} ${outcome}`).reverse();
}

function codeOf(error: unknown): string {
  return error instanceof HeadroomError ? error.code : String(error);
}

describe('auto', () => {
  test('raises the floor, records it once, and watches until it is over', async () => {
    const world = await actingWorld();
    await world.turns(1);
    assert.equal(world.hpa.floor, 10);
    assert.equal(world.hpa.original?.floor, 2);
    world.hpa.replicas = 10;
    await world.turns(100);
    assert.deepEqual(await decisions(world), ['change applied', 'watch in-time']);
    const [watch] = await world.storage.decisions({ limit: 1 });
    assert.match(
      watch!.why.join(),
      /came in time; the load needed 8 replicas at most, 10 were foreseen; the former floor of 2/
    );
  });

  test('lowers it when less is wanted and demand is measured, after the windows', async () => {
    const world = await actingWorld();
    await world.turns(1);
    world.hpa.replicas = 10;
    world.floor = 5;
    await world.turns(10);
    assert.equal(world.hpa.floor, 10);
    await world.turns(15);
    assert.equal(world.hpa.floor, 5);
    world.floor = 2;
    world.need = Number.NaN;
    await world.turns(60);
    assert.equal(world.hpa.floor, 5);
    world.need = 1;
    await world.turns(30);
    assert.equal(world.hpa.floor, 2);
    assert.equal(world.hpa.original, undefined, 'given back');
  });

  test('relaxes the utilisation target with the floor, and gives it back at once when the forecast is old', async () => {
    const world = await actingWorld(actingConfig({ tuneTarget: true }));
    await world.turns(1);
    assert.equal(world.hpa.utilization, 0.7, 'not while the SLO is violated');
    world.hpa.replicas = 10;
    await world.turns(1);
    assert.deepEqual([world.hpa.floor, world.hpa.utilization], [10, 0.95]);
    world.health = { state: 'stale', problem: 'the last forecast is 20m old', lastSuccessAt: null };
    await world.turns(1);
    assert.deepEqual([world.hpa.floor, world.hpa.utilization], [10, 0.7]);
    await world.turns(119);
    assert.equal(world.hpa.floor, 10);
    await world.turns(2);
    assert.equal(world.hpa.floor, 2);
    assert.equal(world.hpa.original, undefined);
  });

  test('keeps to what a person approved until it ends, above whatever the forecast asks for', async () => {
    const world = await actingWorld(actingConfig({ tuneTarget: true }));
    const { id, plan } = world.recommendation();
    world.floor = 25;
    const seen = { ...world.recommendation(), id, plan: { ...plan, replicas: [{ at: world.now, count: 25 }] } };
    await world.turns(1);
    await world.acting
      .actor('shop')
      .approve(seen, { who: 'ana', key: 'click', check: () => undefined }, new AbortController().signal);
    assert.equal(world.hpa.floor, 25);
    world.hpa.replicas = 25;
    world.floor = 10;
    await world.turns(230);
    assert.equal(world.hpa.floor, 25, 'not overtaken by the next forecast');
    const { decision, approval } = world.acting.view('shop')!;
    assert.match(
      decision!.reasons.map(({ text }) => text).join(),
      /ana approved a floor of 25, which stands until 2026-/
    );
    assert.equal(approval?.until, seen.expiresAt);
    world.floor = 30;
    await world.turns(1);
    assert.equal(world.hpa.floor, 30, 'the forecast asks for more');
    world.hpa.replicas = 30;
    world.floor = 10;
    await world.turns(60);
    assert.equal(world.hpa.floor, 10, 'it ended');
    assert.equal(world.acting.view('shop')!.approval, undefined);
    assert.equal(await world.storage.setting('acting/approval/shop'), undefined);
  });

  test('holds what a person approved without a forecast, at the utilisation that its owner set', async () => {
    const world = await actingWorld(actingConfig({ tuneTarget: true }));
    world.health = { state: 'stale', problem: 'the last forecast is 20m old', lastSuccessAt: null };
    await world.turns(1);
    const click = { who: 'ana', key: 'click', check: () => undefined };
    await world.acting.actor('shop').approve(world.recommendation(), click, new AbortController().signal);
    world.hpa.replicas = 10;
    await world.turns(130);
    assert.deepEqual([world.hpa.floor, world.hpa.utilization], [10, 0.7], 'beyond the time to hand back');
    world.now += 3600;
    await world.turns(1);
    assert.equal(world.hpa.floor, 2);
  });

  test('rolls a raise back where not one replica came, and rests', async () => {
    const world = await actingWorld();
    world.need = 1;
    await world.turns(100);
    assert.equal(world.hpa.floor, 2);
    assert.deepEqual(await decisions(world), ['change applied', 'watch did-not-take', 'rollback applied']);
    const again = await world.restart();
    again.now += 60;
    await again.turns(3);
    assert.equal(world.hpa.floor, 2, 'a restart does not end the rest');
  });

  test('leaves a raise in force that did not take while the SLO is violated', async () => {
    const world = await actingWorld();
    await world.turns(100);
    assert.equal(world.hpa.floor, 10);
    assert.deepEqual(await decisions(world), ['change applied', 'watch did-not-take']);
  });

  test('rolls a lowering back where the SLO, met before, is violated', async () => {
    const world = await actingWorld();
    await world.turns(1);
    world.hpa.replicas = 10;
    world.floor = 5;
    await world.turns(25);
    assert.equal(world.hpa.floor, 5);
    world.hpa.replicas = 5;
    world.need = 9;
    await world.turns(4);
    assert.equal(world.hpa.floor, 10);
    assert.ok((await decisions(world)).includes('watch slo-worsened'));
  });

  test('holds on history that is too short, on drift, and on what is not like anything before', async () => {
    const short = await actingWorld();
    short.historySeconds = 3600;
    await short.turns(3);
    assert.equal(short.hpa.writes.length, 0);
    assert.equal(short.acting.view('shop')?.decision?.reasons[0]?.code, 'low-confidence');
    const drifted = await actingWorld();
    await drifted.turns(1);
    drifted.hpa.replicas = 10;
    drifted.drift = 3;
    await drifted.turns(30);
    assert.equal(drifted.hpa.floor, 2, 'back to the reactive autoscaler');
  });

  test('a stop gives everything back, and the lease', async () => {
    const world = await actingWorld(actingConfig({ tuneTarget: true }));
    await world.turns(1);
    assert.equal(world.hpa.utilization, 0.7, 'not while the SLO is violated');
    world.hpa.replicas = 10;
    await world.turns(1);
    await world.acting.close();
    assert.deepEqual([world.hpa.floor, world.hpa.utilization, world.hpa.original], [2, 0.7, undefined]);
    const next = await world.restart();
    await next.turns(1);
    assert.equal(next.acting.leadership.kind, 'acting');
  });
});

describe('observe', () => {
  test('touches nothing, and records what would have been done', async () => {
    const world = await actingWorld(actingConfig({ mode: 'observe' }));
    await world.turns(3);
    world.floor = 15;
    await world.turns(3);
    assert.equal(world.hpa.writes.length, 0);
    const made = await world.storage.decisions({ limit: 10 });
    assert.deepEqual(
      made.map(({ what, after }) => [what, after]),
      [
        ['would', { floor: 15, utilization: 0.7 }],
        ['would', { floor: 10, utilization: 0.7 }],
      ]
    );
    assert.match(made[0]!.outcome, /under the former floor of 10 at most 12 replicas were needed/);
  });

  test('from auto to observe gives back what is held', async () => {
    const world = await actingWorld();
    await world.turns(1);
    await world.acting.consent.setMode(actingConfig().workloads[0]!, 'observe', 'ana');
    await world.turns(1);
    assert.equal(world.hpa.floor, 2);
  });
});

test('while lowering is paused no floor goes back that is above its owner’s: not without a forecast, not on a stop', async () => {
  for (const isStopped of [false, true]) {
    const hpa = fakeHpa({ replicas: 10 });
    const { storage } = memoryStorage();
    const config = actingConfig({ tuneTarget: true });
    const world = await actingWorld(config, { storage, hpa, now: 1_790_000_040, holder: 'one' });
    world.need = 6;
    await world.turns(2);
    assert.deepEqual([hpa.floor, hpa.utilization], [10, 0.95]);
    await world.acting.consent.pause({ scope: 'all', direction: 'in', who: 'bob', reason: 'incident' });
    if (isStopped) {
      await world.acting.close();
    } else {
      world.hasForecast = false;
      await world.turns(300);
      const reasons = world.acting.view('shop')?.decision?.reasons.map(({ code }) => code);
      assert.deepEqual(reasons, ['no-forecast', 'paused-in']);
    }
    assert.deepEqual([hpa.floor, hpa.utilization], [10, 0.7]);
    if (!isStopped) {
      await world.acting.consent.resume({ scope: 'all', direction: 'in', who: 'bob' });
      await world.turns(2);
      assert.deepEqual([hpa.floor, hpa.original], [2, undefined], 'and goes back once it is not paused any more');
    }
  }
});

test('a problem is told as long as it is one: of the target, of the storage, of a change', async () => {
  const memory = memoryStorage();
  const hpa = fakeHpa();
  const world = await actingWorld(actingConfig(), { storage: memory.storage, hpa, now: 1_790_000_040, holder: 'one' });
  const problem = () => world.acting.view('shop')?.problem;
  hpa.isPaused = true;
  for (const mood of ['gone', 'unreachable'] as const) {
    hpa.mood = mood;
    await world.turns(2);
    assert.match(problem() ?? '', /TARGET_/);
    hpa.mood = 'well';
    await world.turns(1);
    assert.equal(problem(), undefined, `${mood}, and well again`);
  }
  hpa.isPaused = false;
  memory.writeFault = 'STORAGE_FULL';
  await world.turns(1);
  assert.match(problem() ?? '', /STORAGE_FULL/);
  memory.writeFault = undefined;
  hpa.mood = 'refusing';
  await world.turns(1);
  assert.match(problem() ?? '', /TARGET_REFUSED/);
  await world.turns(1);
  assert.match(problem() ?? '', /TARGET_REFUSED/, 'it rests, and the change is wanted still');
  hpa.mood = 'well';
  world.floor = 2;
  await world.turns(60);
  assert.equal(problem(), undefined, 'it is not wanted any more');
});

describe('approve', () => {
  const config = actingConfig({ mode: 'approve' });
  const click = (key: string) => ({ who: 'ana', key, check: () => undefined });

  test('waits for a person, follows the approved plan, and acts once for one key', async () => {
    const world = await actingWorld(config);
    await world.turns(3);
    assert.equal(world.hpa.writes.length, 0);
    const recommendation = world.recommendation();
    const actor = world.acting.actor('shop');
    assert.deepEqual((await actor.preview(recommendation, never)).differences, [
      { path: 'spec.minReplicas', before: 2, after: 10 },
    ]);
    const first = await actor.approve(recommendation, click('k'), never);
    const second = await actor.approve(recommendation, click('k'), never);
    assert.equal(first.id, second.id);
    assert.equal(first.who, 'ana');
    assert.equal(world.hpa.writes.length, 1);
    world.hpa.replicas = 10;
    await world.turns(20);
    assert.equal(world.hpa.floor, 10);
    const back = await actor.rollBack(recommendation.id, { who: 'bob', key: 'b' }, never);
    assert.equal(back.outcome, 'applied');
    assert.equal(world.hpa.floor, 2);
  });

  test('relaxes the utilisation target only while the approved floor carries what the forecast asks for', async () => {
    const world = await actingWorld(actingConfig({ mode: 'approve', tuneTarget: true }));
    await world.turns(1);
    await world.acting.actor('shop').approve(world.recommendation(), click('k'), never);
    world.hpa.replicas = 10;
    await world.turns(1);
    assert.deepEqual([world.hpa.floor, world.hpa.utilization], [10, 0.95]);
    world.floor = 11;
    await world.turns(1);
    assert.deepEqual([world.hpa.floor, world.hpa.utilization], [10, 0.7], 'more is asked for than was approved');
    world.floor = 9;
    await world.turns(1);
    assert.equal(world.hpa.utilization, 0.95);
  });

  test('the same key acts once though the connection was cut after the change', async () => {
    const world = await actingWorld(config);
    await world.turns(1);
    world.hpa.mood = 'cut';
    const recommendation = world.recommendation();
    await assert.rejects(world.acting.actor('shop').approve(recommendation, click('k'), never), (error) => {
      assert.equal(codeOf(error), 'ACTING_UNSURE');
      return true;
    });
    world.hpa.mood = 'well';
    const again = await world.restart();
    again.now += 60;
    await again.acting.turn();
    const decision = await again.acting.actor('shop').approve(recommendation, click('k'), never);
    assert.equal(decision.outcome, 'applied');
    assert.equal(world.hpa.writes.length, 1);
    assert.equal((await decisions(world)).filter((each) => each === 'change applied').length, 1);
  });

  test('is refused while paused, in mode observe, and for a lowering that is not measured', async () => {
    const world = await actingWorld(config);
    await world.turns(1);
    const actor = world.acting.actor('shop');
    const refused = async (code: string) => {
      await assert.rejects(
        actor.approve(world.recommendation(), click(code), never),
        (error) => codeOf(error) === code
      );
    };
    await world.acting.consent.pause({ scope: 'all', direction: 'out', who: 'bob', reason: 'crunch' });
    await refused('ACTING_PAUSED');
    await world.acting.consent.resume({ scope: 'all', direction: 'both', who: 'bob' });
    world.hpa.replicas = 20;
    world.need = Number.NaN;
    await refused('ACTING_HELD');
    await world.acting.consent.setMode(config.workloads[0]!, 'observe', 'bob');
    await refused('ACTING_OBSERVES');
    assert.equal(world.hpa.writes.length, 0);
  });
});

describe('among two', () => {
  test('one acts; the other takes over when the lease ends, and the former is fenced', async () => {
    const first = await actingWorld();
    await first.turns(1);
    const second = await first.restart();
    await second.turns(1);
    assert.equal(second.acting.leadership.kind, 'waiting');
    second.now += 120;
    second.floor = 20;
    await second.turns(1);
    assert.equal(second.hpa.floor, 20);
    first.floor = 30;
    await first.turns(1);
    assert.equal(first.hpa.floor, 20, 'the former one does nothing any more');
  });
});

describe('a kill between any two steps', () => {
  test('leaves one change and one record', async () => {
    for (let killAt = 0; killAt < 6; killAt++) {
      const world = await actingWorld();
      let steps = 0;
      const dying = new Proxy(world.storage, {
        get: (storage, name: keyof ActingWorld['storage']) => {
          const method: unknown = Reflect.get(storage, name);
          return typeof method !== 'function'
            ? method
            : (...args: unknown[]) => {
                if (['setSetting', 'appendDecision', 'deleteSetting'].includes(name) && steps++ >= killAt) {
                  return new Promise(() => undefined);
                }
                return Reflect.apply(method, storage, args) as unknown;
              };
        },
      });
      const killed = await actingWorld(actingConfig(), {
        storage: dying,
        hpa: world.hpa,
        now: world.now,
        holder: 'killed',
      });
      void killed.acting.turn();
      for (let look = 0; look < 50; look++) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      world.now += 120;
      await world.turns(3);
      assert.equal(world.hpa.floor, 10, `killed at ${String(killAt)}`);
      const floors = world.hpa.writes.map(({ set }) => set !== 'original' && set.floor);
      assert.deepEqual(new Set(floors), new Set([10]), `killed at ${String(killAt)}`);
      assert.equal((await decisions(world)).filter((each) => each.startsWith('watch')).length, 0);
      const made = (await decisions(world)).filter((each) => each.startsWith('change'));
      assert.deepEqual(made, ['change applied'], `killed at ${String(killAt)}`);
    }
  });
});
