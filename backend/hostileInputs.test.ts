import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { forecastResponseSchema, problemSchema, workloadDetailSchema, type WorkloadsFile } from '../contract/index.ts';
import { ERROR_TABLE } from './errors/index.ts';
import { runCommand, type CommandRun } from './runCommand.fixture.ts';
import { startVirtualSidecar, type VirtualSidecar } from './virtualSidecar.fixture.ts';

/** Of each of the four kinds: 1,000 in all. */
const INPUTS = { numRuns: 250 };
/** Only a hang reaches it. */
const BOUND = { timeout: 120_000 };
const NOW = 1_795_000_000;

/** Values that break what is careless, of every kind that a document can hold. */
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    ' ',
    '\0',
    '0',
    '-1',
    '1e309',
    '5m',
    '100y',
    '../../etc/passwd',
    '__proto__'
  ),
  fc.constantFrom<unknown>(0, -0, -1, 0.5, 1e-320, 1e21, 1e308, 2 ** 53, -(2 ** 63), {}, [], [[]], { toString: 1 }),
  fc.constantFrom<unknown>('a'.repeat(100_000), '￾\ud800', '${HOME}', '<script>', "'; DROP TABLE outlook; --"),
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.jsonValue({ maxDepth: 3 })
);

const NUMBERS = [0, -0, -1, 0.5, 1, 7, 1e-9, 1e-320, 1e9, 1e21, 1e308, 2 ** 53, -(2 ** 63)] as const;
const TEXTS = [
  '',
  ' ',
  '0',
  '1e309',
  '1s',
  '5m',
  '1h',
  '7m3s',
  '100y',
  '1e-9',
  'naive',
  'drift',
  'file',
  '\0',
  'ü',
] as const;

const hostileKey = fc.constantFrom('__proto__', 'constructor', 'toString', '', 'name', 'query', 'a b', '\u202e');

/** A document with one or two of its places changed, removed or added to. */
function damaged(document: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({ place: fc.nat(10_000), value: hostileValue, key: hostileKey, kind: fc.nat(3) });
  return fc.array(change, { minLength: 1, maxLength: 2 }).map((changes) => {
    const root = { document: structuredClone(document) };
    for (const { place, value, key, kind } of changes) {
      const places = placesIn(root);
      const { parent, name } = places[place % places.length]!;
      const child = parent[name];
      if (kind === 0 && name !== 'document') {
        Reflect.deleteProperty(parent, name);
      } else if (kind === 1 && typeof child === 'object' && child !== null) {
        Object.defineProperty(child, key, { value, enumerable: true, configurable: true, writable: true });
      } else if (kind === 2 && typeof child === 'number') {
        parent[name] = NUMBERS[place % NUMBERS.length];
      } else if (kind === 2 && typeof child === 'string') {
        parent[name] = TEXTS[place % TEXTS.length];
      } else {
        parent[name] = value;
      }
    }
    return root.document;
  });
}

interface Place {
  readonly parent: Record<string, unknown>;
  readonly name: string;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const parent = value as Record<string, unknown>;
  return Object.keys(parent).flatMap((name) => [{ parent, name }, ...placesIn(parent[name])]);
}

/** Calls of PromQL around an X, most of them of the right kind. */
const CALLS = [
  'sum(X)',
  'avg by (workload) (X)',
  'count without (quantile) (X)',
  'topk(2, X)',
  'topk(1e300, X)',
  'quantile(0.5, X)',
  'quantile(-7, X)',
  'count_values("x", X)',
  'rate(X[5m])',
  'max_over_time((X)[1h:1m])',
  'predict_linear((X)[1h:5m], 1e18)',
  'quantile_over_time(NaN, (X)[30m:30s])',
  'histogram_quantile(0.9, X)',
  'label_replace(X, "a", "$1$9", "workload", "(.*)+")',
  'label_join(X, "__name__", "-", "workload", "")',
  'absent(X)',
  'sort_desc(X)',
  'clamp(X, 5, -5)',
  'scalar(X)',
  'info(X)',
  '-(X)',
  '(X) ^ 1e300',
] as const;

/** A text with some of it cut out, doubled or replaced. */
function garbled(text: string, garbage: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const cut = fc.record({ from: fc.nat(text.length), length: fc.nat(20), put: garbage });
  return fc
    .array(cut, { minLength: 1, maxLength: 5 })
    .map((cuts) =>
      cuts.reduce((all, { from, length, put }) => `${all.slice(0, from)}${put}${all.slice(from + length)}`, text)
    );
}

/** Forty rows of one column whose cells are these. */
function tableOf(cell: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .array(cell, { minLength: 1, maxLength: 40 })
    .map((cells) => `timestamp,a\n${cells.map((each, row) => `${row * 60},${each}`).join('\n')}`);
}

/** Runs a property over the inputs of one kind; in the end some must have been answered and some refused. */
async function check<T>(inputs: fc.Arbitrary<T>, isAnswered: (input: T) => Promise<boolean>): Promise<void> {
  const counts = { answered: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(inputs, async (input) => {
      counts[(await isAnswered(input)) ? 'answered' : 'refused']++;
    }),
    INPUTS
  );
  assert.ok(counts.answered >= 5 && counts.refused >= 5, JSON.stringify(counts));
}

/** A valid JSON answer, or one line with a code of the table that says that the input is bad; never a stack. */
function answersOrRefuses({ exitCode, stdout, stderr }: CommandRun): boolean {
  if (exitCode === 0) {
    JSON.parse(stdout);
    return true;
  }
  const code = /\(([A-Z_]+)\)\n$/.exec(stderr)?.[1] ?? '';
  assert.ok(Object.hasOwn(ERROR_TABLE, code) && code !== 'INTERNAL', stderr);
  assert.equal(exitCode, 2, stderr);
  return false;
}

describe('a hostile file', () => {
  let directory = '';
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'headroom-hostile-'));
  });
  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  const rows = Array.from({ length: 30 }, (_, hour) => [
    `2026-09-${hour < 24 ? '01' : '02'}T${String(hour % 24).padStart(2, '0')}:00:00Z`,
    String(10 + (hour % 7)),
    hour % 5 === 0 ? '' : '0.5',
  ]);
  const csv = ['# name: checkout', 'timestamp,requests,cpu', ...rows.map((row) => row.join(','))].join('\n');
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      ',',
      '"',
      '""',
      '\n',
      '\r',
      '\r\n',
      '#',
      'NaN',
      'Infinity',
      '-0',
      '0x10',
      '1_000',
      '1e400',
      '\0'
    ),
    fc.constantFrom(
      '\ufeff',
      '1',
      'timestamp',
      '2026-02-30T00:00:00Z',
      '-62135596800',
      '8.64e15',
      '9'.repeat(400),
      ';'
    ),
    fc.string({ unit: 'binary' })
  );
  const number = fc.constantFrom(
    '',
    '0',
    '-0',
    '5',
    '-5',
    '1e308',
    '-1e308',
    '5e-324',
    '1e21',
    '.5',
    '1e-9',
    '12345678901234567890'
  );
  const csvText = fc.oneof(
    { weight: 3, arbitrary: garbled(csv, cell) },
    { weight: 4, arbitrary: tableOf(number) },
    { weight: 1, arbitrary: tableOf(fc.oneof(number, cell)) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.array(cell, { maxLength: 4 }), { maxLength: 20 })
        .map((table) => table.map((row) => row.join(',')).join('\n')),
    }
  );
  const file = (name: string) => (bytes: Uint8Array) => ({ name, bytes });
  const damagedArchive = fc.tuple(fc.nat(100), fc.nat(255)).map(([at, byte]) => gzipSync(csv).fill(byte, at, at + 2));
  const csvFile = fc.oneof(
    { weight: 8, arbitrary: csvText.map((text) => Buffer.from(text)).map(file('hostile.csv')) },
    { weight: 2, arbitrary: csvText.map((text) => gzipSync(text)).map(file('hostile.csv.gz')) },
    { weight: 1, arbitrary: damagedArchive.map(file('hostile.csv.gz')) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map(file('hostile.csv')) }
  );

  it('of measurements is forecast or refused by line and column', BOUND, () =>
    check(csvFile, async ({ name, bytes }) => {
      const file = join(directory, name);
      writeFileSync(file, bytes);
      const options = ['--horizon', '3', '--model', 'naive', '--json', '--quiet'];
      return answersOrRefuses(await runCommand(['forecast', '--input', file, ...options]));
    })
  );

  const workloads: WorkloadsFile = {
    sources: [
      { name: 'prom', type: 'prometheus', url: 'http://localhost:9090', tokenEnv: 'TOKEN', timeout: '10s' },
      { name: 'file', type: 'csv', file: 'requests.csv' },
    ],
    workloads: [
      {
        name: 'checkout',
        source: 'prom',
        account: { name: 'acme', tier: 'gold', timeZone: 'Europe/Berlin' },
        activity: { requests: { query: 'sum(rate(x[5m]))', unit: 'reqps' } },
        resources: { memory: { query: 'memory', source: 'file', perReplica: '4Gi' } },
        calendar: [{ name: 'sale', start: '2026-11-27T00:00:00Z', end: '2026-11-30T00:00:00Z' }],
        capacity: { replicas: { query: 'replicas' }, perReplica: 50 },
        forecast: { step: '5m', horizon: '24h', history: '21d' },
        scaling: { min: 2, max: 60, leadTime: '3m', risk: 0.01, tiers: { committed: 0.5, burst: 0.999 } },
        cost: { replicaHour: 0.12, currency: 'EUR' },
      },
    ],
  };
  const yaml = stringify(workloads);
  const yamlPart = fc.oneof(
    fc.constantFrom(
      '&a',
      '*a',
      '<<: *a',
      '!!binary ',
      '!!js/function ',
      '---\n',
      '...\n',
      '\t',
      '? ',
      '|',
      '>-',
      '{',
      '['
    ),
    fc.constantFrom('"', "'", '%YAML 9\n', '\u0085', '\ufeff', ': : :', '- '.repeat(50), '['.repeat(300), '~'),
    fc.string({ unit: 'binary' })
  );

  it('of workloads is valid, or every fault is named by line and column', BOUND, () =>
    check(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        garbled(yaml, yamlPart),
        damaged(workloads).map((document) => stringify(document)),
        damaged(workloads).map((document) => JSON.stringify(document))
      ),
      async (text) => {
        const file = join(directory, 'hostile.yaml');
        writeFileSync(file, text);
        const run = await runCommand(['check-config', file]);
        if (run.exitCode === 0) {
          assert.match(run.stdout, /: valid, \d+ workloads from \d+ sources\n$/);
          return true;
        }
        const lines = run.stderr.trimEnd().split('\n');
        assert.match(lines.at(-1) ?? '', /\(CONFIG_(FAULTS|INVALID)\)$/);
        assert.match(run.stderr, /hostile\.yaml:\d+:\d+: /);
        assert.equal(run.exitCode, 2);
        return false;
      }
    )
  );
});

describe('a hostile request', () => {
  let sidecar: VirtualSidecar;
  const shop = {
    name: 'shop',
    activity: { requests: { query: 'checkout.requests', unit: 'reqps' } },
    capacity: { replicas: { query: 'checkout.replicas' }, perReplica: 50 },
    forecast: { step: '1h', horizon: '12h', history: '7d', model: 'naive' },
    scaling: { leadTime: '1h', min: 1, max: 100, risk: 0.01 },
    cost: { replicaHour: 0.1 },
  };
  before(async () => {
    const declared: WorkloadsFile = { sources: [{ name: 'demo', type: 'demo' }], workloads: [shop] };
    sidecar = await startVirtualSidecar({ declared, nowSeconds: NOW });
    await sidecar.turn();
  });
  after(() => sidecar.close());

  const metric = fc.constantFrom('headroom_forecast', 'headroom_actual', 'headroom_shortfall_probability', 'nothing');
  const range = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('', '', ' offset -24h', ' offset 1h', ' @ end()', ' @ 1e18') },
    { weight: 1, arbitrary: fc.constantFrom('[5m]', '[1h:1m]', '[100y]', '[100y:1s]', '[0s]', '[1h:]') }
  );
  const selector = fc
    .tuple(
      metric,
      fc.constantFrom('', '{quantile="0.5"}', '{workload=~"(a+)+$"}', '{__name__=~".+"}', '{resource!~""}'),
      range
    )
    .map((parts) => parts.join(''));
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      selector,
      fc.constantFrom('1', 'NaN', '-Inf', '"text"', 'time()', 'vector(1)', '0x1p9', '1e400', '()', '{}'),
      fc.tuple(fc.constantFrom(...CALLS), tie('expression')).map(([call, inner]) => call.replaceAll('X', () => inner)),
      fc
        .tuple(
          tie('expression'),
          fc.constantFrom(
            '+',
            '/',
            '^',
            '%',
            'and',
            'unless on()',
            '== bool',
            '* on(workload) group_left()',
            'or',
            'atan2'
          ),
          tie('expression')
        )
        .map(([left, operator, right]) => `${left} ${operator} ${right}`)
    ),
  }));
  const garbage = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('(', '"', '[', '{', '`'));
  const promql = fc.oneof(
    { weight: 8, arbitrary: expression },
    { weight: 2, arbitrary: expression.chain((text) => garbled(text, garbage)) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '('.repeat(5000),
        `${'-'.repeat(3000)}1`,
        `1${' + 1'.repeat(4000)}`,
        '{a="',
        '\\',
        '#',
        `sum(${'sum('.repeat(500)}`,
        `${'sum('.repeat(500)}1${')'.repeat(500)}`
      ),
    }
  );
  const time = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: -86_400, max: 90_000 }).map((ahead) => String(NOW + ahead)) },
    { weight: 1, arbitrary: fc.constantFrom('0', '-1', '1e300', 'NaN', '2026-01-01T00:00:00Z', '', 'now') }
  );
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('60', '1h', '3600', '0.5', '1d') },
    { weight: 1, arbitrary: fc.constantFrom('0', '-5', '1e-9', '', 'x') }
  );

  it('in PromQL is answered as Prometheus would: a result, or an error with its type', BOUND, () =>
    check(
      fc.record({
        query: promql,
        start: time,
        length: fc.integer({ min: -100, max: 90_000 }),
        step,
        endpoint: fc.constantFrom(
          'query',
          'query',
          'query_range',
          'series',
          'format_query',
          'parse_query',
          'label/__name__/values'
        ),
        isPost: fc.boolean(),
      }),
      async ({ query, start, length, step: each, endpoint, isPost }) => {
        const end = String(Number(start) + length);
        const form = new URLSearchParams({
          query,
          time: start,
          start,
          end,
          step: each,
          timeout: '5s',
          'match[]': query,
        });
        const url = `/prometheus/api/v1/${endpoint}`;
        const response = await sidecar.app.inject(
          isPost
            ? {
                method: 'POST',
                url,
                payload: form.toString(),
                headers: { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' },
              }
            : { url: `${url}?${form.toString()}`, headers: { host: 'localhost' } }
        );
        const answer = JSON.parse(response.body) as { status: string; errorType?: string; error?: string };
        const about = `${response.statusCode} ${response.body.slice(0, 300)}`;
        if (response.statusCode === 200) {
          assert.equal(answer.status, 'success', about);
          return true;
        }
        const types: Readonly<Record<number, string>> = { 400: 'bad_data', 422: 'execution', 503: 'timeout' };
        assert.deepEqual([answer.status, answer.errorType], ['error', types[response.statusCode]], about);
        assert.ok((answer.error?.length ?? 0) > 0, about);
        return false;
      }
    )
  );

  const preview = {
    series: {
      start: 0,
      step: 3600,
      values: Array.from({ length: 30 }, (_, index) => (index % 7 === 3 ? null : index)),
    },
    horizon: 5,
    levels: [0.1, 0.5, 0.9],
    model: 'naive',
  };
  const question = { query: { source: 'demo', query: 'checkout.requests', step: '1h', history: '3d' }, horizon: 3 };
  const declaration = { ...shop, name: 'extra' };
  const asText = (document: fc.Arbitrary<unknown>) => document.map((value) => JSON.stringify(value));
  const body = fc.oneof(
    asText(damaged(preview)).map((text) => ({ method: 'POST' as const, url: '/api/v1/forecasts/preview', text })),
    asText(damaged(question)).map((text) => ({ method: 'POST' as const, url: '/api/v1/forecasts/preview', text })),
    asText(damaged(declaration)).map((text) => ({ method: 'PUT' as const, url: '/api/v1/workloads/extra', text })),
    fc
      .oneof(
        fc.string({ unit: 'binary' }),
        garbled(JSON.stringify(preview), fc.string()),
        fc.constant('['.repeat(100_000))
      )
      .map((text) => ({ method: 'POST' as const, url: '/api/v1/forecasts/preview', text })),
    fc
      .tuple(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('text/plain', 'application/json; charset=utf-7', 'multipart/form-data', 'x')
      )
      .map(([value, type]) => ({
        method: 'PUT' as const,
        url: `/api/v1/workloads/${encodeURIComponent(value)}`,
        text: JSON.stringify(declaration),
        type,
      }))
  );

  it('with a JSON body is answered with what was asked for, or a coded problem below 500', BOUND, async () => {
    await check(body, async ({ method, url, text, ...rest }) => {
      const headers = { host: 'localhost', 'content-type': 'type' in rest ? rest.type : 'application/json' };
      const response = await sidecar.app.inject({ method, url, headers, payload: text });
      const about = `${response.statusCode} ${response.body.slice(0, 300)}`;
      if (response.statusCode !== 200) {
        assert.ok(response.statusCode >= 400 && response.statusCode < 500, about);
        const { code } = problemSchema.parse(response.json());
        assert.equal(ERROR_TABLE[code as keyof typeof ERROR_TABLE].status, response.statusCode, about);
      } else if (method === 'POST') {
        forecastResponseSchema.parse(response.json());
      } else {
        workloadDetailSchema.parse(response.json());
        await assertTurns(sidecar, 'extra');
      }
      return response.statusCode === 200;
    });
    const polluted: Record<string, unknown> = {};
    assert.deepEqual(Object.keys(polluted), []);
    assert.equal(polluted['name'] ?? polluted['query'], undefined, 'no prototype was touched');
    assert.equal((await sidecar.app.inject('/healthz')).statusCode, 200);
    await sidecar.turn('shop');
    assert.equal(sidecar.view('shop').health.state, 'ok');
  });
});

/** A workload that was accepted can take its turn, whatever its figures: with an outlook, or a problem in words. */
async function assertTurns(sidecar: VirtualSidecar, name: string): Promise<void> {
  const view = sidecar.view(name);
  const { horizonSeconds, historySeconds, stepSeconds } = view.config.forecast;
  if (horizonSeconds / stepSeconds > 200 || historySeconds / stepSeconds > 5000) {
    return;
  }
  await sidecar.turn(name);
  const { health, outlook } = sidecar.view(name);
  assert.ok(outlook !== undefined || (health.state === 'failing' && health.problem !== null), JSON.stringify(health));
}
