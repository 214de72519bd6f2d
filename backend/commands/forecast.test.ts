import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { importanceSchema } from '../../contract/index.ts';
import { HeadroomError } from '../errors/index.ts';
import { addForecastCommand } from './forecast.ts';
import { runCommand, type CommandRun } from './forecasting/commandRun.fixture.ts';

interface Document {
  readonly series: ReadonlyArray<{
    readonly series: string;
    readonly model: string;
    readonly cutoff: number;
    readonly step: number;
    readonly times: readonly number[];
    readonly levels: readonly number[];
    readonly values: ReadonlyArray<readonly number[]>;
    readonly mean: readonly number[];
  }>;
}

let folder = '';
let input = '';

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headroom-forecast-'));
  input = join(folder, 'trace.csv');
  const rows = Array.from({ length: 5 * 24 }, (_, hour) => {
    const load = 100 + 40 * Math.sin((hour / 12) * Math.PI) + (hour % 5);
    return `${String(hour * 3600)},${load.toFixed(3)},${(load / 9).toFixed(3)},${String(hour % 24)}`;
  });
  rows.push(...[120, 121, 122].map((hour) => `${String(hour * 3600)},,,${String(hour % 24)}`));
  await writeFile(input, `timestamp,"re,quests",cpu,phase\n${rows.join('\n')}\n`);
});

after(() => rm(folder, { recursive: true, force: true }));

function run(...args: string[]): Promise<CommandRun> {
  return runCommand(addForecastCommand, ['forecast', '--input', input, ...args]);
}

async function refused(code: string, message: RegExp, ...args: string[]): Promise<void> {
  const { error, stdout } = await run(...args);
  assert.ok(error instanceof HeadroomError && error.code === code, String(error));
  assert.match(error.message, message);
  assert.equal(error.exitCode, 2);
  assert.equal(stdout, '');
}

test('--explain tells what each forecast used in place of the CSV, and beside it in JSON', async () => {
  const { stdout, error } = await run('--horizon', '12', '--model', 'seasonal-naive', '--explain');
  assert.equal(error, undefined);
  const [title, head, first] = stdout.split('\n');
  assert.match(title!, /^re,quests by seasonal-naive, \d+ forecasts$/);
  assert.match(head!, /^used +share +near 1 +middle 2-4 +far 5-12 +move +widths$/);
  assert.match(first!, /^seasonal_1d +[5-9]\d\.\d %/);
  assert.match(stdout, /^not used: .*calendar/m);
  assert.match(stdout, /^not in the history: .*tier/m);
  assert.equal([...stdout.matchAll(/ by seasonal-naive, /g)].length, 3);
  const { stdout: json } = await run('--horizon', '12', '--model', 'seasonal-naive', '--explain', '--json');
  const { series } = JSON.parse(json) as { series: ReadonlyArray<{ importance: unknown }> };
  assert.ok(series.every(({ importance }) => importanceSchema.safeParse(importance).success));
});

test('--explain says of a constant that nothing can matter', async () => {
  const file = join(folder, 'constant.csv');
  await writeFile(
    file,
    `timestamp,idle\n${Array.from({ length: 50 }, (_, i) => `${String(i * 3600)},0`).join('\n')}\n`
  );
  const { stdout, error } = await runCommand(addForecastCommand, [
    'forecast',
    '--input',
    file,
    '--horizon',
    '3',
    '--explain',
    '--model',
    'cycles',
  ]);
  assert.equal(error, undefined);
  assert.equal(stdout, 'idle by cycles: every measurement is 0: nothing ever changed, so nothing can matter\n');
});

test('forecasts every column as CSV, right after the file, quantiles ascending', async () => {
  const { stdout, error } = await run('--horizon', '4', '--levels', '0.1,0.5,0.9', '--columns', 'cpu');
  assert.equal(error, undefined);
  const [header, ...lines] = stdout.trim().split('\n');
  assert.equal(header, 'timestamp,column,mean,q0.1,q0.5,q0.9');
  assert.deepEqual(
    lines.map((line) => line.split(',').slice(0, 2)),
    [3, 4, 5, 6].map((hour) => [`1970-01-06T0${String(hour)}:00:00Z`, 'cpu'])
  );
  for (const line of lines) {
    const [low, middle, high] = line.split(',').slice(3).map(Number) as [number, number, number];
    assert.ok(low <= middle && middle <= high);
  }
});

test('the JSON document holds everything, stands alone on standard output, and is the same for the same seed', async () => {
  const args = ['--horizon', '5', '--json', '--seed', '3', '--season', '24'];
  const { stdout, stderr } = await run(...args);
  const { series } = JSON.parse(stdout) as Document;
  assert.deepEqual(
    series.map((each) => each.series),
    ['re,quests', 'cpu', 'phase']
  );
  const [first] = series;
  assert.equal(first!.model, 'auto');
  assert.equal(first!.cutoff, 122 * 3600);
  assert.equal(first!.step, 3600);
  assert.deepEqual(first!.times[0], 123 * 3600);
  assert.equal(first!.values.length, 15);
  assert.ok(first!.values.every((row) => row.length === 5 && row.every(Number.isFinite)));
  assert.match(stderr, /re,quests: .*cycles \d+ %/);
  assert.equal((await run(...args)).stdout, stdout);
});

test('--quiet says nothing on standard error', async () => {
  assert.equal((await run('--horizon', '2', '--quiet', '--covariates', 'known:phase')).stderr, '');
});

test('with known covariates the forecast starts where the last column ends, and says that the model does not read them', async () => {
  const { stdout, stderr } = await run(
    '--horizon',
    '3',
    '--json',
    '--covariates',
    'known:phase,past:cpu',
    '--model',
    'naive'
  );
  const { series } = JSON.parse(stdout) as Document;
  assert.deepEqual(
    series.map((each) => [each.series, each.cutoff]),
    [['re,quests', 119 * 3600]]
  );
  assert.match(stderr, /covariates are not read by naive\n/);
});

test('--resample takes means first', async () => {
  const { stdout } = await run(
    '--horizon',
    '1',
    '--json',
    '--resample',
    '6h',
    '--model',
    'naive',
    '--columns',
    'phase'
  );
  const [only] = (JSON.parse(stdout) as Document).series;
  assert.equal(only!.step, 6 * 3600);
  assert.deepEqual(only!.times, [126 * 3600]);
  assert.equal(only!.mean[0], 1);
});

test('--features writes what is to be seen in each column, with the horizon that is known ahead', async () => {
  const file = join(folder, 'features.csv.gz');
  const args = ['--horizon', '3', '--model', 'naive', '--covariates', 'known:phase', '--features', file, '--quiet'];
  const { error } = await run(...args, '--time-zone', 'Asia/Tokyo');
  assert.equal(error, undefined);
  const [header, ...lines] = gunzipSync(await readFile(file))
    .toString()
    .trim()
    .split('\n');
  const names = header!.split(',');
  assert.deepEqual(names.slice(0, 3), ['timestamp', 'column', 'value']);
  const rows = lines.map((line) => line.replace('"re,quests"', 'requests').split(','));
  assert.ok(rows.every((row) => row.length === names.length));
  assert.equal(rows.length, 2 * (120 + 3));
  const cell = (row: number, name: string): string => rows[row]![names.indexOf(name)]!;
  assert.deepEqual([cell(0, 'column'), cell(123, 'column')], ['requests', 'cpu']);
  assert.equal(cell(0, 'hour_of_day'), '9', 'midnight UTC is nine in Tokyo');
  assert.equal(cell(122, 'timestamp'), '1970-01-06T02:00:00Z');
  assert.deepEqual([cell(122, 'value'), cell(122, 'mean_1d'), cell(122, 'hour_of_day')], ['', '', '11']);
  assert.notEqual(cell(122, 'phase_x_day_sin'), '', 'the covariate is known ahead');
  assert.ok(Number(cell(119, 'mean_1d')) > 90);
  assert.equal(cell(0, 'rate'), '');
});

test('--features is refused before any work, and nothing is written where the forecast fails', async () => {
  await refused('FILE_UNWRITABLE', /no such file/, '--horizon', '1', '--features', join(folder, 'none', 'f.csv'));
  await refused('USAGE', /--time-zone must be a time zone/, '--horizon', '1', '--time-zone', 'Mars/Olympus');
  const file = join(folder, 'unwritten.csv');
  await refused('CSV_COLUMN_UNKNOWN', /no column x/, '--horizon', '1', '--columns', 'x', '--features', file);
  assert.ok(!(await readdir(folder)).some((name) => name.startsWith('unwritten')));
});

test('wrong use is one coded error with what, where and what to do', async () => {
  await refused('USAGE', /--horizon must be a whole number from 1 to 20000, not 0/, '--horizon', '0');
  await refused('USAGE', /--levels must be numbers between 0 and 1/, '--horizon', '1', '--levels', '0.9,0.1');
  await refused('USAGE', /--levels/, '--horizon', '1', '--levels', '0.1,,0.9');
  await refused('USAGE', /--season must be a whole number/, '--horizon', '1', '--season', 'day');
  await refused('USAGE', /--resample must be a duration/, '--horizon', '1', '--resample', 'x');
  await refused(
    'USAGE',
    /--resample must be a multiple of the file's step of 3600 s/,
    '--horizon',
    '1',
    '--resample',
    '90m'
  );
  await refused('USAGE', /--columns names cpu twice/, '--horizon', '1', '--columns', 'cpu,cpu');
  await refused('USAGE', /--covariates must be past:COLUMN or known:COLUMN/, '--horizon', '1', '--covariates', 'cpu');
  await refused('CSV_COLUMN_UNKNOWN', /there is no column x/, '--horizon', '1', '--columns', 'x');
  await refused('CSV_COLUMN_UNKNOWN', /there is no column x/, '--horizon', '1', '--covariates', 'past:x');
  await refused(
    'FORECAST_MODEL_UNKNOWN',
    /There is no model named perceptron/,
    '--horizon',
    '1',
    '--model',
    'perceptron'
  );
  await refused('FILE_NOT_FOUND', /absent.csv/, '--horizon', '1', '--input', join(folder, 'absent.csv'));
});

test('a column without a measurement is named', async () => {
  const empty = join(folder, 'empty.csv');
  await writeFile(empty, 'timestamp,a,b\n0,1,\n60,2,\n');
  await refused('FORECAST_HISTORY_EMPTY', /history of b/, '--horizon', '1', '--input', empty, '--model', 'naive');
});

test('an interrupt stops it with nothing on standard output', async () => {
  const controller = new AbortController();
  controller.abort('SIGINT');
  const args = ['forecast', '--input', input, '--horizon', '2'];
  const { stdout, error } = await runCommand(addForecastCommand, args, controller.signal);
  assert.equal(stdout, '');
  assert.equal(error, 'SIGINT');
});
