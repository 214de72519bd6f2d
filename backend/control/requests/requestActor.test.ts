import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Mode, RequestAdvice } from '../../../contract/index.ts';
import type { RequestsConfig } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { FreezeWindow, RequestChange, RequestSetting, RequestState, RequestTarget } from '../../scaling/index.ts';
import { requestState } from '../../scaling/requests/requestState.fixture.ts';
import { memoryStorage } from '../acting/memoryStorage.fixture.ts';
import type { WorkloadView } from '../fleetView.ts';
import { RequestActor } from './requestActor.ts';

const never = new AbortController().signal;
const OWNERS: RequestSetting = { cpu: 1 };
const CONFIG: RequestsConfig = {
  target: { kind: 'deployment', namespace: 'shop', name: 'checkout' },
  apply: 'resize',
  min: {},
  max: {},
  worth: 0.1,
  cooldownSeconds: 3600,
};

function world(mode: Mode) {
  const memory = memoryStorage();
  const made: RequestChange[] = [];
  const at = {
    now: 1_790_000_000,
    mode,
    advised: 2,
    used: 3 as number,
    fence: 1 as number | undefined,
    setting: OWNERS,
    mark: undefined as RequestState['mark'],
    refused: [] as string[],
    freezes: [] as FreezeWindow[],
    failure: undefined as HeadroomError | undefined,
    isCut: false,
    latency: undefined as number | undefined,
    pause: { out: false, in: false, reason: '' },
  };
  const read = (): RequestState =>
    requestState({
      setting: at.setting,
      original: OWNERS,
      isHeld: at.mark !== undefined,
      ...(at.mark === undefined ? {} : { held: at.setting, mark: at.mark }),
      replicas: { total: 3, behind: 0, refused: at.refused },
      version: String(made.length),
    });
  const target: RequestTarget = {
    kind: 'fake',
    name: 'fake',
    read: () => Promise.resolve(read()),
    preview: () => Promise.resolve({ differences: [], dryRun: { kind: 'accepted', message: '' }, warnings: [] }),
    apply: (change) => {
      if (at.failure !== undefined && !at.isCut) {
        return Promise.reject(at.failure);
      }
      if (at.mark?.action !== change.action) {
        made.push(change);
        at.setting = change.set === 'original' ? OWNERS : { ...at.setting, ...change.set };
        at.mark = change.set === 'original' ? undefined : { action: change.action, fence: change.fence };
      }
      return at.failure === undefined ? Promise.resolve() : Promise.reject(at.failure);
    },
    close: () => Promise.resolve(),
  };
  const series = (value: number) => ({
    grid: { startSeconds: at.now - 60, stepSeconds: 60, length: 2 },
    values: Float64Array.of(value, value),
  });
  const view = (): WorkloadView => {
    const { advised } = at;
    const advice: RequestAdvice = {
      resource: 'cpu',
      kind: 'cpu',
      unit: 'cores',
      target: advised,
      lowerBound: advised * 0.9,
      upperBound: advised * 1.1,
      offered: null,
    };
    return {
      config: { series: [], slo: { latencySeconds: 0.5 }, scaling: { freezes: at.freezes, watchSeconds: 900 } },
      health: { state: 'ok', problem: null, lastSuccessAt: at.now },
      actual: Number.isNaN(at.used) ? new Map() : new Map([['cpu', series(at.used)]]),
      replicas: series(3),
      ...(at.latency === undefined ? {} : { latency: series(at.latency) }),
      recommendation: { requests: [advice] },
    } as unknown as WorkloadView;
  };
  const create = () =>
    new RequestActor('shop', target, CONFIG, {
      storage: memory.storage,
      consent: { modeOf: () => at.mode, pauseOf: () => at.pause },
      nowSeconds: () => at.now,
      view,
      fence: () => at.fence,
      hooks: { event: () => undefined },
    });
  const outcomes = () => [...memory.made.values()].map(({ what, who, outcome }) => `${what} ${who} ${outcome}`);
  return { at, made, memory, create, outcomes, actor: create() };
}

const unreachable = () => new HeadroomError('TARGET_UNREACHABLE', { target: 'fake', reason: 'cut' });
const click = { who: 'ana', key: 'k', check: () => undefined };

describe('RequestActor', () => {
  test('auto sets what is advised, once, records it, and lowers only on a measurement after the cooldown', async () => {
    const { at, actor, made, outcomes } = world('auto');
    await actor.turn(never);
    await actor.turn(never);
    assert.deepEqual([at.setting, made.length, outcomes()], [{ cpu: 2 }, 1, ['requests headroom applied']]);
    at.advised = 1.2;
    await actor.turn(never);
    assert.equal(at.setting.cpu, 2, 'the cooldown');
    at.now += 3601;
    at.used = Number.NaN;
    await actor.turn(never);
    assert.equal(at.setting.cpu, 2, 'not measured');
    at.used = 4.5;
    await actor.turn(never);
    assert.equal(at.setting.cpu, 1.5, 'no lower than what is used');
  });

  test('approve waits for a person; the same key acts once; a roll back gives the owner’s back', async () => {
    const { at, actor, made, outcomes } = world('approve');
    await actor.turn(never);
    assert.equal(made.length, 0);
    const [one, two] = await Promise.all([actor.apply(click, never), actor.apply(click, never)]);
    assert.equal(one.id, two.id);
    assert.equal(made.length, 1);
    await actor.rollBack({ who: 'ana', key: 'back' }, never);
    assert.deepEqual([at.setting, at.mark], [OWNERS, undefined]);
    assert.deepEqual(outcomes(), ['requests ana applied', 'requests-rollback ana applied']);
    await assert.rejects(actor.rollBack({ who: 'ana', key: 'again' }, never), { code: 'ACTING_HELD' });
  });

  test('observe changes nothing, refuses a click, and gives back what was held', async () => {
    const { at, actor, made } = world('observe');
    await actor.turn(never);
    await assert.rejects(actor.apply(click, never), { code: 'ACTING_OBSERVES' });
    assert.equal(made.length, 0);
    at.mode = 'auto';
    await actor.turn(never);
    at.mode = 'observe';
    at.used = 4.5;
    await actor.turn(never);
    assert.equal(at.setting.cpu, 2, 'more than the owner’s is used');
    at.used = 2;
    await actor.turn(never);
    assert.deepEqual([at.setting, at.mark], [OWNERS, undefined]);
  });

  test('what a node has no room for goes back, and is not tried again for half an hour', async () => {
    const { at, actor, outcomes } = world('auto');
    await actor.turn(never);
    at.refused = ['checkout-1: Infeasible'];
    await actor.turn(never);
    at.refused = [];
    assert.deepEqual(at.setting, OWNERS);
    at.now += 1700;
    await actor.turn(never);
    assert.deepEqual(outcomes(), ['requests headroom applied', 'requests-rollback headroom applied']);
  });

  describe('once a request was lowered', () => {
    async function lowered() {
      const it = world('auto');
      Object.assign(it.at, { advised: 0.5, used: 0.9, latency: 0.1 });
      await it.actor.turn(never);
      assert.deepEqual(it.at.setting, { cpu: 0.5 });
      return it;
    }

    async function look({ at, actor }: Pick<ReturnType<typeof world>, 'at' | 'actor'>, times: number) {
      for (let turn = 0; turn < times; turn++) {
        at.now += 15;
        await actor.turn(never);
      }
    }

    test('it goes back to its owner’s where the SLO is violated at three looks, and rests', async () => {
      const it = await lowered();
      it.at.latency = 0.9;
      await look(it, 2);
      assert.equal(it.at.setting.cpu, 0.5);
      await look(it, 1);
      assert.deepEqual([it.at.setting, it.at.mark], [OWNERS, undefined]);
      const [, back] = [...it.memory.made.values()];
      assert.match(back?.why.join() ?? '', /violated at 3 of 3 looks/);
      it.at.latency = 0.1;
      await look(it, 100);
      assert.deepEqual(it.at.setting, OWNERS, 'half an hour of rest');
    });

    test('it goes back to what Headroom held before, not to what is lower still', async () => {
      const it = await lowered();
      it.at.now += 3601;
      it.at.advised = 2;
      await it.actor.turn(never);
      it.at.now += 3601;
      it.at.advised = 1.5;
      await it.actor.turn(never);
      assert.equal(it.at.setting.cpu, 1.5);
      it.at.latency = 0.9;
      await look(it, 3);
      assert.deepEqual([it.at.setting.cpu, it.at.mark !== undefined], [2, true]);
    });

    test('it stays where a person paused the way up, where nothing is measured, and after its window', async () => {
      const paused = await lowered();
      Object.assign(paused.at, { latency: 0.9, pause: { out: true, in: false, reason: 'a migration' } });
      await look(paused, 5);
      assert.equal(paused.at.setting.cpu, 0.5);
      assert.match(JSON.stringify(paused.actor.view().decision), /a migration/);
      paused.at.pause = { out: false, in: false, reason: '' };
      await look(paused, 1);
      assert.equal(paused.at.setting.cpu, 1, 'the pause is over');

      const unmeasured = await lowered();
      unmeasured.at.latency = undefined;
      await look(unmeasured, 59);
      assert.equal(unmeasured.at.setting.cpu, 0.5);
      unmeasured.at.latency = 0.9;
      await look(unmeasured, 5);
      assert.equal(unmeasured.at.setting.cpu, 0.5, 'the window is over');
      await unmeasured.create().turn(never);
      assert.deepEqual(unmeasured.outcomes(), ['requests headroom applied', 'requests-watch headroom in-time'], 'once');
    });

    test('a raise is not taken back for the SLO', async () => {
      const it = world('auto');
      it.at.latency = 0.9;
      await it.actor.turn(never);
      await look(it, 10);
      assert.deepEqual([it.at.setting.cpu, it.made.length], [2, 1]);
    });
  });

  test('a kill between act and record: the next process records it once; one that was not made is made', async () => {
    for (const isCut of [true, false]) {
      const { at, actor, made, create, outcomes } = world('auto');
      Object.assign(at, { failure: unreachable(), isCut });
      await actor.turn(never);
      assert.match(actor.view().problem ?? '', /ACTING_UNSURE/);
      assert.deepEqual(outcomes(), []);
      at.failure = undefined;
      at.now += 15;
      await create().turn(never);
      assert.deepEqual([outcomes(), made.length, at.setting.cpu], [['requests headroom applied'], 1, 2]);
    }
  });

  test('what Headroom began in auto and did not make is not made in observe or approve', async () => {
    for (const mode of ['observe', 'approve'] as const) {
      const { at, actor, made, outcomes } = world('auto');
      at.failure = unreachable();
      await actor.turn(never);
      Object.assign(at, { failure: undefined, mode });
      await actor.turn(never);
      assert.deepEqual([made.length, at.setting], [0, OWNERS]);
      assert.match(outcomes().join(), new RegExp(`failed: it was not made: the mode is ${mode} now`));
    }
  });

  test('a click whose end is not known is ended before the next, and the same key tells how', async () => {
    const { at, actor, made, outcomes } = world('approve');
    Object.assign(at, { failure: unreachable(), isCut: true });
    await assert.rejects(actor.apply(click, never), { code: 'ACTING_UNSURE' });
    Object.assign(at, { failure: undefined, advised: 1.5 });
    await actor.apply({ ...click, key: 'other' }, never);
    assert.deepEqual([made.length, at.setting.cpu], [2, 1.5]);
    assert.deepEqual(outcomes(), ['requests ana applied', 'requests ana applied'], 'each once');
    assert.deepEqual((await actor.apply(click, never)).after, { cpu: 2 });
    assert.equal(made.length, 2);
  });

  test('what Headroom began is left to the person who clicks then', async () => {
    const { at, actor, made, outcomes } = world('auto');
    at.failure = unreachable();
    await actor.turn(never);
    at.failure = undefined;
    await actor.apply(click, never);
    assert.equal(made.length, 1);
    assert.match(
      outcomes().join(),
      /^requests headroom failed: it was not made: a person decides now,requests ana applied$/
    );
  });

  test('what is refused to go back is tried and recorded again every five minutes, not at each look', async () => {
    const { at, actor, outcomes } = world('auto');
    await actor.turn(never);
    Object.assign(at, {
      mode: 'observe',
      used: 0.5,
      failure: new HeadroomError('TARGET_REFUSED', { target: 'fake', reason: 'a quota' }),
    });
    for (let look = 0; look < 22; look++) {
      await actor.turn(never);
      at.now += 15;
    }
    assert.equal(outcomes().filter((each) => each.startsWith('requests-rollback')).length, 2);
    assert.match(actor.view().problem ?? '', /TARGET_REFUSED.*a quota/);
  });

  test('a freeze keeps a click from lowering', async () => {
    const { at, actor, made } = world('approve');
    Object.assign(at, { advised: 0.5, used: 0.3 });
    at.freezes = [{ name: 'sale', startSeconds: at.now - 1, endSeconds: at.now + 1, direction: 'in' }];
    await assert.rejects(actor.apply(click, never), { code: 'ACTING_HELD', message: /sale freezes it/ });
    assert.equal(made.length, 0);
  });

  test('without the lease, or a storage to record in, nothing is done', async () => {
    const { at, actor, made, memory } = world('auto');
    at.fence = undefined;
    await actor.turn(never);
    at.fence = 1;
    memory.writeFault = 'STORAGE_FULL';
    await actor.turn(never);
    assert.equal(made.length, 0);
    assert.match(actor.view().problem ?? '', /STORAGE_FULL/);
  });
});
