import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, before, describe, it } from 'node:test';
import { ModelShelf } from './modelShelf.ts';
import { writeTinyArtefact } from './tinyArtefact.fixture.ts';

describe('the shelf of models', () => {
  let folder = '';
  let made = '';
  let shelf = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headroom-shelf-'));
    made = await writeTinyArtefact(join(folder, 'made'));
  });
  beforeEach(async () => {
    shelf = await mkdtemp(join(folder, 'shelf-'));
  });
  after(() => rm(folder, { recursive: true }));

  const put = async (version: string, name = 'lstm'): Promise<string> => {
    const own = join(shelf, name, version);
    await cp(made, own, { recursive: true });
    const manifest = JSON.parse(await readFile(join(own, 'manifest.json'), 'utf8')) as object;
    await writeFile(join(own, 'manifest.json'), JSON.stringify({ ...manifest, version }));
    return own;
  };
  const states = async (models: ModelShelf) =>
    (await models.models(shelf)).map(({ version, state }) => `${version} ${state}`);

  it('has the newest in force, by number and not by letter', async () => {
    await put('1.0.9');
    await put('1.0.10');
    const models = new ModelShelf();
    assert.deepEqual(await states(models), ['1.0.10 inForce', '1.0.9 superseded']);
  });

  for (const [title, damage, reason] of [
    ['cut off', (own: string) => writeFile(join(own, 'model.onnx'), 'x'), /hash/],
    ['without a manifest', (own: string) => rm(join(own, 'manifest.json')), /cannot be read/],
    ['with a manifest that is not one', (own: string) => writeFile(join(own, 'manifest.json'), '{'), /not JSON/],
  ] as ReadonlyArray<readonly [string, (own: string) => Promise<void>, RegExp]>) {
    it(`refuses one that is ${title} with the reason, and the last good one stays in force`, async () => {
      await put('1.0.1');
      await damage(await put('1.0.2'));
      const models = new ModelShelf();
      assert.deepEqual(await states(models), ['1.0.2 refused', '1.0.1 inForce']);
      assert.match((await models.models(shelf))[0]!.reason!, reason);
      assert.notEqual(await models.model(join(shelf, 'lstm', '1.0.1'), 'lstm'), undefined);
    });
  }

  it('sees damage that comes later, and a repair', async () => {
    const own = await put('1.0.1');
    const whole = await readFile(join(own, 'model.onnx'));
    const models = new ModelShelf();
    assert.deepEqual(await states(models), ['1.0.1 inForce']);
    await writeFile(join(own, 'model.onnx'), 'damaged');
    assert.deepEqual(await states(models), ['1.0.1 refused']);
    assert.equal(await models.model(own, 'lstm'), undefined);
    await writeFile(join(own, 'model.onnx'), whole);
    assert.deepEqual(await states(models), ['1.0.1 inForce']);
  });

  it('refuses an artefact under a foreign name, and minds no stray folder', async () => {
    await put('1.0.1', 'other');
    await mkdir(join(shelf, 'lstm', '.1.0.1.half-written'), { recursive: true });
    await writeFile(join(shelf, 'stray.txt'), '');
    const models = new ModelShelf();
    const [foreign, ...rest] = await models.models(shelf);
    assert.match(foreign!.reason!, /names it lstm/);
    assert.deepEqual(rest, []);
    assert.deepEqual(await new ModelShelf().models(join(shelf, 'nowhere')), []);
  });
});
