import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { runCommand } from '../runCommand.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'headroom-replay-'));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function traceOf(rows: number, demandAt: (row: number) => number | string): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    return `${new Date(1_790_000_100_000 + row * 60_000).toISOString()},${String(demandAt(row))}`;
  });
  return `timestamp,requests\n${lines.join('\n')}\n`;
}

function operatedTrace(replicasAt: (row: number) => number | string, rows = 3 * 1440): string {
  const [head, ...lines] = traceOf(rows, (row) => 500 + 300 * Math.sin(row / 40))
    .trimEnd()
    .split('\n');
  return [`${head!},replicas`, ...lines.map((line, row) => `${line},${String(replicasAt(row))}`), ''].join('\n');
}

const trace = fileOf(
  'trace.csv',
  traceOf(600, (row) => (row === 400 ? '' : 500 + 300 * Math.sin(row / 40) + (row % 60 === 7 ? 200 : 0)))
);
const SERVICE = `
perReplica: 50
startSeconds: 180
min: 1
max: 100
slo: { latencySeconds: 0.25, objective: 0.99, serviceSeconds: 0.05 }
cost: { replicaHour: 0.10, violationMinute: 1.00 }
`;
const service = fileOf('service.yaml', SERVICE);
const replayed = (...more: readonly string[]) =>
  runCommand(['replay', '--trace', trace, '--service', service, '--warmup', '5h', ...more]);

test('says the same in JSON as interfaces 1.5 has it, and every decision on file', async () => {
  const decisions = join(folder, 'decisions.csv.gz');
  const policy = 'headroom,headroom-floor-only,hpa,static,seasonal,crane,holt-winters,cloned,oracle';
  const { exitCode, stdout } = await replayed(
    '--policy',
    policy,
    '--sweep',
    '--json',
    '--quiet',
    '--decisions',
    decisions
  );
  assert.equal(exitCode, 0);
  const report = JSON.parse(stdout) as Record<string, Array<Record<string, unknown>>>;
  assert.deepEqual(
    report['policies']!.map((each) => each['policy']),
    policy.split(',')
  );
  for (const point of [...report['policies']!, ...report['sweep']!]) {
    const cost = Number(point['replicaCost']) + Number(point['violationCost']);
    assert.ok(Math.abs(Number(point['cost']) - cost) < 1e-9);
    assert.ok(Number(point['p99LatencySeconds']) > 0);
  }
  assert.ok(report['comparisons']!.every((each) => Number(each['violationShare']) > 0));
  assert.ok('costSavingAtEqualViolations' in report && 'costOverOracle' in report);
  const lines = gunzipSync(readFileSync(decisions)).toString().trimEnd().split('\n');
  assert.equal(lines[0], 'policy,timestamp,demand,desired,ready');
  assert.equal(lines.length, 1 + 9 * 300);
  assert.equal(
    lines.filter((line) => /^hpa,[^,]+,,\d+,\d+$/.test(line)).length,
    1,
    'a missing demand is an empty cell'
  );
});

test('the same run gives the same bits', async () => {
  const [one, two] = [await replayed('--json', '--quiet'), await replayed('--json', '--quiet')];
  assert.equal(one.stdout, two.stdout);
});

test('a column of replicas is what cloned imitates, and both forms tell how it was judged', async () => {
  const file = fileOf(
    'operated.csv',
    operatedTrace((row) => (row < 30 || row % 90 === 5 ? '' : 40))
  );
  const args = ['replay', '--trace', file, '--service', service, '--warmup', '2d', '--column', 'requests'];
  const ask = (...more: readonly string[]) => runCommand([...args, '--policy', 'hpa,cloned', '--quiet', ...more]);
  const { stdout } = await ask('--replicas', 'replicas', '--json');
  const [hpa, cloned] = (JSON.parse(stdout) as { policies: ReadonlyArray<Record<string, unknown>> }).policies;
  assert.ok(!('cloned' in hpa!));
  const use = cloned!['cloned'] as Record<string, unknown>;
  assert.deepEqual(Object.keys(use), [
    'demonstrator',
    'judgedDays',
    'noWorseDays',
    'chosenDays',
    'probability',
    'significance',
    'actedOnShare',
    'raisedShare',
  ]);
  assert.equal(use['demonstrator'], 'trace');
  assert.ok(Number(use['judgedDays']) >= 1);
  assert.match(
    (await ask('--replicas', 'replicas')).stdout,
    /cloned, from the trace's replicas: no worse .* days judged/
  );
  assert.match((await ask()).stdout, /cloned, from the HPA's decisions: /);
});

for (const [what, replicasAt, args, pattern] of [
  [
    'below 0',
    (row: number) => 5 - row,
    ['--replicas', 'replicas'],
    /column replicas is below 0 at .*REPLAY_TRACE_INVALID/,
  ],
  ['never measured', () => '', ['--replicas', 'replicas'], /replicas/],
  ['text', () => 'many', ['--replicas', 'replicas'], /many/],
  ['of an unknown column', () => 5, ['--replicas', 'pods'], /there is no column pods/],
  ['that are the demand', () => 5, ['--replicas', 'requests'], /column requests is the demand.*--column/],
] as const) {
  test(`replicas ${what} are one line and exit 2`, async () => {
    const file = fileOf('operated2.csv', operatedTrace(replicasAt, 600));
    const { exitCode, stderr } = await runCommand([
      ...['replay', '--trace', file, '--service', service, '--warmup', '5h', '--policy', 'cloned'],
      ...args,
    ]);
    assert.equal(exitCode, 2);
    assert.match(stderr, pattern);
    assert.equal(stderr.trimEnd().split('\n').length, 1);
  });
}

for (const [what, args, pattern] of [
  ['replicas that no policy imitates', ['--policy', 'hpa', '--replicas', 'replicas'], /--policy does not name cloned/],
  ['an unknown policy', ['--policy', 'hpa,magic'], /--policy knows headroom.*not magic/],
  ['a policy twice', ['--policy', 'hpa,hpa'], /names hpa twice/],
  ['a warm-up that is no duration', ['--warmup', 'soon'], /--warmup must be a duration/],
  ['a warm-up as long as the trace', ['--warmup', '10h'], /no more than the warm-up of 10h.*REPLAY_TRACE_INVALID/],
  ['an unknown column', ['--column', 'users'], /there is no column users/],
  ['a folder that is not there', ['--decisions', join(folder, 'none', 'd.csv')], /FILE_UNWRITABLE/],
] as const) {
  test(`${what} is one line and exit 2`, async () => {
    const { exitCode, stderr } = await replayed(...args);
    assert.equal(exitCode, 2);
    assert.match(stderr, pattern);
    assert.equal(stderr.trimEnd().split('\n').length, 1);
  });
}

for (const [what, change, pattern] of [
  ['no perReplica', ['perReplica: 50', ''], /perReplica is missing/],
  ['a perReplica of 0', ['perReplica: 50', 'perReplica: 0'], /service\d*\.yaml:2:\d+: perReplica/],
  ['a service time of 0', ['serviceSeconds: 0.05', 'serviceSeconds: 0'], /slo\.serviceSeconds must be more than 0/],
  ['a price of 0', ['replicaHour: 0.10', 'replicaHour: 0'], /cost\.replicaHour must be more than 0/],
  ['max below min', ['min: 1', 'min: 200'], /max is below min 200/],
  ['a clock that stands still', ['min: 1', 'hpa: { syncSeconds: 0.001 }'], /hpa.syncSeconds must be from 1/],
  ['a word it does not know', ['min: 1', 'minimum: 1'], /minimum is not a known field/],
] as const) {
  test(`a service file with ${what} names the field`, async () => {
    const file = fileOf('service2.yaml', SERVICE.replace(change[0], change[1]));
    const { exitCode, stderr } = await runCommand(['replay', '--trace', trace, '--service', file, '--warmup', '5h']);
    assert.equal(exitCode, 2);
    assert.match(stderr, pattern);
  });
}

for (const [what, demandAt, pattern] of [
  ['below 0', (row: number) => 5 - row, /is below 0 at/],
  ['missing all through', () => '', /has no measurement after the warm-up|not one/],
] as const) {
  test(`demand ${what} is refused, and nothing is written`, async () => {
    const decisions = join(folder, 'never.csv');
    const { exitCode, stderr } = await runCommand([
      'replay',
      '--trace',
      fileOf('bad.csv', traceOf(60, demandAt)),
      '--service',
      service,
      '--warmup',
      '20m',
      '--decisions',
      decisions,
    ]);
    assert.equal(exitCode, 2);
    assert.match(stderr, pattern);
    assert.ok(!existsSync(decisions));
  });
}
