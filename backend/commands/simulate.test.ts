import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Command } from 'commander';
import { HeadroomError } from '../errors/index.ts';
import { randomNormal, seededRandom } from '../random/index.ts';
import { ScenarioShelf } from '../control/index.ts';
import { openSqliteStorage } from '../storage/index.ts';
import { addSimulateCommand } from './simulate.ts';

interface Document {
  readonly seconds: number;
  readonly pathStepsPerSecond: number;
  readonly paths: number;
  readonly steps: number;
  readonly seed: number;
  readonly scenarios: ReadonlyArray<{
    readonly scenario: string;
    readonly demand: { readonly levels: readonly number[]; readonly values: ReadonlyArray<readonly number[]> };
    readonly resources: Readonly<Record<string, unknown>>;
    readonly plans: ReadonlyArray<Readonly<Record<string, unknown>>>;
  }>;
  readonly frontier: readonly unknown[];
  readonly recommendation: unknown;
}

let folder = '';
const file = (name: string) => join(folder, name);

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headroom-simulate-'));
  const random = seededRandom(4);
  const rows = Array.from({ length: 6 * 24 }, (_, hour) => {
    const demand = 300 + 100 * Math.sin((hour / 12) * Math.PI) + 10 * randomNormal(random);
    return `${String(1_700_006_400 + hour * 3600)},${demand.toFixed(2)},${(demand / 50).toFixed(3)},`;
  });
  await writeFile(file('trace.csv'), `timestamp,requests,cpu,empty\n${rows.join('\n')}\n`);
  await writeFile(
    file('service.yaml'),
    'perReplica: 50\nstartSeconds: 3600\nmax: 30\nslo: { latencySeconds: 0.25, objective: 0.99, serviceSeconds: 0.05 }\ncost: { replicaHour: 0.1 }\n'
  );
  await writeFile(file('plan.yaml'), 'name: floor\nreplicas: [ { at: 0m, count: 6 }, { at: 5h, count: 9 } ]\n');
});

after(() => rm(folder, { recursive: true, force: true }));

interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly error: unknown;
}

async function run(args: readonly string[], signal = new AbortController().signal): Promise<Ran> {
  let [stdout, stderr] = ['', ''];
  let error: unknown;
  const program = new Command('headroom')
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  addSimulateCommand(program, {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env: {},
    signal,
  });
  try {
    await program.parseAsync(['simulate', '--input', file('trace.csv'), '--horizon', '24', '--paths', '200', ...args], {
      from: 'user',
    });
  } catch (caught) {
    error = caught;
  }
  return { stdout, stderr, error };
}

const documentOf = ({ stdout, error }: Ran): Document => {
  assert.equal(error, undefined);
  return JSON.parse(stdout) as Document;
};

const WITH_SERVICE = () => ['--service', file('service.yaml'), '--plan', file('plan.yaml'), '--json', '--quiet'];

test('one JSON document with scenarios, plans, frontier and recommendation, and nothing else', async () => {
  const ran = await run([
    ...WITH_SERVICE(),
    '--resources',
    'cpu',
    '--scenario',
    'api-spike',
    'denial-of-service',
    '--replicas',
    '7',
  ]);
  const document = documentOf(ran);
  assert.equal(ran.stderr, '');
  assert.deepEqual([document.paths, document.steps, document.seed], [200, 24, 1]);
  assert.ok(document.seconds > 0 && document.pathStepsPerSecond > 0);
  assert.deepEqual(
    document.scenarios.map(({ scenario }) => scenario),
    ['baseline', 'api-spike', 'denial-of-service']
  );
  for (const { demand, resources, plans } of document.scenarios) {
    assert.equal(demand.values.length, demand.levels.length);
    assert.ok(demand.values.every((row) => row.length === 24));
    assert.deepEqual(Object.keys(resources), ['cpu']);
    assert.deepEqual(
      plans.map(({ plan }) => plan),
      ['floor', 'recommended']
    );
    for (const plan of plans) {
      for (const key of [
        'cost',
        'replicaHours',
        'utilization',
        'throughput',
        'dropped',
        'shortfallProbabilityWindow',
        'sloAttainment',
      ]) {
        assert.equal(typeof plan[key], 'number', key);
      }
      assert.equal((plan['shortfallProbability'] as readonly number[]).length, 24);
      assert.deepEqual(Object.keys(plan['latencySeconds'] as object), ['p50', 'p95', 'p99']);
    }
  }
  assert.ok(document.frontier.length > 1 && document.recommendation !== null);
});

test('the same seed gives the same document but for the seconds it took', async () => {
  const timeless = ({ seconds, pathStepsPerSecond, ...rest }: Document) => {
    assert.ok(seconds > 0 && pathStepsPerSecond > 0);
    return rest;
  };
  const args = [...WITH_SERVICE(), '--scenario', 'user-growth', '--seed', '9'];
  assert.deepEqual(timeless(documentOf(await run(args))), timeless(documentOf(await run(args))));
});

test('a scenario that a sidecar stored is found by its name', async () => {
  const directory = file('data');
  const storage = await openSqliteStorage({ directory });
  const shelf = new ScenarioShelf({ storage, nowSeconds: () => 1, workloads: () => [] });
  await shelf.put({
    name: 'black-friday',
    interventions: [{ kind: 'scale', target: 'requests', factor: 2, start: '0m', duration: '30d' }],
  });
  await storage.close();
  const named = [...WITH_SERVICE(), '--scenario', 'black-friday'];
  const [baseline, stored] = documentOf(await run([...named, '--data-dir', directory])).scenarios;
  assert.equal(stored!.scenario, 'black-friday');
  assert.ok(Math.abs(stored!.demand.values[5]![3]! / baseline!.demand.values[5]![3]! - 2) < 0.01);
  const codeOf = ({ error }: Ran) => (error instanceof HeadroomError ? error.code : error);
  assert.equal(codeOf(await run([...named, '--data-dir', file('nowhere')])), 'USAGE');
  const unknown = await run([...WITH_SERVICE(), '--scenario', 'white-friday', '--data-dir', directory]);
  assert.equal(codeOf(unknown), 'SCENARIO_UNKNOWN');
  assert.match((unknown.error as Error).message, /white-friday is neither/);
  assert.match(JSON.stringify((unknown.error as HeadroomError).details), /cache-loss, black-friday/);
});

test('a scenario file acts, and one that does nothing is the baseline to the bit', async () => {
  await writeFile(
    file('two.yaml'),
    'name: nothing\ninterventions: []\n---\nname: double\ninterventions: [ { kind: scale, target: requests, factor: 2 } ]\n'
  );
  const { scenarios } = documentOf(await run([...WITH_SERVICE(), '--scenario', file('two.yaml')]));
  const [baseline, nothing, double] = scenarios;
  assert.deepEqual([nothing!.scenario, double!.scenario], ['nothing', 'double']);
  assert.deepEqual(nothing!.demand, baseline!.demand);
  assert.deepEqual(nothing!.plans, baseline!.plans);
  assert.ok(Math.abs(double!.demand.values[7]![5]! / baseline!.demand.values[7]![5]! - 2) < 1e-9);
});

test('without a service distributions alone are told, in words on a terminal', async () => {
  const { stdout, stderr, error } = await run(['--scenario', 'api-spike']);
  assert.equal(error, undefined);
  assert.match(stdout, /^baseline:\n {2}demand: peak /);
  assert.match(stdout, /api-spike:/);
  assert.doesNotMatch(stdout, /plan|recommendation/);
  assert.match(stderr, /simulating: 100 %/);
});

async function refused(args: readonly string[], code: string, message: RegExp): Promise<void> {
  const { stdout, error } = await run(args);
  assert.equal(stdout, '');
  assert.ok(error instanceof HeadroomError, String(error));
  assert.equal(error.code, code, error.message);
  assert.equal(error.exitCode, 2);
  assert.match(error.message, message);
}

test('bad options are refused before anything runs', async () => {
  await refused(['--paths', '0'], 'USAGE', /--paths must be a whole number from 1/);
  await refused(['--horizon', '1.5'], 'USAGE', /--horizon/);
  await refused(['--seed', 'x'], 'USAGE', /--seed/);
  await refused(['--plan', file('plan.yaml')], 'USAGE', /--plan needs --service/);
  await refused(['--column', 'gpu'], 'CSV_COLUMN_UNKNOWN', /gpu/);
  await refused(['--resources', 'requests'], 'USAGE', /requests is named twice/);
  await refused(['--column', 'empty'], 'FORECAST_HISTORY_EMPTY', /empty/);
  await refused(['--model', 'oracle'], 'FORECAST_MODEL_UNKNOWN', /oracle/);
  await refused(['--scenario', 'flood'], 'SCENARIO_UNKNOWN', /flood/);
  await refused(['--service', file('none.yaml')], 'FILE_NOT_FOUND', /none\.yaml/);
});

test('bad files are refused with file, line, column and field', async () => {
  const scenario = (intervention: string) => `name: odd\ninterventions:\n  - ${intervention}\n`;
  const cases: ReadonlyArray<readonly [option: string, text: string, code: string, message: RegExp]> = [
    [
      'scenario',
      scenario('{ kind: scale, target: requests, factor: -1 }'),
      'SCENARIO_INVALID',
      /bad\.yaml:3:\d+: interventions\[0\]\.factor/,
    ],
    [
      'scenario',
      scenario('{ kind: spike, target: requests, factor: 2, start: 2d, duration: 1h }'),
      'SCENARIO_INVALID',
      /bad\.yaml:3:\d+: interventions\[0\]\.start lies after the horizon/,
    ],
    [
      'service',
      'perReplica: 50\nslo: { latencySeconds: 0.2, objective: 0.99, serviceSeconds: 0 }\n',
      'SERVICE_INVALID',
      /bad\.yaml:2:\d+: slo\.serviceSeconds must be more than 0/,
    ],
    [
      'service',
      'perReplica: 50\ncost: { tierReplicaHour: { committed: 1 } }\n',
      'SERVICE_INVALID',
      /cost\.tierReplicaHour needs replicaHour/,
    ],
    [
      'scenario',
      scenario('{ kind: scale, target: gpu, factor: 2 }'),
      'SCENARIO_INVALID',
      /bad\.yaml:3:28: interventions\[0\]\.target gpu is unknown/,
    ],
    [
      'scenario',
      scenario('{ kind: latency, target: requests, factor: 2 }'),
      'SCENARIO_UNSUPPORTED',
      /bad\.yaml:3:\d+: interventions\[0\]\.kind/,
    ],
    [
      'scenario',
      scenario('{ kind: scale, target: requests, factr: 2 }'),
      'SCENARIO_INVALID',
      /interventions\[0\]\.factr is not a known field/,
    ],
    ['scenario', scenario('{ kind: explode, target: requests }'), 'SCENARIO_INVALID', /interventions\[0\]\.kind/],
    ['scenario', 'name: [', 'SCENARIO_INVALID', /bad\.yaml:\d+:\d+: YAML cannot be read/],
    ['scenario', '', 'SCENARIO_INVALID', /is empty/],
    [
      'plan',
      'name: big\nreplicas:\n  - { at: 0m, count: 31 }\n',
      'PLAN_INVALID',
      /bad\.yaml:3:\d+: replicas\[0\]\.count is beyond max 30/,
    ],
    ['plan', 'name: big\nreplicas: []\n', 'PLAN_INVALID', /replicas/],
    ['service', 'perReplica: 0\n', 'SERVICE_INVALID', /bad\.yaml:1:\d+: perReplica/],
    [
      'service',
      'perReplica: 5\nslo: { latencySeconds: 0.2, objective: 0.9, serviceSeconds: 0 }\n',
      'SERVICE_INVALID',
      /slo\.serviceSeconds/,
    ],
    [
      'service',
      'perReplica: 5\ncost: { replicaHour: 0 }\n',
      'SERVICE_INVALID',
      /cost\.replicaHour must be more than 0/,
    ],
    ['service', 'perReplica: 5\nmin: 9\nmax: 3\n', 'SERVICE_INVALID', /bad\.yaml:3:\d+: max is below min 9/],
    [
      'service',
      'perReplica: 5\nresources: { gpu: { perReplica: 1 } }\n',
      'SERVICE_INVALID',
      /resources\.gpu is not simulated/,
    ],
    ['service', 'max: 3\n', 'SERVICE_INVALID', /perReplica is missing/],
  ];
  for (const [option, text, code, message] of cases) {
    await writeFile(file('bad.yaml'), text);
    const args = option === 'plan' ? ['--service', file('service.yaml')] : [];
    await refused([...args, `--${option}`, file('bad.yaml')], code, message);
  }
});

test('a scenario that takes more replicas than there can be is refused', async () => {
  await writeFile(
    file('taken.yaml'),
    'name: taken\ninterventions:\n  - { kind: capacity, target: replicas, add: -31, start: 0m, duration: 1h }\n'
  );
  const { error, stdout } = await run(['--service', file('service.yaml'), '--scenario', file('taken.yaml'), '--quiet']);
  assert.ok(error instanceof HeadroomError && error.code === 'SCENARIO_INVALID');
  assert.match(error.message, /taken\.yaml:3:\d+: interventions\[0\]\.add takes 31 replicas where max is 30/);
  assert.equal(stdout, '');
});

test('an interrupt stops the simulation with nothing written', async () => {
  const abort = new AbortController();
  abort.abort(new Error('SIGINT'));
  const { stdout, error } = await run([...WITH_SERVICE(), '--paths', '100000'], abort.signal);
  assert.equal(stdout, '');
  assert.match(String(error), /SIGINT/);
});

test('perReplica auto is learnt from columns, with its error; what they do not tell, or do not have, is refused', async () => {
  const rows = Array.from({ length: 14 * 24 }, (_, hour) => {
    const replicas = 2 + (Math.floor(hour / 6) % 3);
    const load = 20 * (0.05 + 0.85 * (0.5 + 0.5 * Math.sin((hour / 12) * Math.PI)) ** 1.2);
    const latency = -Math.log(0.01) / (20 - load);
    return `${String(1_700_006_400 + hour * 3600)},${(load * replicas).toFixed(3)},${String(replicas)},${latency.toFixed(4)},0.2`;
  });
  await writeFile(file('learn.csv'), `timestamp,requests,ready,p99,calm\n${rows.join('\n')}\n`);
  const service = async (latency: string) => {
    await writeFile(
      file('auto.yaml'),
      `perReplica: auto\nstartSeconds: 3600\nmax: 30\nslo: { latencySeconds: 0.5, objective: 0.99 }\nhistory: { replicas: ready, latency: ${latency} }\ncost: { replicaHour: 0.1 }\n`
    );
    return ['--input', file('learn.csv'), '--service', file('auto.yaml'), '--json', '--quiet'];
  };
  const learnt = JSON.parse((await run(await service('p99'))).stdout) as {
    readonly capacity: { readonly perReplica: number; readonly basis: string; readonly fitError: number };
    readonly warnings: readonly string[];
  };
  assert.ok(Math.abs(learnt.capacity.perReplica / 10.79 - 1) < 0.1 && learnt.capacity.fitError < 0.1);
  assert.ok(learnt.warnings.some((warning) => warning.startsWith('perReplica is learnt from latency')));
  const calm = await run(await service('calm'));
  assert.ok(calm.error instanceof HeadroomError && calm.error.code === 'CAPACITY_NOT_LEARNT');
  assert.match(calm.error.message, /auto\.yaml:1:13.*never came near saturation/);
  const unknown = await run(await service('nowhere'));
  assert.ok(unknown.error instanceof HeadroomError && unknown.error.code === 'SERVICE_INVALID');
  assert.match(unknown.error.message, /history\.latency names no column of the input: nowhere/);
  assert.deepEqual([learnt.capacity.basis, calm.stdout, unknown.stdout], ['latency', '', '']);
});
