import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '../../random/index.ts';
import { writeTinyArtefact } from '../tuning/tinyArtefact.fixture.ts';
import { collectGarbage } from './collectGarbage.ts';
import { rolesOf } from './roles.ts';
import { readRoles } from './rolesFile.ts';
import { WorkloadModels } from './workloadModels.ts';

const KILLS = 20;
/** A kill falls after a random one of the child's first steps, and at random within this time of it. */
const MOST_STEPS = 24;
const LONGEST_MS = 20;

/** Each kill is at a random instant of a process of its own: `SIGKILL`, which nothing can catch. */
describe('a kill during tuning, promotion, roll back and garbage collection', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headroom-killed-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('leaves a champion that can be loaded, and who has which role, whole', async () => {
    const made = await writeTinyArtefact(join(folder, 'made'));
    const own = join(folder, 'tuned', 'shop');
    await cp(made, join(own, 'lstm', '1.0.0'), { recursive: true });
    const models = new WorkloadModels({ shipped: join(folder, 'nothing'), tuned: join(folder, 'tuned') });
    const random = seededRandom(11);
    const seen = new Set<string>();
    for (let kill = 0; kill < KILLS; kill++) {
      const child = spawn(process.execPath, [writer, made, own, String(kill)], { stdio: ['ignore', 'pipe', 'inherit'] });
      let left = 1 + Math.floor(MOST_STEPS * random());
      while (left > 0) {
        const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
        left -= chunk.length;
      }
      await delay(LONGEST_MS * random());
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;

      const { roles, problem } = await readRoles(own);
      assert.equal(problem, undefined);
      const { champion, challenger, lastGood } = rolesOf(roles, 'lstm');
      assert.ok(champion !== null);
      seen.add(champion.version);
      const there = await readdir(join(own, 'lstm'));
      for (const each of [champion, challenger, lastGood]) {
        assert.ok(each === null || there.includes(each.version), `${each?.version ?? ''} is gone: ${there.join(' ')}`);
      }
      const { tuned } = await models.inventory();
      const inForce = tuned.get('shop')?.find(({ state }) => state === 'inForce');
      assert.equal(inForce?.version, champion.version);
      assert.equal(tuned.get('shop')?.some(({ state }) => state === 'refused'), false);
      assert.equal((await models.of('shop')).length, 1);
    }
    assert.ok(seen.size > 3, `only ${[...seen].join(' ')} were ever in charge`);
    await collectGarbage(own, (await readRoles(own)).roles, Date.now() / 1000 + 7200);
    const left = await readdir(join(own, 'lstm'));
    assert.ok(left.length <= 4 && left.every((name) => !name.startsWith('.')), left.join(' '));
  });
});

const writer = fileURLToPath(new URL('./killedWriter.fixture.ts', import.meta.url));
