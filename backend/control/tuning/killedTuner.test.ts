import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readRoles, rolesOf, WorkloadModels } from '../../learning/index.ts';
import { halfHours, writeTinyArtefact } from '../../learning/tuning/tinyArtefact.fixture.ts';
import { CRPS_LEVELS } from '../../statistics/index.ts';

/** When each process is killed: while it learns, and while it promotes what is on trial. */
const KILLED_AT = [/s{3}/, /e/];

/** Each kill is of a process of its own, by `SIGKILL`, which nothing can catch. */
describe('a kill during a real training, promotion and garbage collection', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headroom-killed-tuner-'));
  });
  after(() => rm(folder, { recursive: true }));

  const start = () =>
    spawn(process.execPath, [sidecar, join(folder, 'shipped'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });

  it('leaves a champion that forecasts, and the training goes on where it was', async () => {
    await writeTinyArtefact(join(folder, 'shipped'));
    const history = halfHours(14 * 48);
    let done = '';
    for (const moment of KILLED_AT) {
      const child = start();
      const gone = once(child, 'exit');
      for await (const chunk of child.stdout) {
        done += String(chunk);
        if (moment.test(done)) {
          child.kill('SIGKILL');
        }
      }
      await gone;
      assert.equal(child.signalCode, 'SIGKILL', done);

      const { roles, problem } = await readRoles(join(folder, 'tuned', 'shop'));
      assert.equal(problem, undefined, done);
      assert.ok(rolesOf(roles, 'lstm').champion !== null, done);
      const models = new WorkloadModels({ shipped: join(folder, 'shipped'), tuned: join(folder, 'tuned') });
      const { tuned } = await models.inventory();
      assert.equal(tuned.get('shop')?.some(({ state }) => state === 'refused') ?? false, false, done);
      const [champion] = await models.of('shop');
      const { values } = await (
        await champion!.fit(history, { horizon: 24, seed: 1, seasonSteps: 48 })
      ).predict(history, { horizon: 24, levels: CRPS_LEVELS });
      assert.ok(values.every(Number.isFinite), done);
    }
    const last = start();
    const [output] = await Promise.all([last.stdout.toArray(), once(last, 'exit')]);
    assert.equal(last.exitCode, 0);
    done += Buffer.concat(output as Buffer[]).toString();
    assert.match(done, /r/, `no training went on: ${done}`);
    assert.deepEqual(await readdir(join(folder, 'work')), [], 'no work is left');
  });
});

const sidecar = fileURLToPath(new URL('./killedTuner.fixture.ts', import.meta.url));
