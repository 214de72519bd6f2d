import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { CRPS_LEVELS } from '../../statistics/index.ts';
import { LoadedNetworks } from './loadedNetworks.ts';
import { halfHours, writeTinyArtefact } from './tinyArtefact.fixture.ts';

const WORKLOADS = 12;
const HORIZON = { horizon: 8, levels: CRPS_LEVELS };

describe('networks in memory', () => {
  let folder = '';
  let weight = 0;
  const folders: string[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headroom-networks-'));
    const made = await writeTinyArtefact(join(folder, 'made'));
    weight = (await stat(join(made, 'model.onnx'))).size;
    for (let workload = 0; workload < WORKLOADS; workload++) {
      const own = join(folder, `shop-${String(workload)}`);
      await cp(made, own, { recursive: true });
      folders.push(own);
    }
  });
  after(() => rm(folder, { recursive: true }));

  it('are no more than a bound, however many workloads have one, and each forecasts as ever', async () => {
    const networks = new LoadedNetworks(3 * weight);
    const history = halfHours(240);
    const fitted = [];
    for (const own of folders) {
      fitted.push(
        await (await networks.model(own, 'lstm', 'a'))!.fit(history, { horizon: 8, seed: 1, seasonSteps: 48 })
      );
      assert.ok(networks.bytes <= 3 * weight, `${String(networks.bytes)} bytes`);
    }
    const first = await fitted[0]!.predict(history, HORIZON);
    for (const each of fitted) {
      assert.deepEqual((await each.predict(history, HORIZON)).values, first.values);
      assert.ok(networks.bytes <= 3 * weight, `${String(networks.bytes)} bytes`);
    }
    assert.equal(networks.bytes, 3 * weight);
  });

  it('are not let go of while they forecast, and come below the bound after it', async () => {
    const networks = new LoadedNetworks(weight);
    const history = halfHours(240);
    const fitted = await Promise.all(
      folders.map(async (own) =>
        (await networks.model(own, 'lstm', 'a'))!.fit(history, { horizon: 8, seed: 1, seasonSteps: 48 })
      )
    );
    const all = await Promise.all(fitted.map(async (each) => each.predict(history, HORIZON)));
    all.forEach(({ values }) => {
      assert.deepEqual(values, all[0]!.values);
    });
    assert.ok(networks.bytes <= weight);
  });

  it('say what is missing where a folder is gone that was let go of', async () => {
    const networks = new LoadedNetworks(0);
    const gone = join(folder, 'gone');
    await cp(folders[0]!, gone, { recursive: true });
    const history = halfHours(240);
    const fitted = await (await networks.model(gone, 'lstm', 'a'))!.fit(history, {
      horizon: 8,
      seed: 1,
      seasonSteps: 48,
    });
    await rm(gone, { recursive: true });
    await assert.rejects(async () => fitted.predict(history, HORIZON), { code: 'MODEL_ARTEFACT_INVALID' });
    assert.equal(await networks.model(gone, 'lstm', 'b'), undefined);
  });
});
