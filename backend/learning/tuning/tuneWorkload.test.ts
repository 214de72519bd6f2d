import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { HeadroomError } from '../../errors/index.ts';
import { readArtefact } from '../../neural/index.ts';
import { halfHours, writeTinyArtefact } from './tinyArtefact.fixture.ts';
import { tuneWorkload, type TuningOptions } from './tuneWorkload.ts';
import type { TuningResult, TuningTask } from './tuningTask.ts';

const STEPS = 40;

describe('a tune', () => {
  let folder = '';
  let fromFolder = '';
  let runs = 0;
  /** One without anything special, which several tests compare with. */
  let plain: Place;
  let plainResult: TuningResult;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headroom-tune-'));
    fromFolder = await writeTinyArtefact(join(folder, 'shipped'));
    plain = place();
    plainResult = await tune(plain);
  });
  after(() => rm(folder, { recursive: true }));

  interface Place {
    readonly workFolder: string;
    readonly modelsFolder: string;
  }
  const place = (): Place => {
    const own = join(folder, `run-${String(++runs)}`);
    return { workFolder: join(own, 'work'), modelsFolder: join(own, 'models') };
  };
  const afterPlain = async (): Promise<Place> => {
    const where = place();
    await cp(plain.modelsFolder, where.modelsFolder, { recursive: true });
    return where;
  };
  const tune = (
    where: Place,
    task: Partial<TuningTask> = {},
    options: Partial<TuningOptions> = {}
  ): Promise<TuningResult> => {
    let seconds = 0;
    return tuneWorkload(
      {
        ...{ workload: 'shop', fromFolder, horizon: 24, seasonSteps: 48, seed: 3 },
        series: new Map([['requests', halfHours(14 * 48)]]),
        budget: { kind: 'steps', steps: STEPS },
        ...task,
      },
      {
        ...where,
        isResumed: false,
        checkpointSeconds: 5,
        coreSeconds: () => ++seconds,
        signal: new AbortController().signal,
        onProgress: () => undefined,
        ...options,
      }
    );
  };

  it('is kept where it forecasts the end of the history better, as a new version that tells what it is', async () => {
    const result = plainResult;
    assert.equal(result.isKept, true, result.reason);
    assert.ok(result.crpsRatio! < 1 && result.validationLoss! < result.startLoss!);
    assert.match(result.reason, /\d % better than lstm 1\.0\.0/);
    const { manifest } = await readArtefact(join(plain.modelsFolder, 'lstm', '1.0.1'));
    assert.equal(manifest.tunedFrom, 'lstm 1.0.0');
    assert.equal(manifest.data[0]?.name, 'shop');
    assert.ok(manifest.scores[0]!.crps > 0 && manifest.scores[0]!.seasonalNaiveCrps > 0);
  });

  it('goes on from the checkpoint of a killed one to the same bits', async () => {
    const parted = place();
    const stop = new AbortController();
    let steps = 0;
    const onProgress = () => {
      if (++steps === 17) {
        stop.abort(new Error('killed'));
      }
    };
    await assert.rejects(tune(parted, {}, { signal: stop.signal, onProgress }), /killed/);
    assert.deepEqual(await readdir(parted.workFolder), ['checkpoint'], 'nothing but the checkpoint');
    let resumedFrom = 0;
    await tune(parted, {}, { isResumed: true, onProgress: ({ step }) => (resumedFrom ||= step) });
    assert.equal(resumedFrom, 18);
    const model = (each: Place): Promise<Buffer> => readFile(join(each.modelsFolder, 'lstm', '1.0.1', 'model.onnx'));
    assert.deepEqual(await model(parted), await model(plain));
  });

  it('begins anew where the checkpoint is damaged, or another tune’s', async () => {
    const where = place();
    await assert.rejects(tune(where, {}, { signal: AbortSignal.abort(new Error('at once')) }), /at once/);
    await writeFile(join(where.workFolder, 'checkpoint'), 'headroom checkpoint 1\n{}\n');
    assert.equal((await tune(where, {}, { isResumed: true })).steps, STEPS);
  });

  it('that validates no better is not kept, and nothing is written', async () => {
    const where = place();
    const noise = halfHours(14 * 48);
    // What comes at the end has nothing to do with what could be learnt.
    noise.target.values.fill(0, 9 * 48);
    const result = await tune(where, { series: new Map([['requests', noise]]) });
    assert.equal(result.isKept, false, result.reason);
    assert.equal(result.version, null);
    await assert.rejects(readdir(where.modelsFolder), /ENOENT/);
  });

  it('counts on from the newest version', async () => {
    assert.equal(plainResult.version, '1.0.1');
    assert.equal((await tune(await afterPlain())).version, '1.0.2');
  });

  it('trained twice has the same bits, told by what the manifest says of data and seed', async () => {
    const [again, other] = [place(), place()];
    await tune(again);
    await tune(other, { seed: 4 });
    const artefact = (each: Place) => readArtefact(join(each.modelsFolder, 'lstm', '1.0.1'));
    const [a, b, c] = [await artefact(plain), await artefact(again), await artefact(other)];
    assert.equal(a.manifest.sha256, b.manifest.sha256);
    assert.deepEqual(Buffer.from(a.model), Buffer.from(b.model));
    assert.deepEqual([a.manifest.data, a.manifest.seed, a.manifest.steps], [b.manifest.data, 3, STEPS]);
    assert.notEqual(a.manifest.sha256, c.manifest.sha256);
  });

  it('that goes far from its start has to better the one in charge, not its start', async () => {
    const where = await afterPlain();
    const rivalFolder = join(where.modelsFolder, 'lstm', '1.0.1');
    const far = await tune(where, { reach: 'full', rivalFolder, budget: { kind: 'steps', steps: STEPS / 4 } });
    assert.match(far.reason, /worse than lstm 1\.0\.1/);
    assert.ok(!far.isKept && far.validationLoss! < far.startLoss!, 'better than its start');
    assert.equal(far.tunedFrom, 'lstm 1.0.0');
  });

  it('refuses a damaged artefact to start from, and a history that nothing can be learnt from', async () => {
    const coded = (code: string) => (error: unknown) => error instanceof HeadroomError && error.code === code;
    const damaged = await writeTinyArtefact(join(folder, 'damaged'));
    await writeFile(join(damaged, 'model.onnx'), 'not a model');
    await assert.rejects(tune(place(), { fromFolder: damaged }), coded('MODEL_ARTEFACT_INVALID'));
    await assert.rejects(tune(place(), { series: new Map() }), coded('MODEL_HISTORY_UNFIT'));
  });
});
