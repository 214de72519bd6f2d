import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { HeadroomError } from '../errors/index.ts';
import { randomNormal, seededRandom } from '../random/index.ts';
import { addBacktestCommand } from './backtest.ts';
import { runCommand, type CommandRun } from './forecasting/commandRun.fixture.ts';

interface Document {
  readonly horizon: number;
  readonly windows: number;
  readonly season: number;
  readonly models: ReadonlyArray<{
    readonly model: string;
    readonly mase: number | null;
    readonly crps: number | null;
    readonly wql: number;
    readonly nd: number;
    readonly coverage: Readonly<Record<string, number>>;
    readonly secondsPerForecast: number;
    readonly perSeries: ReadonlyArray<{
      readonly series: string;
      readonly season: number;
      readonly mase: number | null;
    }>;
  }>;
}

let folder = '';
let input = '';

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headroom-backtest-'));
  input = join(folder, 'trace.csv');
  const random = seededRandom(2);
  const rows = Array.from({ length: 10 * 24 }, (_, hour) => {
    const load = 100 + 40 * Math.sin((hour / 12) * Math.PI) + 4 * randomNormal(random);
    return `${String(hour * 3600)},${load.toFixed(3)},${(2 * load).toFixed(3)},0`;
  });
  await writeFile(input, `timestamp,requests,cpu,idle\n${rows.join('\n')}\n`);
});

after(() => rm(folder, { recursive: true, force: true }));

function run(...args: string[]): Promise<CommandRun> {
  return runCommand(addBacktestCommand, ['backtest', '--input', input, ...args]);
}

async function refused(code: string, message: RegExp, ...args: string[]): Promise<void> {
  const { error, stdout } = await run(...args);
  assert.ok(error instanceof HeadroomError && error.code === code, String(error));
  assert.match(error.message, message);
  assert.equal(error.exitCode, 2);
  assert.equal(stdout, '');
}

const short = ['--horizon', '24', '--windows', '3', '--models', 'seasonal-naive,cycles'];

test('the JSON document is that of the interface, with null for what cannot be computed', async () => {
  const { stdout, error } = await run(...short, '--json', '--quiet');
  assert.equal(error, undefined);
  const document = JSON.parse(stdout) as Document;
  assert.deepEqual([document.horizon, document.windows, document.season], [24, 3, 24]);
  assert.deepEqual(
    document.models.map(({ model }) => model),
    ['seasonal-naive', 'cycles']
  );
  const [naive, cycles] = document.models;
  assert.ok(cycles!.mase! < naive!.mase! && cycles!.crps! < naive!.crps!);
  assert.deepEqual(Object.keys(naive!.coverage).sort(), ['0.2', '0.4', '0.6', '0.8']);
  assert.ok(naive!.secondsPerForecast >= 0);
  assert.deepEqual(
    naive!.perSeries.map(({ series, season }) => [series, season]),
    [
      ['requests', 24],
      ['cpu', 24],
      ['idle', 1],
    ]
  );
  assert.equal(naive!.perSeries[2]!.mase, null);
});

test('without --json a table stands there, beside the baseline', async () => {
  const { stdout } = await run(...short);
  const lines = stdout.trimEnd().split('\n');
  assert.match(lines[0]!, /^model +MASE +CRPS +WQL +ND +in 80 % +s\/forecast +MASE\/seasonal-naive/);
  assert.equal(lines.length, 3);
  assert.match(lines[1]!, /^seasonal-naive .* 1\.000 +1\.000$/);
});

test('progress goes to standard error in plain lines, and --quiet silences it', async () => {
  const loud = await run(...short);
  assert.match(loud.stderr, /^backtest: \d+ % \(\d+ of 18\)/m);
  assert.match(loud.stderr, /100 %/);
  assert.equal((await run(...short, '--quiet')).stderr, '');
});

test('every forecast is written, one line a step, gzipped or plain, the same for the same seed', async () => {
  const zipped = join(folder, 'out.csv.gz');
  const plain = join(folder, 'out.csv');
  const args = [...short, '--quiet', '--levels', '0.05,0.5', '--columns', 'cpu', '--forecasts'];
  assert.equal((await run(...args, zipped)).error, undefined);
  assert.equal((await run(...args, plain)).error, undefined);
  const text = await readFile(plain, 'utf8');
  assert.equal(gunzipSync(await readFile(zipped)).toString(), text);
  const [header, ...lines] = text.trimEnd().split('\n');
  assert.equal(header, 'model,series,cutoff,step,timestamp,q0.05,q0.5');
  assert.equal(lines.length, 2 * 3 * 24);
  assert.match(lines[0]!, /^seasonal-naive,cpu,1970-01-07T23:00:00Z,1,1970-01-08T00:00:00Z,[\d.]+,[\d.]+$/);
  assert.match(lines.at(-1)!, /^cycles,cpu,1970-01-09T23:00:00Z,24,1970-01-10T23:00:00Z,/);
});

test('any number of workers gives the same scores, and the same forecasts in the same order', async () => {
  const outcome = async (workers: string): Promise<readonly [unknown, string, number]> => {
    const file = join(folder, `workers-${workers}.csv`);
    const { stdout, stderr, error } = await run(
      ...['--horizon', '24', '--windows', '2', '--models', 'cycles,seasonal-naive,auto', '--json'],
      ...['--workers', workers, '--forecasts', file]
    );
    assert.equal(error, undefined);
    const { models, ...rest } = JSON.parse(stdout) as Document;
    const scores = models.map((model) => ({ ...model, secondsPerForecast: 0 }));
    assert.ok(models.every(({ secondsPerForecast }) => secondsPerForecast > 0));
    assert.match(stderr, /100 % \(18 of 18\)/);
    return [{ ...rest, models: scores }, await readFile(file, 'utf8'), models.length];
  };
  const alone = await outcome('1');
  assert.deepEqual(await outcome('2'), alone);
  assert.deepEqual(await outcome('7'), alone);
});

test('--origin-end, --stride and --resample place the windows', async () => {
  const file = join(folder, 'placed.csv');
  const placed = async (...args: string[]): Promise<string[]> => {
    const { error } = await run('--models', 'naive', '--columns', 'cpu', '--quiet', '--forecasts', file, ...args);
    assert.equal(error, undefined);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n').slice(1);
    return [...new Set(lines.map((line) => line.split(',')[2]!))];
  };
  const day = ['--horizon', '6', '--windows', '2'];
  assert.deepEqual(await placed(...day, '--origin-end', '1970-01-05T12:30:00Z'), [
    '1970-01-05T06:00:00Z',
    '1970-01-05T12:00:00Z',
  ]);
  assert.deepEqual(await placed(...day, '--stride', '1'), ['1970-01-10T16:00:00Z', '1970-01-10T17:00:00Z']);
  assert.deepEqual(await placed(...day, '--resample', '2h'), ['1970-01-09T22:00:00Z', '1970-01-10T10:00:00Z']);
});

test('covariates are no targets, and the models that do not read them are named', async () => {
  const { stdout, stderr } = await run(...short, '--json', '--covariates', 'past:cpu,known:idle');
  const document = JSON.parse(stdout) as Document;
  assert.deepEqual(
    document.models[0]!.perSeries.map(({ series }) => series),
    ['requests']
  );
  assert.match(stderr, /covariates are not read by seasonal-naive, cycles\n/);
});

test('wrong use is one coded error', async () => {
  await refused('USAGE', /--windows must be a whole number/, '--horizon', '2', '--windows', 'x');
  await refused('USAGE', /--workers must be a whole number/, '--horizon', '2', '--windows', '1', '--workers', '0');
  await refused('USAGE', /--origin-end must be an instant/, '--horizon', '2', '--windows', '1', '--origin-end', 'noon');
  await refused('USAGE', /no column left/, ...short, '--covariates', 'past:cpu,past:requests,known:idle');
  await refused('FORECAST_MODEL_UNKNOWN', /perceptron/, '--horizon', '2', '--windows', '1', '--models', 'perceptron');
  await refused('BACKTEST_TOO_SHORT', /240 steps is too short/, '--horizon', '24', '--windows', '10');
  await refused('BACKTEST_TOO_SHORT', /too short/, ...short, '--origin-end', '0');
  await refused('FILE_UNWRITABLE', /absent/, ...short, '--forecasts', join(folder, 'absent', 'x.csv.gz'));
});

test('a missing required option is refused by commander', async () => {
  const { error } = await run('--horizon', '2');
  assert.equal((error as { code?: string }).code, 'commander.missingMandatoryOptionValue');
});

test('an interrupt leaves neither output nor half a file', async () => {
  const controller = new AbortController();
  const file = join(folder, 'interrupted.csv.gz');
  const args = [
    'backtest',
    '--input',
    input,
    '--horizon',
    '2',
    '--windows',
    '50',
    '--models',
    'auto',
    '--forecasts',
    file,
  ];
  const before = await readdir(folder);
  const running = runCommand(
    (program, io) => {
      addBacktestCommand(program, {
        ...io,
        stderr: {
          write: (text: string) => {
            controller.abort('SIGINT');
            return io.stderr.write(text);
          },
        },
      });
    },
    args,
    controller.signal
  );
  const { stdout, error } = await running;
  assert.equal(stdout, '');
  assert.equal(error, 'SIGINT');
  assert.deepEqual(await readdir(folder), before);
});
