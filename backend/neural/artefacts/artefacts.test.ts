import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { HeadroomError } from '../../errors/index.ts';
import { createForecaster, PUBLISHED_LEVELS, type Forecaster, type History } from '../../forecasting/index.ts';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { ARCHITECTURES, buildNetwork, networkInputs, type Architecture } from '../architectures/index.ts';
import { Graph, sessionOptions, encodeModel } from '../graph/index.ts';
import * as ort from 'onnxruntime-node';
import { CATEGORY_SIZES, prepareSeries, WindowBatch, writeWindow } from '../windows/index.ts';
import { categoryIndices, extendedVocabulary } from './categoryIndices.ts';
import { initializers } from './initializers.ts';
import { learntModels, neuralModel, readArtefact, writeArtefact } from './index.ts';
import { quantileAt } from './quantilesAt.ts';
import { windowTensors } from './windowTensors.ts';

const SIZE = { width: 16, layers: 1, decoderLayers: 1 };

function parametersOf(architecture: Architecture): Map<string, Float32Array> {
  const graph = new Graph();
  buildNetwork({ graph, random: seededRandom(4) }, architecture, SIZE, networkInputs(graph, 2, 3));
  return new Map([...graph.parameters].map(([name, { values }]) => [name, values]));
}

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headroom-artefacts-'));
  for (const architecture of ARCHITECTURES) {
    await writeArtefact(join(folder, architecture, '1.0.0'), {
      name: architecture,
      version: '1.0.0',
      architecture,
      size: SIZE,
      seed: 4,
      steps: 0,
      seconds: 0,
      data: [],
      scores: [],
      parameters: parametersOf(architecture),
    });
  }
});
after(async () => {
  await rm(folder, { recursive: true });
});

const forecasterOf = async (architecture: string): Promise<Forecaster> => {
  const model = neuralModel(await readArtefact(join(folder, architecture, '1.0.0')));
  return createForecaster(model.name, [model]);
};

const historyOf = (values: Float64Array, stepSeconds = 300): History => ({
  target: { grid: { startSeconds: 1_700_000_000, stepSeconds, length: values.length }, values },
});

function windowInputs(): Record<string, ort.Tensor> {
  const random = seededRandom(9);
  const values = Float64Array.from({ length: 3000 }, (_, t) => 9 + Math.sin(t / 40) + 0.3 * randomNormal(random));
  const batch = new WindowBatch(2, 3);
  [2900, 1234].forEach((end, i) => {
    const series = prepareSeries({ values, startSeconds: 0, stepSeconds: 300, cycle: 288, sumSteps: 0 }, end)!;
    writeWindow(batch, i, series, [1, 13, 289]);
  });
  return windowTensors(batch);
}

for (const architecture of ARCHITECTURES) {
  test(`${architecture}: the published graph computes what the training graph does, in order of levels`, async () => {
    const feeds = windowInputs();
    const graph = new Graph();
    const quantiles = buildNetwork({ graph, random: seededRandom(4) }, architecture, SIZE, networkInputs(graph, 2, 3));
    const trained = await ort.InferenceSession.create(
      encodeModel(graph, { outputs: { answer: quantiles }, parameters: parametersOf(architecture) }),
      sessionOptions()
    );
    const expected = (await trained.run(feeds))['answer']!.data as Float32Array;
    const { session } = await readArtefact(join(folder, architecture, '1.0.0'));
    const published = (await session.run(feeds))['forecast']!;
    assert.deepEqual(published.dims, [2, 3, 12, 15]);
    const got = published.data as Float32Array;
    for (let query = 0; query < 6; query++) {
      for (let step = 0; step < 12; step++) {
        const own = Array.from({ length: 15 }, (_, row) => expected[(query * 15 + row) * 12 + step]!).sort(
          (a, b) => a - b
        );
        own.forEach((value, row) => {
          assert.ok(Math.abs(got[(query * 12 + step) * 15 + row]! - value) < 1e-4);
        });
      }
    }
  });

  test(`${architecture}: parameters come back out of the file as they went in`, async () => {
    const { model } = await readArtefact(join(folder, architecture, '1.0.0'));
    const found = initializers(model);
    for (const [name, values] of parametersOf(architecture)) {
      assert.deepEqual(found.get(name), values, name);
    }
  });

  for (const [title, make, length] of [
    ['constant', () => 7, 600],
    ['one point', () => 7, 1],
    ['tiny values', (t) => 1e-300 * (1 + (t % 5)), 600],
    ['huge values', (t) => 1e300 * (1 + (t % 5)), 600],
    ['negative', (t) => -3 - (t % 9), 600],
    ['a huge spike', (t) => (t === 500 ? 1e15 : 1 + (t % 3)), 600],
    ['mostly missing', (t) => (t % 90 === 3 ? t : Number.NaN), 600],
    ['too short', (t) => t, 5],
  ] as ReadonlyArray<readonly [string, (t: number) => number, number]>) {
    test(`${architecture}: a finite, ordered forecast of ${title}`, async () => {
      const forecaster = await forecasterOf(architecture);
      for (const stepSeconds of [10, 300, 3600, 86_400]) {
        const history = historyOf(
          Float64Array.from({ length }, (_, t) => make(t)),
          stepSeconds
        );
        const predictor = await forecaster.fit(history, { horizon: 50, seed: 1 });
        const { values } = await predictor.predict(history, { horizon: 50, levels: PUBLISHED_LEVELS });
        for (let step = 0; step < 50; step++) {
          for (let row = 0; row < PUBLISHED_LEVELS.length; row++) {
            assert.ok(Number.isFinite(values[row * 50 + step]));
            assert.ok(row === 0 || values[row * 50 + step]! >= values[(row - 1) * 50 + step]!);
          }
        }
      }
    });
  }

  test(`${architecture}: series forecast together are forecast as alone, to the bit`, async () => {
    const forecaster = await forecasterOf(architecture);
    const random = seededRandom(3);
    const histories = Array.from({ length: 7 }, (_, i) =>
      historyOf(Float64Array.from({ length: 700 + 90 * i }, (_, t) => i + Math.sin(t / 30) + randomNormal(random)))
    );
    const options = { horizon: 40, levels: PUBLISHED_LEVELS };
    const predictors = await Promise.all(histories.map(async (each) => forecaster.fit(each, { horizon: 40, seed: 1 })));
    const together = await Promise.all(predictors.map(async (each, i) => each.predict(histories[i]!, options)));
    for (const [i, each] of predictors.entries()) {
      assert.deepEqual(await each.predict(histories[i]!, options), together[i]);
    }
  });

  test(`${architecture}: a horizon beyond the trained one is answered, and says so`, async () => {
    const forecaster = await forecasterOf(architecture);
    const history = historyOf(Float64Array.from({ length: 900 }, (_, t) => 5 + Math.sin(t / 20)));
    const predictor = await forecaster.fit(history, { horizon: 1000, seed: 1 });
    const { values, warnings } = await predictor.predict(history, { horizon: 1000, levels: [0.5] });
    assert.ok(values.every(Number.isFinite));
    assert.ok(warnings.some((warning) => warning.includes('farther ahead')));
  });

  test(`${architecture}: an unknown category is no error`, async () => {
    const forecaster = await forecasterOf(architecture);
    const history = { ...historyOf(new Float64Array(600).fill(4)), metadata: { tier: 'never heard of', region: '' } };
    const predictor = await forecaster.fit(history, { horizon: 12, seed: 1 });
    assert.ok((await predictor.predict(history, { horizon: 12, levels: [0.5] })).values.every(Number.isFinite));
  });
}

test('all missing is FORECAST_HISTORY_EMPTY', async () => {
  const forecaster = await forecasterOf('lstm');
  const history = historyOf(new Float64Array(100).fill(Number.NaN));
  await assert.rejects(
    async () => forecaster.fit(history, { horizon: 5, seed: 1 }),
    (error: HeadroomError) => error.code === 'FORECAST_HISTORY_EMPTY'
  );
});

for (const [title, damage, reason] of [
  ['a bit turned over', async (path) => turnOver(join(path, 'model.onnx')), /hash/],
  ['model.onnx missing', (path) => rm(join(path, 'model.onnx')), /cannot be read/],
  ['no JSON', (path) => writeFile(join(path, 'manifest.json'), '{'), /not JSON/],
  ['another manifest', (path) => writeFile(join(path, 'manifest.json'), '{"format":1}'), /manifest.json: name/],
] as ReadonlyArray<readonly [string, (path: string) => Promise<void>, RegExp]>) {
  test(`an artefact is refused with its reason, and the others go on: ${title}`, async () => {
    const own = await mkdtemp(join(tmpdir(), 'headroom-damaged-'));
    await cp(folder, own, { recursive: true });
    const path = join(own, 'lstm', '1.0.0');
    await damage(path);
    await assert.rejects(readArtefact(path), (error: HeadroomError) => {
      assert.equal(error.code, 'MODEL_ARTEFACT_INVALID');
      assert.match(error.message, reason);
      return true;
    });
    const { models, refused } = await learntModels(own);
    assert.deepEqual(
      models.map(({ name }) => name),
      ['transformer']
    );
    assert.equal(refused.length, 1);
    await rm(own, { recursive: true });
  });
}

async function turnOver(file: string): Promise<void> {
  const bytes = await readFile(file);
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(file, bytes);
}

test('no folder, no learnt models', async () => {
  assert.deepEqual(await learntModels(join(folder, 'nowhere')), { models: [], refused: [] });
});

test('quantiles between and beyond the known ones ascend with their level', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 15, maxLength: 15 }),
      fc.array(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), { minLength: 2, maxLength: 12 }),
      (values, levels) => {
        const sorted = values.toSorted((a, b) => a - b);
        const found = levels.toSorted((a, b) => a - b).map((level) => quantileAt(PUBLISHED_LEVELS, sorted, level));
        for (let i = 1; i < found.length; i++) {
          assert.ok(found[i]! >= found[i - 1]! - 1e-6 * Math.abs(found[i]!));
        }
      }
    )
  );
});

test('a category is known where it was learnt, else it is of the unknown class', () => {
  const vocabulary = extendedVocabulary({ tier: ['gold'] }, [
    { tier: 'silver', region: 'eu' },
    undefined,
    { tier: 'gold', industry: '' },
  ]);
  assert.deepEqual(vocabulary, { tier: ['gold', 'silver'], region: ['eu'] });
  assert.deepEqual(categoryIndices({ tier: 'silver', region: 'mars', industry: 'retail' }, vocabulary), [2, 0, 0, 0]);
  assert.deepEqual(categoryIndices(undefined, vocabulary), [0, 0, 0, 0]);
  const many = Array.from({ length: 100 }, (_, i) => ({ tier: `t${String(i)}` }));
  const full = extendedVocabulary({}, many);
  for (const metadata of many) {
    const [tier = -1] = categoryIndices(metadata, full);
    assert.ok(tier >= 0 && tier <= CATEGORY_SIZES[0]!);
  }
});
