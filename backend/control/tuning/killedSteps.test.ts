import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readRoles, rolesOf, WorkloadModels } from '../../learning/index.ts';
import { halfHours, writeTinyArtefact } from '../../learning/tuning/tinyArtefact.fixture.ts';
import { CRPS_LEVELS } from '../../statistics/index.ts';
import { Champions } from './champions.ts';

/** Tunes of before, of which garbage collection keeps the newest. */
const IDLE = ['0.9.0', '0.9.1', '0.9.2'];
const MOST_STEPS = 60;
const HISTORY = halfHours(14 * 48);

/** A real training first; then one process for each step, which is killed right before it by `SIGKILL`. */
describe('a kill between any two steps of promotion, roll back and garbage collection after a real training', () => {
  let folder = '';
  const shipped = () => join(folder, 'shipped');
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headroom-killed-steps-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('opens with a champion that forecasts, tells who has which role, and goes on to the end', async () => {
    await writeTinyArtefact(shipped());
    const trained = start('./killedTuner.fixture.ts', shipped(), join(folder, 'trained'), 'enter');
    assert.match(await outputOf(trained), /ke$/, 'the tune is on trial');
    const made = join(folder, 'trained', 'tuned');
    const own = join(made, 'shop', 'lstm');
    const [version] = await readdir(own);
    for (const idle of IDLE) {
      await cp(join(own, version!), join(own, idle), { recursive: true });
    }

    const seen = new Set<string>();
    let killed = 0;
    for (let step = 1; step <= MOST_STEPS; step++) {
      const tuned = join(folder, `killed-${String(step)}`);
      await cp(made, tuned, { recursive: true });
      const child = start('./killedSteps.fixture.ts', shipped(), tuned, String(step));
      const output = await outputOf(child);
      seen.add(await opened(tuned, `before step ${String(step)}`));
      if (child.signalCode === null) {
        assert.equal(child.exitCode, 0);
        assert.equal(Number(output), step - 1, 'every step was killed before');
        killed = step - 1;
        break;
      }
      assert.equal(child.signalCode, 'SIGKILL');
      await finished(tuned);
    }
    assert.ok(killed >= 10, `only ${String(killed)} steps`);
    assert.deepEqual([...seen].sort(), ['shipped 1.0.0', `tuned ${version!}`]);
  });

  /** Who is in charge where a sidecar opens it: read, whole, and forecasting. */
  async function opened(tuned: string, when: string): Promise<string> {
    const { roles, problem } = await readRoles(join(tuned, 'shop'));
    assert.equal(problem, undefined, when);
    const { champion, challenger, lastGood } = rolesOf(roles, 'lstm');
    const there = await readdir(join(tuned, 'shop', 'lstm'));
    for (const each of [champion, challenger, lastGood]) {
      assert.ok(each?.origin !== 'tuned' || there.includes(each.version), `${when}: ${there.join(' ')}`);
    }
    const models = new WorkloadModels({ shipped: shipped(), tuned });
    const inventory = await models.inventory();
    assert.ok(!(inventory.tuned.get('shop') ?? []).some(({ state }) => state === 'refused'), when);
    const [model] = await models.of('shop');
    const fitted = await model!.fit(HISTORY, { horizon: 24, seed: 1, seasonSteps: 48 });
    const { values } = await fitted.predict(HISTORY, { horizon: 24, levels: CRPS_LEVELS });
    assert.ok(values.every(Number.isFinite), when);
    assert.ok(champion !== null, when);
    return `${champion.origin} ${champion.version}`;
  }

  /** What the next sidecar collects: nothing half removed is left, and nothing that has a role is gone. */
  async function finished(tuned: string): Promise<void> {
    const models = new WorkloadModels({ shipped: shipped(), tuned });
    const champions = new Champions({
      ...{ modelsFolder: tuned, nowSeconds: () => Date.now() / 1000 + 7200, onEvent: () => undefined },
      models: () => models.inventory(),
      onChanged: () => Promise.resolve(),
      record: () => Promise.resolve(),
    });
    await champions.collect('shop');
    await opened(tuned, 'collected again');
    const left = await readdir(join(tuned, 'shop', 'lstm'));
    const { champion, challenger, lastGood } = await champions.rolesOf('shop', 'lstm');
    const inRole = [champion, challenger, lastGood].map((each) => each?.version);
    assert.equal(left.filter((name) => !inRole.includes(name)).length, 1, `one spare: ${left.join(' ')}`);
    assert.ok(!left.some((name) => name.startsWith('.')), left.join(' '));
  }
});

function start(fixture: string, ...args: string[]) {
  const file = fileURLToPath(new URL(fixture, import.meta.url));
  return spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function outputOf(child: ChildProcess): Promise<string> {
  const [output] = await Promise.all([child.stdout!.toArray(), once(child, 'exit')]);
  return Buffer.concat(output as Buffer[]).toString();
}
