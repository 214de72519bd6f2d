import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { HeadroomError } from '../../errors/index.ts';
import { halfHours, writeTinyArtefact } from '../tuning/tinyArtefact.fixture.ts';
import { withBenched, withChallenger, withChampionFound, withPromoted } from './roleChanges.ts';
import { NO_ROLES, type ModelVersion } from './roles.ts';
import { writeRoles } from './rolesFile.ts';
import { WorkloadModels } from './workloadModels.ts';

const change = { atSeconds: 1, by: 'somebody', why: 'a test' };
const tuned = (patch: number): ModelVersion => ({ origin: 'tuned', version: `1.0.${String(patch)}` });
const ships: ModelVersion = { origin: 'shipped', version: '1.0.0' };
const found = withChampionFound(NO_ROLES, 'lstm', ships, change);

describe('the learnt models of a workload', () => {
  let folder = '';
  let made = '';
  let shipped = '';
  let own = '';
  let models: WorkloadModels;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headroom-models-'));
    made = await writeTinyArtefact(join(folder, 'made'));
  });
  after(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    const place = await mkdtemp(join(folder, 'place-'));
    shipped = join(place, 'shipped');
    own = join(place, 'tuned', 'shop');
    models = new WorkloadModels({ shipped, tuned: join(place, 'tuned') });
    await put(join(shipped, 'lstm'), '1.0.0');
    for (const version of ['1.0.1', '1.0.2']) {
      await put(join(own, 'lstm'), version);
    }
  });

  const put = async (where: string, version: string): Promise<void> => {
    await cp(made, join(where, version), { recursive: true });
    const file = join(where, version, 'manifest.json');
    const manifest = JSON.parse(await readFile(file, 'utf8')) as object;
    await writeFile(file, JSON.stringify({ ...manifest, version }));
  };
  const damage = (version: string) => writeFile(join(own, 'lstm', version, 'model.onnx'), 'x');
  const inForce = async () => {
    const { tuned: all } = await models.inventory();
    return all.get('shop')?.map(({ version, state }) => `${version} ${state}`);
  };

  it('are the newest tunes where nobody was ever named, and for others what ships', async () => {
    assert.deepEqual(await inForce(), ['1.0.2 inForce', '1.0.1 superseded']);
    const [mine] = await models.of('shop');
    const [theirs] = await models.of('blog');
    assert.notEqual(mine, theirs);
    assert.equal(theirs, (await models.of(undefined))[0]);
    assert.deepEqual(await new WorkloadModels(undefined).of('shop'), []);
  });

  it('are the champions; a challenger is not in force', async () => {
    const roles = withChallenger(withPromoted(found, 'lstm', tuned(1), change), 'lstm', tuned(2), change);
    await writeRoles(own, roles);
    assert.deepEqual(await inForce(), ['1.0.2 challenger', '1.0.1 inForce']);
    await writeRoles(own, withChallenger(found, 'lstm', tuned(2), change));
    assert.deepEqual(await inForce(), ['1.0.2 challenger', '1.0.1 superseded']);
    assert.equal((await models.of('shop'))[0], (await models.of('blog'))[0]);
  });

  it('are the last good ones where champions are damaged or missing, and say so', async () => {
    await writeRoles(own, withPromoted(withPromoted(found, 'lstm', tuned(1), change), 'lstm', tuned(2), change));
    await damage('1.0.2');
    assert.deepEqual(await inForce(), ['1.0.2 refused', '1.0.1 inForce']);
    const good = (await models.of('shop'))[0];
    await rm(join(own, 'lstm', '1.0.2'), { recursive: true });
    assert.equal((await models.of('shop'))[0], good);
    await damage('1.0.1');
    assert.equal((await models.of('shop'))[0], (await models.of('blog'))[0]);
  });

  it('are what ships where the roles of a workload are damaged and its tunes too', async () => {
    await writeRoles(own, withPromoted(found, 'lstm', tuned(1), change));
    await writeFile(join(own, 'roles.json'), 'x');
    await damage('1.0.1');
    await damage('1.0.2');
    assert.equal((await models.of('shop'))[0], (await models.of('blog'))[0]);
    assert.match((await models.inventory()).roles.get('shop')!.problem!, /damaged/);
  });

  it('leave out what is benched, and tell which that is', async () => {
    const roles = withBenched(withPromoted(found, 'lstm', tuned(1), change), 'lstm', tuned(1), change);
    await writeRoles(own, roles);
    assert.deepEqual(await inForce(), ['1.0.2 superseded', '1.0.1 benched']);
    assert.equal((await models.of('shop'))[0], (await models.of('blog'))[0]);
  });

  it('are another version where that is asked for, and a coded error where it is damaged', async () => {
    const instead = { name: 'lstm', version: tuned(2) };
    assert.notEqual((await models.of('shop', { instead }))[0], (await models.of('blog'))[0]);
    await damage('1.0.2');
    await assert.rejects(
      models.of('shop', { instead }),
      (error) => error instanceof HeadroomError && error.code === 'MODEL_ARTEFACT_INVALID'
    );
  });

  it('forecast a real series when they are watched, and nothing is benched', async () => {
    const told: unknown[] = [];
    const [model] = await models.of('shop', { onBenched: (each) => told.push(each) });
    const history = halfHours(14 * 48);
    const fitted = await model!.fit(history, { horizon: 24, seasonSteps: 48, seed: 1 });
    const { values } = await fitted.predict(history, { horizon: 24, levels: [0.1, 0.5, 0.9] });
    assert.ok(values.every(Number.isFinite));
    assert.deepEqual(told, []);
  });
});
