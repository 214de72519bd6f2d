import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Mode } from '../../../contract/index.ts';
import type { WorkloadConfig } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { openSqliteStorage } from '../../storage/index.ts';
import type { FleetEvent } from '../fleetHooks.ts';
import type { WorkloadView } from '../fleetView.ts';
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

async function world(replicasIn: (risk: number) => number = (risk) => (risk === 0.2 ? 8 : 10)) {
  const storage = await openSqliteStorage({ file: ':memory:' });
  const base = actingConfig({ mode: 'auto' }).workloads[0]!;
  const config: WorkloadConfig = { ...base, scaling: { ...base.scaling, risk: 0.01 } };
  const demandName = config.demand!;
  const perReplica = config.series.find(({ name }) => name === demandName)!.perReplica!;
  const state = { now: START, mode: 'auto' as Mode, isPaused: false, declared: config, demand: perReplica * 5 };
  const events: FleetEvent[] = [];
  const replicas: number[] = [];
  const view = (): WorkloadView => {
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
      nowSeconds: () => state.now,
      createId: () => `t${String(++ids)}`,
      hooks: { event: (event) => events.push(event) },
    });
  const run = async (experiments: Experiments, seconds: number) => {
    for (const end = state.now + seconds; state.now < end;) {
      replicas.push(replicasIn(experiments.riskOf(state.declared)));
      state.now += STEP;
      await experiments.turn();
    }
  };
  return { storage, state, events, open, run, config };
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
