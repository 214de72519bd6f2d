import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { collectGarbage } from './collectGarbage.ts';
import { withChallenger, withChampionFound, withPromoted } from './roleChanges.ts';
import { NO_ROLES } from './roles.ts';
import { readRoles, writeRoles } from './rolesFile.ts';
import { newTrial, withBlock } from './trial/pairedTrial.ts';
import { readTrials, writeTrials } from './trialFile.ts';

const change = { atSeconds: 1, by: 'somebody', why: 'a test' };
const first = withChampionFound(NO_ROLES, 'lstm', { origin: 'shipped', version: '1.0.0' }, change);
const second = withPromoted(first, 'lstm', { origin: 'tuned', version: '1.0.3' }, change);

describe('what is kept of roles', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headroom-roles-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('comes back as it was written; without a file there are none', async () => {
    assert.deepEqual(await readRoles(join(folder, 'nowhere')), { roles: NO_ROLES });
    await writeRoles(folder, first);
    await writeRoles(folder, second);
    assert.deepEqual(await readRoles(folder), { roles: second });
    assert.deepEqual((await readdir(folder)).sort(), ['roles.json', 'roles.previous.json']);
  });

  for (const [title, damage] of [
    ['cut off', (text: string) => text.slice(0, text.length >> 1)],
    ['changed by a letter', (text: string) => text.replace('1.0.3', '1.0.4')],
    ['not JSON', () => 'x'],
    ['empty', () => ''],
    ['something else', () => '{"sha256":"x","roles":[]}'],
  ] as ReadonlyArray<readonly [string, (text: string) => string]>) {
    it(`gives way to what stood before where it is ${title}, and says so`, async () => {
      await writeRoles(folder, first);
      await writeRoles(folder, second);
      const file = join(folder, 'roles.json');
      await writeFile(file, damage(await readFile(file, 'utf8')));
      const { roles, problem } = await readRoles(folder);
      assert.deepEqual(roles, first);
      assert.match(problem!, /damaged: the one before it is in force/);
      await writeRoles(folder, second);
      assert.deepEqual(await readRoles(folder), { roles: second });
      await rm(file);
      assert.match((await readRoles(folder)).problem!, /missing/);
    });
  }

  it('is nothing, and says so, where both are damaged', async () => {
    await writeFile(join(folder, 'roles.json'), 'x');
    await writeFile(join(folder, 'roles.previous.json'), 'y');
    const { roles, problem } = await readRoles(folder);
    assert.deepEqual(roles, NO_ROLES);
    assert.match(problem!, /newest whole models/);
  });

  it('lets trials begin anew where theirs cannot be read', async () => {
    const loss = { requests: { count: 2, champion: 2, challenger: 1 } };
    const trial = {
      ...{ name: 'lstm', kind: 'challenger' as const, isOver: false, state: withBlock(newTrial(3), loss) },
      version: { origin: 'tuned' as const, version: '1.0.3' },
      champion: { origin: 'shipped' as const, version: '1.0.0' },
    };
    await writeTrials(folder, [trial]);
    assert.deepEqual(await readTrials(folder), [trial]);
    await writeFile(join(folder, 'trials.json'), '{');
    assert.deepEqual(await readTrials(folder), []);
  });
});

describe('garbage', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headroom-garbage-'));
    for (const version of ['1.0.1', '1.0.2', '1.0.3', '1.0.4', '1.0.5', '1.0.10']) {
      await mkdir(join(folder, 'lstm', version), { recursive: true });
    }
  });
  afterEach(() => rm(folder, { recursive: true }));
  const left = async () => (await readdir(join(folder, 'lstm'))).sort();
  const tuned = (version: string) => ({ origin: 'tuned' as const, version });

  it('is what has no role but the newest of it; champion, challenger and last good one stay', async () => {
    let roles = withChampionFound(NO_ROLES, 'lstm', tuned('1.0.1'), change);
    roles = withChallenger(withPromoted(roles, 'lstm', tuned('1.0.3'), change), 'lstm', tuned('1.0.4'), change);
    const gone = await collectGarbage(folder, roles, 1000);
    assert.deepEqual(gone.sort(), ['lstm 1.0.2', 'lstm 1.0.5']);
    assert.deepEqual(await left(), ['1.0.1', '1.0.10', '1.0.3', '1.0.4']);
    assert.deepEqual(await collectGarbage(folder, roles, 1000), []);
  });

  it('is nothing where nobody has a role', async () => {
    assert.deepEqual(await collectGarbage(folder, NO_ROLES, 1000), []);
    assert.deepEqual(await collectGarbage(join(folder, 'nowhere'), NO_ROLES, 1000), []);
    assert.equal((await left()).length, 6);
  });

  it('is what a kill left: removals that were begun, and what was being written an hour ago', async () => {
    await mkdir(join(folder, 'lstm', '.gone.1.0.0.x'));
    await mkdir(join(folder, 'lstm', '.1.0.6.y'));
    await collectGarbage(folder, NO_ROLES, Date.now() / 1000);
    assert.ok(!(await left()).includes('.gone.1.0.0.x') && (await left()).includes('.1.0.6.y'));
    await collectGarbage(folder, NO_ROLES, Date.now() / 1000 + 4000);
    assert.ok(!(await left()).includes('.1.0.6.y'));
  });
});
