import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseWorkloadsFile, type Fault } from './index.ts';

const HEAD = `sources:
  - { name: prom, type: prometheus, url: http://localhost:9090 }
workloads:
`;

function faultsOf(text: string): readonly Fault[] {
  const parsed = parseWorkloadsFile(text);
  return parsed.isValid ? [] : parsed.faults;
}

function configOf(text: string) {
  const parsed = parseWorkloadsFile(text);
  assert.ok(parsed.isValid, JSON.stringify(parsed));
  return parsed.config;
}

describe('parseWorkloadsFile', () => {
  it('reads the file of the interfaces whole', () => {
    const config = configOf(`sources:
  - { name: prom, type: prometheus, url: http://localhost:9090, tokenEnv: PROM_TOKEN }
  - { name: logs, type: grafana, url: http://localhost:3000, tokenEnv: GRAFANA_TOKEN, datasource: { uid: loki, type: loki } }
workloads:
  - name: checkout
    source: prom
    account: { name: acme, tier: gold, industry: retail, region: eu-west-1 }
    activity:
      requests: { query: 'sum(rate(http_requests_total{service="checkout"}[5m]))', unit: reqps }
      calls:    { query: 'sum by (application) (rate(api_calls_total{service="checkout"}[5m]))', by: application }
    resources:
      cpu:     { query: 'sum(rate(container_cpu_usage_seconds_total{pod=~"checkout-.*"}[5m]))', unit: cores, perReplica: 2 }
      memory:  { query: 'm', unit: bytes, perReplica: 4Gi }
      disk:    { query: 'd', unit: Bps }
    calendar: [ { name: sale, start: 2026-11-27T00:00:00Z, end: 2026-11-30T00:00:00Z } ]
    capacity: { replicas: { query: 'sum(kube_deployment_status_replicas_ready{deployment="checkout"})' }, perReplica: 50 }
    slo:
      latencySeconds: 0.25
      objective: 0.99
      latency: { query: 'histogram_quantile(0.99, x)', quantile: 0.99 }
      errors: { query: 'e' }
    forecast: { step: 5m, horizon: 24h, history: 21d, model: auto, nearStep: 1m, planning: { step: 1d, horizon: 90d } }
    scenarios: [ api-spike, denial-of-service ]
    scaling:
      target: { kind: hpa, namespace: shop, name: checkout }
      mode: observe
      min: 2
      max: 60
      leadTime: 3m
      risk: 0.01
      tuneTarget: false
      tiers: { committed: 0.5, burst: 0.999 }
    cost: { replicaHour: 0.12, tierReplicaHour: { committed: 0.07, burst: 0.04 }, violationMinute: 2.50, currency: USD }
`);
    const [checkout] = config.workloads;
    assert.equal(checkout?.demand, 'requests');
    assert.deepEqual(
      checkout.series.map(({ name, kind, perReplica }) => [name, kind, perReplica]),
      [
        ['requests', 'activity', 50],
        ['calls', 'activity', undefined],
        ['cpu', 'resource', 2],
        ['memory', 'resource', 4 * 2 ** 30],
        ['disk', 'resource', undefined],
      ]
    );
    assert.equal(checkout.scaling.leadTimeSeconds, 180);
    assert.deepEqual(checkout.cost.tierReplicaHour, { committed: 0.07, reserved: 0.12, burst: 0.04 });
    assert.equal(checkout.forecast.historySeconds, 21 * 86_400);
    assert.deepEqual(checkout.forecast.near, {
      stepSeconds: 60,
      horizonSeconds: 3600,
      historySeconds: 8 * 86_400,
      intervalSeconds: 60,
    });
    assert.deepEqual(checkout.forecast.planning, {
      stepSeconds: 86_400,
      horizonSeconds: 90 * 86_400,
      sampleSeconds: 900,
    });
    assert.deepEqual(checkout.notes, []);
    assert.ok(Object.isFrozen(checkout.scaling));
  });

  it('fills in defaults, and never an SLO', () => {
    const [workload] = configOf(`${HEAD}  - { name: a, activity: { requests: { query: r } } }\n`).workloads;
    assert.equal(workload?.forecast.stepSeconds, 300);
    assert.equal(workload.forecast.near ?? workload.forecast.planning, undefined);
    assert.equal(workload.scaling.mode, 'observe');
    assert.deepEqual(workload.slo, {});
    assert.equal(workload.replicas, undefined);
    assert.match(workload.notes.join(), /capacity.replicas is not set/);
  });

  const faulty: ReadonlyArray<readonly [string, string, Partial<Fault> & { readonly match: RegExp }]> = [
    ['an empty file', '', { line: 1, column: 1, match: /empty/ }],
    ['broken YAML', 'sources: [', { line: 1, match: /./ }],
    ['a key twice', 'sources: []\nsources: []', { line: 2, column: 1, match: /unique/i }],
    ['a missing list', 'sources:\n  - { name: p, type: demo }', { line: 1, path: 'workloads', match: /is missing/ }],
    [
      'an unknown field',
      `${HEAD}  - name: a\n    colour: red\n`,
      { line: 5, column: 5, path: 'workloads[0].colour', match: /not a known field/ },
    ],
    [
      'a wrong duration',
      `${HEAD}  - name: a\n    activity: { r: { query: q } }\n    forecast: { step: soon }\n`,
      { line: 6, column: 23, path: 'workloads[0].forecast.step', match: /duration/ },
    ],
    [
      'a wrong type',
      `${HEAD}  - name: [1]\n`,
      { line: 4, column: 11, path: 'workloads[0].name', match: /must be text/ },
    ],
    [
      'an unknown source',
      `${HEAD}  - name: a\n    source: gone\n    activity: { r: { query: q } }\n`,
      { line: 5, column: 13, path: 'workloads[0].source', match: /gone/ },
    ],
    [
      'the same name twice',
      `${HEAD}  - { name: a, activity: { r: { query: q } } }\n  - { name: a, activity: { r: { query: q } } }\n`,
      { line: 5, match: /twice/ },
    ],
    [
      'a workload whose pause would be that of all',
      `${HEAD}  - name: all\n    activity: { r: { query: q } }\n`,
      { line: 4, column: 11, path: 'workloads[0].name', match: /must not be all/ },
    ],
    ['nothing to forecast', `${HEAD}  - name: a\n`, { line: 4, match: /at least one activity or resource/ }],
    [
      'min over max',
      `${HEAD}  - name: a\n    activity: { r: { query: q } }\n    scaling: { min: 9, max: 3 }\n`,
      { line: 6, column: 29, match: /at least min/ },
    ],
    [
      'a negative capacity',
      `${HEAD}  - name: a\n    activity: { r: { query: q } }\n    capacity: { perReplica: -4 }\n`,
      { line: 6, match: /more than 0/ },
    ],
    [
      'a capacity no machine has',
      `${HEAD}  - name: a\n    activity: { r: { query: q } }\n    capacity: { perReplica: 1e300 }\n`,
      { line: 6, column: 29, match: /from 1e-9 to 1000000000000000000/ },
    ],
    [
      'more replicas than can be planned',
      `${HEAD}  - name: a\n    activity: { r: { query: q } }\n    scaling: { max: 9000000000 }\n`,
      { line: 6, column: 21, match: /at most 1000000/ },
    ],
    [
      'a risk that no simulation can show',
      `${HEAD}  - name: a\n    activity: { r: { query: q } }\n    scaling: { risk: 1e-9 }\n`,
      { line: 6, column: 22, match: /at least 0.000001/ },
    ],
    [
      'a price beyond all prices',
      `${HEAD}  - name: a\n    activity: { r: { query: q } }\n    cost: { replicaHour: 1, tierReplicaHour: { burst: 1e300 } }\n`,
      { line: 6, path: 'workloads[0].cost.tierReplicaHour.burst', match: /at most 1000000000/ },
    ],
    [
      'a horizon that is no whole number of steps',
      `${HEAD}  - name: a\n    activity: { r: { query: q } }\n    forecast: { step: 7m, horizon: 1h }\n`,
      { line: 6, match: /whole number of steps/ },
    ],
    [
      'an unknown kind of source',
      'sources:\n  - { name: p, type: carrier-pigeon }\nworkloads: []',
      { line: 2, match: /./ },
    ],
    [
      'a secret in the file',
      'sources:\n  - { name: p, type: prometheus, url: "http://h", token: abc }\nworkloads: []',
      { line: 2, match: /not a known field/ },
    ],
    [
      'a time zone that is none',
      `${HEAD}  - name: a\n    account: { name: x, timeZone: Mars/Base }\n    activity: { r: { query: q } }\n`,
      { line: 5, match: /time zone/ },
    ],
  ];
  for (const [title, text, expected] of faulty) {
    it(`names line and column of ${title}`, () => {
      const faults = faultsOf(text);
      const { match, ...place } = expected;
      assert.ok(faults.length > 0);
      const fault = faults.find((each) => match.test(each.problem));
      assert.ok(fault, JSON.stringify(faults));
      assert.deepEqual({ ...fault, ...place }, fault);
    });
  }

  it('reports every fault at once, in the order of the file', () => {
    const faults = faultsOf(
      `${HEAD}  - name: a\n    colour: red\n    activity: { r: { query: q } }\n    scaling: { risk: 2 }\n`
    );
    assert.equal(faults.length, 2);
    assert.deepEqual(
      faults.map((fault) => fault.line),
      [5, 7]
    );
  });

  it('refuses a bomb of aliases', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(',')}]`),
    ].join('\n');
    assert.ok(faultsOf(bomb).length > 0);
  });

  it('answers any text with a configuration or located faults, never a throw', () => {
    const yamlish = fc.array(
      fc.oneof(
        fc.string(),
        fc.constantFrom(
          'sources:',
          'workloads:',
          '  - name: a',
          '    activity:',
          '      r: { query: q }',
          '? [',
          '&a',
          '*a',
          '!!binary',
          '<<: *a',
          '\t',
          '{',
          '}',
          '- '
        )
      ),
      { maxLength: 12 }
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          yamlish.map((lines) => lines.join('\n')),
          fc.json()
        ),
        (text) => {
          const parsed = parseWorkloadsFile(text);
          return (
            parsed.isValid ||
            (parsed.faults.length > 0 && parsed.faults.every((fault) => fault.line >= 1 && fault.column >= 1))
          );
        }
      ),
      { numRuns: 1000 }
    );
  });
});
