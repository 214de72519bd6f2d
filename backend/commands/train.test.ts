import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { HeadroomError } from '../errors/index.ts';
import { randomNormal, seededRandom } from '../random/index.ts';
import { ACCOUNT_VOCABULARY } from '../neural/index.ts';
import { addBacktestCommand } from './backtest.ts';
import { runCommand, type CommandRun } from './forecasting/commandRun.fixture.ts';
import { addTrainCommand } from './train.ts';

let folder = '';
let recipe = '';

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headroom-train-'));
  const random = seededRandom(2);
  const rows = Array.from({ length: 20 * 24 }, (_, hour) => {
    const load = 100 + 40 * Math.sin((hour / 12) * Math.PI) + 4 * randomNormal(random);
    return `${new Date(Date.UTC(2026, 0, 5, hour)).toISOString()},${load.toFixed(3)}`;
  });
  await writeFile(join(folder, 'trace.csv'), `# tier: platinum\ntimestamp,load\n${rows.join('\n')}\n`);
  recipe = join(folder, 'recipe.yaml');
  await writeFile(
    recipe,
    `size: { lstm: { width: 16, layers: 1, decoderLayers: 1 }, transformer: { width: 16, layers: 1, decoderLayers: 1 } }
windowCount: 8
queryCount: 2
averageKept: 0.9
syntheticShare: 0.3
stages:
  - { steps: 30, learningRate: 0.002 }
  - { steps: 10, learningRate: 0.001 }
data:
  - { file: ${JSON.stringify(join(folder, 'trace.csv'))}, season: 1d, horizon: 24 }
`
  );
});
after(async () => {
  await rm(folder, { recursive: true });
});

const train = (args: readonly string[], signal?: AbortSignal): Promise<CommandRun> =>
  runCommand(addTrainCommand, ['train', ...args], signal);

const modelOf = (out: string): Promise<Buffer> => readFile(join(out, 'model.onnx'));

interface Manifest {
  readonly vocabulary: Readonly<Record<string, readonly string[]>>;
  readonly architecture: string;
  readonly parameterCount: number;
  readonly steps: number;
  readonly tunedFrom?: string;
  readonly data: ReadonlyArray<{ readonly name: string; readonly sha256: string }>;
  readonly scores: ReadonlyArray<{ readonly crps: number; readonly seasonalNaiveCrps: number }>;
}

const manifestOf = async (out: string): Promise<Manifest> =>
  JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as Manifest;

for (const architecture of ['lstm', 'transformer']) {
  test(`${architecture}: an interrupted run goes on to the same bits as one that was not`, async () => {
    const whole = join(folder, `${architecture}-whole`);
    const args = ['--recipe', recipe, '--architecture', architecture, '--seed', '7', '--quiet'];
    assert.equal((await train([...args, '--out', whole])).error, undefined);

    const parted = join(folder, `${architecture}-parted`);
    const stop = new AbortController();
    let lines = 0;
    const interrupted = new Promise<unknown>((resolve) => {
      const program = runCommand(
        (command, io) => {
          addTrainCommand(command, {
            ...io,
            stderr: {
              write: () => {
                if (++lines === 4) {
                  stop.abort(new Error('interrupted'));
                }
              },
            },
          });
        },
        ['train', ...args.filter((arg) => arg !== '--quiet'), '--out', parted],
        stop.signal
      );
      void program.then(({ error }) => {
        resolve(error);
      });
    });
    assert.match(String(await interrupted), /interrupted/);
    const left = (await readdir(folder)).filter((name) => name.startsWith(`${architecture}-parted`));
    assert.deepEqual(left, [`${architecture}-parted.checkpoint`], 'nothing but the checkpoint');
    const { error } = await train([...args, '--out', parted, '--resume']);
    assert.equal(error, undefined);
    assert.deepEqual(await modelOf(parted), await modelOf(whole));
    assert.ok(!(await readdir(folder)).includes(`${architecture}-parted.checkpoint`));
  });
}

test('the manifest tells what was made from what, and the artefact forecasts by its path', async () => {
  const out = join(folder, 'told');
  const { stdout, error } = await train([
    '--recipe',
    recipe,
    '--architecture',
    'lstm',
    '--out',
    out,
    '--json',
    '--quiet',
  ]);
  assert.equal(error, undefined);
  const document = JSON.parse(stdout) as { steps: number; lossCurve: Array<{ step: number }>; scores: unknown[] };
  assert.equal(document.steps, 40, 'of both stages');
  assert.equal(document.lossCurve.at(-1)?.step, 40);
  assert.ok(document.lossCurve.length > 0);
  const manifest = await manifestOf(out);
  assert.equal(manifest.architecture, 'lstm');
  assert.equal(manifest.steps, 40);
  assert.deepEqual(manifest.vocabulary, {
    ...ACCOUNT_VOCABULARY,
    tier: [...ACCOUNT_VOCABULARY['tier']!, 'platinum'],
  });
  assert.match(manifest.data[0]!.sha256, /^[0-9a-f]{64}$/);
  assert.ok(manifest.scores[0]!.crps > 0 && manifest.scores[0]!.seasonalNaiveCrps > 0);
  assert.match(await readFile(join(out, 'CARD.md'), 'utf8'), /trace\.csv/);
  const run = await runCommand(addBacktestCommand, [
    ...['backtest', '--input', join(folder, 'trace.csv'), '--horizon', '24', '--windows', '2', '--season', '24'],
    ...['--models', `seasonal-naive,${out}`, '--workers', '1', '--json', '--quiet'],
  ]);
  assert.equal(run.error, undefined);
  const { models } = JSON.parse(run.stdout) as { models: ReadonlyArray<{ model: string; crps: number }> };
  assert.deepEqual(
    models.map(({ model }) => model),
    ['seasonal-naive', 'lstm']
  );
});

test('a tune that validates no better is not kept', async () => {
  const start = join(folder, 'start');
  const args = ['--input', join(folder, 'trace.csv'), '--architecture', 'lstm', '--horizon', '24', '--quiet'];
  await train(['--recipe', recipe, '--architecture', 'lstm', '--out', start, '--quiet']);
  const idle = join(folder, 'idle.yaml');
  await writeFile(
    idle,
    'windowCount: 8\nqueryCount: 2\nsyntheticShare: 0\naverageKept: 0\nstages:\n  - { steps: 12, learningRate: 1e-12 }\n'
  );
  const out = join(folder, 'tuned');
  const { stdout, error } = await train([...args, '--recipe', idle, '--from', start, '--out', out]);
  assert.equal(error, undefined);
  assert.match(stdout, /No tune validated better/);
  assert.deepEqual(await modelOf(out), await modelOf(start));
  assert.match((await manifestOf(out)).tunedFrom ?? '', /lstm 1\.0\.0/);
});

for (const [title, args, code, message] of [
  ['an architecture that is none', ['--architecture', 'mlp'], 'USAGE', /lstm or transformer/],
  ['nothing to learn from', ['--architecture', 'lstm'], 'USAGE', /nothing to learn from/],
  ['steps and minutes', ['--architecture', 'lstm', '--steps', '5', '--minutes', '1'], 'USAGE', /not both/],
  ['no minutes', ['--architecture', 'lstm', '--minutes', '-1'], 'USAGE', /more than 0/],
  [
    'an artefact that is none',
    ['--architecture', 'lstm', '--input', 'x.csv', '--from', 'nowhere'],
    'MODEL_ARTEFACT_INVALID',
    /manifest/,
  ],
] as ReadonlyArray<readonly [string, readonly string[], string, RegExp]>) {
  test(`wrong use is told: ${title}`, async () => {
    const { error } = await train([...args, '--out', join(folder, 'never')]);
    assert.ok(error instanceof HeadroomError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, message);
    assert.ok(!(await readdir(folder)).includes('never'));
  });
}

test('a recipe with a fault is refused with line and field', async () => {
  const file = join(folder, 'faulty.yaml');
  await writeFile(file, 'stages:\n  - { steps: 3, learningRate: 5 }\n');
  const { error } = await train(['--recipe', file, '--architecture', 'lstm', '--out', join(folder, 'never')]);
  assert.ok(error instanceof HeadroomError);
  assert.equal(error.code, 'RECIPE_INVALID');
  assert.match(error.message, /faulty\.yaml:2:.*learningRate/);
});

test('a checkpoint of another training is refused', async () => {
  const out = join(folder, 'other');
  await writeFile(`${out}.checkpoint`, 'headroom checkpoint 1\n{}\n');
  const { error } = await train(['--recipe', recipe, '--architecture', 'lstm', '--out', out, '--resume', '--quiet']);
  assert.ok(error instanceof HeadroomError);
  assert.equal(error.code, 'MODEL_CHECKPOINT_INVALID');
});
