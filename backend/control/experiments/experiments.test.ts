import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Mode } from '../../../contract/index.ts';
import type { WorkloadConfig } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { openSqliteStorage } from '../../storage/index.ts';
import type { FleetEvent } from '../fleetHooks.ts';
import type { WorkloadView } from '../fleetView.ts';
import type { ModelVersion } from '../../learning/index.ts';
import type { TargetState } from '../../scaling/index.ts';
import type { ArmSetting } from './armSetting.ts';
import { actingConfig } from '../acting/actingWorld.fixture.ts';
import { Experiments } from './experiments.ts';

const DAY = 86_400;
const STEP = 300;
const START = 20_000 * DAY;
const REQUEST = {
  workload: 'shop',
  b: { risk: 0.2 },
  reason: 'a try',
  outcome: 'replicas' as const,
  seed: 7,
  days: 4,
  burnIn: '30m',
};

const version = (origin: ModelVersion['origin'], own: string) => ({
  ...{ origin, version: own },
  ...{ atSeconds: START, by: 'headroom', why: 'a test' },
});

async function world(replicasIn: (risk: number, tested?: ArmSetting) => number = (risk) => (risk === 0.2 ? 8 : 10)) {
  const storage = await openSqliteStorage({ file: ':memory:' });
  const base = actingConfig({ mode: 'auto' }).workloads[0]!;
  const config: WorkloadConfig = { ...base, scaling: { ...base.scaling, risk: 0.01 } };
  const demandName = config.demand!;
  const perReplica = config.series.find(({ name }) => name === demandName)!.perReplica!;
  const state = { now: START, mode: 'auto' as Mode, isPaused: false, declared: config, demand: perReplica * 5 };
  const stand = {
    target: { isSoleOwner: false, original: { floor: 2, utilization: 0.7 } } as
      Pick<TargetState, 'isSoleOwner' | 'original'> | undefined,
    champion: version('shipped', '1.1.0'),
    challenger: version('tuned', '1.1.1') as ReturnType<typeof version> | null,
    isFitted: true,
    hasForecast: true,
  };
  let current: Experiments | undefined;
  const events: FleetEvent[] = [];
  const replicas: number[] = [];
  const view = (): WorkloadView => {
    const setting = current?.testedOf(state.declared);
    const grid = { startSeconds: START - 6 * DAY, stepSeconds: STEP, length: (6 * DAY) / STEP + replicas.length };
    const past = (6 * DAY) / STEP;
    const measured = (present: (step: number) => number, before: number) =>
      Float64Array.from({ length: grid.length }, (_, step) =>
        step < past ? before + Math.sin(step) : present(step - past)
      );
    return {
      config: state.declared,
      mode: state.mode,
      health: { state: 'ok', problem: null, lastSuccessAt: state.now },
      actual: new Map([[demandName, { grid, values: measured(() => state.demand, perReplica * 5) }]]),
      replicas: { grid, values: measured((step) => replicas[step]!, 10) },
      accuracy: [],
      ...(setting === undefined ? {} : { tested: { setting, isInForce: !('model' in setting) || stand.hasForecast } }),
      warnings: [],
    };
  };
  let ids = 0;
  const open = () =>
    new Experiments({
      storage,
      workload: (name) => (name === 'shop' ? view() : undefined),
      modeOf: () => state.mode,
      isPaused: () => state.isPaused,
      targetOf: () => stand.target,
      rolesOf: () => Promise.resolve(stand),
      isFitted: (_, __, { version: own }) => stand.isFitted && own === stand.challenger?.version,
      nowSeconds: () => state.now,
      createId: () => `t${String(++ids)}`,
      hooks: { event: (event) => events.push(event) },
    });
  const run = async (experiments: Experiments, seconds: number) => {
    current = experiments;
    for (const end = state.now + seconds; state.now < end;) {
      replicas.push(replicasIn(experiments.riskOf(state.declared), experiments.testedOf(state.declared)));
      state.now += STEP;
      await experiments.turn();
    }
  };
  return { storage, state, stand, events, open, run, config };
}

const refusal = async (task: () => unknown): Promise<string> => {
  try {
    await task();
    return 'none';
  } catch (error) {
    assert.ok(error instanceof HeadroomError, String(error));
    return error.code;
  }
};

describe('a switchback test that is live', () => {
  it('alternates the risk by the clock, finds what it changes, is recorded, and leaves the declared one behind', async () => {
    const { storage, state, open, run, config } = await world();
    const experiments = open();
    const started = await experiments.start(REQUEST, 'ada');
    assert.equal(started.state, 'running');
    assert.ok(started.planned!.points.length > 0);
    await run(experiments, 4 * DAY + 3600);
    const ended = experiments.experiment(started.id);
    assert.equal(ended.state, 'done');
    assert.equal(ended.lower, 'b');
    assert.match(ended.verdict.join(' '), /risk 0\.2 \(b\) has a lower number of ready replicas than risk 0\.01/);
    assert.ok(new Set(ended.windows.map(({ arm }) => arm)).size === 2);
    assert.deepEqual(
      ended.windows.map(({ arm }) => arm),
      ended.schedule.slice(0, ended.windows.length)
    );
    assert.equal(experiments.riskOf(config), 0.01);
    const decisions = await storage.decisions({});
    assert.deepEqual(decisions.map(({ what, who, outcome }) => [what, who, outcome]).reverse(), [
      ['experiment', 'ada', 'running'],
      ['experiment', 'headroom', 'done'],
    ]);
    assert.ok(state.now > START);
    await storage.close();
  });

  it('is never in force in a pause, in another mode, after a stop or a change of the declared risk', async () => {
    const { storage, state, open, run, config } = await world();
    const experiments = open();
    const { id } = await experiments.start(REQUEST, 'ada');
    for (let i = 0; i < 48 && experiments.riskOf(config) === 0.01; i++) {
      await run(experiments, 1800);
    }
    assert.equal(experiments.riskOf(config), 0.2);
    state.isPaused = true;
    assert.equal(experiments.riskOf(config), 0.01);
    await run(experiments, 3 * 3600);
    assert.ok(experiments.experiment(id).windows.some(({ void: why }) => why === 'it is paused'));
    state.isPaused = false;
    await experiments.stop(id, 'bob', 'enough');
    assert.equal(experiments.riskOf(config), 0.01);
    assert.match(experiments.experiment(id).verdict[0]!, /bob stopped it: enough/);
    assert.equal(await refusal(() => experiments.stop(id, 'bob', 'again')), 'EXPERIMENT_OVER');
    const second = await experiments.start(REQUEST, 'ada');
    state.mode = 'approve';
    await run(experiments, STEP);
    assert.equal(experiments.experiment(second.id).state, 'stopped');
    await storage.close();
  });

  it('ends at once for harm', async () => {
    const { storage, state, open, run } = await world();
    const experiments = open();
    const { id } = await experiments.start(REQUEST, 'ada');
    await run(experiments, 2 * 7200);
    state.demand *= 100;
    await run(experiments, 3600);
    const { state: ended, endedBecause } = experiments.experiment(id);
    assert.equal(ended, 'harmful');
    assert.match(endedBecause!, /violated the SLO/);
    await storage.close();
  });

  it('goes on after a restart, without the window in which nobody looked', async () => {
    const { storage, state, open, run } = await world();
    const first = open();
    const { id } = await first.start(REQUEST, 'ada');
    await run(first, 3 * 7200 + 3600);
    const second = open();
    await second.restore();
    state.now += STEP;
    await run(second, 2 * 7200);
    const { windows, state: now } = second.experiment(id);
    assert.equal(now, 'running');
    assert.ok(windows.some(({ void: why }) => why?.includes('not there all the time')));
    await storage.setSetting('experiment/broken', { id: 4 });
    const third = open();
    await third.restore();
    assert.equal(third.list().length, 1);
    await storage.close();
  });

  it('is refused where it cannot be designed, changes nothing, or runs already', async () => {
    const { storage, state, open } = await world();
    const experiments = open();
    const start = (over: object) => refusal(() => experiments.start({ ...REQUEST, ...over }, 'ada'));
    assert.equal(await start({ workload: 'nope' }), 'API_NOT_FOUND');
    assert.equal(await start({ window: '7h' }), 'EXPERIMENT_INVALID');
    assert.equal(await start({ days: 3 }), 'EXPERIMENT_INVALID');
    assert.equal(await start({ burnIn: '1s' }), 'EXPERIMENT_INVALID');
    assert.equal(await start({ burnIn: '119m' }), 'EXPERIMENT_INVALID');
    assert.equal(await start({ b: { risk: 0.01 } }), 'EXPERIMENT_IMPOSSIBLE');
    state.mode = 'observe';
    assert.equal(await start({}), 'EXPERIMENT_IMPOSSIBLE');
    state.mode = 'auto';
    assert.equal(await start({}), 'none');
    assert.equal(await start({}), 'EXPERIMENT_RUNNING');
    assert.equal(await refusal(() => experiments.experiment('nope')), 'API_NOT_FOUND');
    await storage.close();
  });
});

describe('a switchback test of a policy', () => {
  const alone = { ...REQUEST, b: { policy: 'hpa' as const } };

  it('alternates with the autoscaler alone, with a burn-in for giving back, and says which is better', async () => {
    const { storage, open, run, config } = await world((_, tested) => (tested === undefined ? 10 : 8));
    const experiments = open();
    const plain = { ...alone, burnIn: undefined };
    const { burnInSeconds } = (await experiments.plan(plain))!;
    assert.ok(burnInSeconds > (await experiments.plan({ ...plain, b: { risk: 0.2 } }))!.burnInSeconds);
    const { id, arms } = await experiments.start(plain, 'ada');
    assert.deepEqual(arms, { a: { policy: 'headroom-floor-only' }, b: { policy: 'hpa' } });
    await run(experiments, 4 * DAY + 3600);
    const ended = experiments.experiment(id);
    assert.equal(ended.lower, 'b');
    assert.match(ended.verdict.join(' '), /policy hpa \(b\) has a lower .* than policy headroom-floor-only/);
    assert.equal(experiments.testedOf(config), undefined);
    assert.equal(experiments.riskOf(config), 0.01);
    await storage.close();
  });

  it('is refused where nothing else scales, nothing was read, or nothing would change', async () => {
    const { storage, state, stand, open } = await world();
    const experiments = open();
    const plan = (policy: 'hpa' | 'headroom-floor-only') =>
      refusal(() => experiments.plan({ ...REQUEST, b: { policy } }));
    assert.equal(await plan('headroom-floor-only'), 'EXPERIMENT_IMPOSSIBLE');
    state.declared = { ...state.declared, scaling: { ...state.declared.scaling, relaxedUtilization: 0.95 } };
    assert.equal(await plan('headroom-floor-only'), 'none');
    stand.target = { isSoleOwner: true, original: { floor: 2 } };
    assert.equal(await plan('hpa'), 'EXPERIMENT_IMPOSSIBLE');
    assert.equal(await plan('headroom-floor-only'), 'EXPERIMENT_IMPOSSIBLE');
    stand.target = undefined;
    assert.equal(await refusal(() => experiments.start(alone, 'ada')), 'EXPERIMENT_IMPOSSIBLE');
    await storage.close();
  });

  it('ends where the declared one changes, and where the autoscaler is gone', async () => {
    const { storage, state, stand, open, run } = await world();
    const experiments = open();
    const { id } = await experiments.start(alone, 'ada');
    stand.target = { isSoleOwner: true, original: { floor: 2 } };
    await run(experiments, STEP);
    assert.match(experiments.experiment(id).endedBecause!, /Nothing but Headroom scales/);
    stand.target = { isSoleOwner: false, original: { floor: 2 } };
    const second = await experiments.start(alone, 'ada');
    state.declared = { ...state.declared, scaling: { ...state.declared.scaling, relaxedUtilization: 0.95 } };
    await run(experiments, STEP);
    assert.match(experiments.experiment(second.id).endedBecause!, /tuneTarget was changed/);
    await storage.close();
  });
});

describe('a switchback test of a model', () => {
  const challenged = { ...REQUEST, b: { model: 'lstm' } };

  it('compares champion and challenger, and counts no window in which the challenger had no forecast', async () => {
    const { storage, stand, open, run } = await world((_, tested) => (tested === undefined ? 10 : 8));
    const experiments = open();
    const { id, arms } = await experiments.start(challenged, 'ada');
    assert.deepEqual(arms, {
      a: { model: 'lstm', origin: 'shipped', version: '1.1.0' },
      b: { model: 'lstm', origin: 'tuned', version: '1.1.1' },
    });
    await run(experiments, DAY);
    assert.ok(
      experiments
        .experiment(id)
        .windows.slice(1)
        .every(({ void: why }) => why === null)
    );
    stand.hasForecast = false;
    await run(experiments, DAY);
    const { windows } = experiments.experiment(id);
    const voids = windows.slice(13).filter(({ void: why }) => why === 'the challenger had no forecast');
    assert.ok(voids.length > 0);
    assert.ok(voids.every(({ arm }) => arm === 'b'));
    stand.hasForecast = true;
    await run(experiments, 2 * DAY + 3600);
    assert.match(experiments.experiment(id).verdict.join(' '), /model lstm tuned 1\.1\.1/);
    await storage.close();
  });

  it('ends where another version is challenger or champion, and is told to the audit with both', async () => {
    const { storage, stand, open, run } = await world();
    const experiments = open();
    const { id } = await experiments.start(challenged, 'ada');
    stand.champion = { ...stand.champion, origin: 'tuned', version: '1.1.1' };
    stand.challenger = null;
    await run(experiments, STEP);
    assert.match(experiments.experiment(id).endedBecause!, /champion or challenger by now/);
    const [, begun] = await storage.decisions({});
    assert.match(JSON.stringify(begun?.after), /"b":\{"model":"lstm","origin":"tuned","version":"1\.1\.1"\}/);
    await storage.close();
  });

  it('is refused where there is no challenger, none that is fitted, or the near range decides', async () => {
    const { storage, state, stand, open } = await world();
    const experiments = open();
    const start = () => refusal(() => experiments.start(challenged, 'ada'));
    stand.isFitted = false;
    assert.equal(await start(), 'EXPERIMENT_IMPOSSIBLE');
    stand.isFitted = true;
    stand.challenger = null;
    assert.equal(await start(), 'EXPERIMENT_IMPOSSIBLE');
    stand.challenger = version('tuned', '1.1.1');
    const { declared } = state;
    const near = { stepSeconds: 60, horizonSeconds: 3600, historySeconds: DAY, intervalSeconds: 60 };
    state.declared = { ...declared, forecast: { ...declared.forecast, near } };
    assert.equal(await start(), 'EXPERIMENT_IMPOSSIBLE');
    state.declared = { ...declared, forecast: { ...declared.forecast, model: 'holt-winters' } };
    assert.equal(await start(), 'EXPERIMENT_IMPOSSIBLE');
    state.declared = declared;
    assert.equal(await start(), 'none');
    await storage.close();
  });
});

describe('a kept test', () => {
  it('of the time when only risks were tried goes on', async () => {
    const { storage, open } = await world();
    const first = open();
    const { id } = await first.start(REQUEST, 'ada');
    const key = `experiment/${id}`;
    const kept = (await storage.setting(key)) as object;
    await storage.setSetting(key, { ...kept, arms: undefined, risks: { a: 0.01, b: 0.2 } });
    const second = open();
    await second.restore();
    assert.deepEqual(second.experiment(id).arms, { a: { risk: 0.01 }, b: { risk: 0.2 } });
    await storage.close();
  });
});
