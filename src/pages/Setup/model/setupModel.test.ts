import type { SourceView } from '../../../../contract/sources.ts';
import type { WorkloadEntry } from '../../../../contract/workloadsFile.ts';
import { definitionOf } from './definitionOf';
import { draftProblems } from './draftProblems';
import { prefilled } from './prefilled';
import { likelyOperation, promqlOf } from './promql';
import { draftOf, EMPTY_DRAFT } from './setupDraft';
import { suggestedName } from './suggestedName';

const SMALL = { ...EMPTY_DRAFT, name: 'shop', source: 'prom', query: 'sum(up)' };

describe('definitionOf', () => {
  it('leaves out what was left empty', () => {
    expect(definitionOf(SMALL)).toEqual({
      name: 'shop',
      source: 'prom',
      activity: { requests: { query: 'sum(up)' } },
    });
  });

  it('writes numbers as numbers, quantities as they were typed, and the horizon that goes with a step', () => {
    const whole = {
      ...SMALL,
      replicas: 'sum(r)',
      perReplica: '1.5k',
      latencySeconds: '0.25',
      replicaHour: '0',
      step: '1h',
    };
    expect(definitionOf(whole)).toMatchObject({
      capacity: { replicas: { query: 'sum(r)' }, perReplica: '1.5k' },
      slo: { latencySeconds: 0.25 },
      cost: { replicaHour: 0 },
      forecast: { step: '1h', horizon: '7d', history: '90d' },
    });
    expect(definitionOf({ ...SMALL, isPerReplicaLearnt: true }).capacity).toEqual({ perReplica: 'auto' });
  });

  it('gives back a declaration that nobody changed, with all that the form does not show', () => {
    const entry: WorkloadEntry = {
      name: 'shop',
      source: 'prom',
      account: { name: 'acme', tier: 'gold' },
      activity: {
        calls: { query: 'sum(calls)', by: 'application' },
        users: { query: { refId: 'A', filters: {} }, source: 'logs' },
      },
      resources: { cpu: { query: 'cpu', perReplica: 2 } },
      capacity: { replicas: { query: 'r', source: 'other' }, perReplica: 50, queueLimit: 10 },
      slo: { latencySeconds: 0.25, errors: { query: 'e' } },
      forecast: { step: '10m', horizon: '20h', planning: {} },
      scaling: { mode: 'observe', leadTime: '3m', target: { kind: 'dry-run' } },
      cost: { replicaHour: 0.12, currency: 'USD' },
    };
    expect(definitionOf(draftOf(entry))).toEqual(entry);
  });
});

describe('draftProblems', () => {
  it('names what is missing, and what the sidecar would refuse, by field', () => {
    expect(Object.keys(draftProblems(EMPTY_DRAFT, [])).sort()).toEqual(['name', 'query', 'source']);
    expect(draftProblems(SMALL, [])).toEqual({});
    const wrong = {
      ...SMALL,
      name: 'Shop!',
      perReplica: 'many',
      objective: '99',
      leadTime: 'soon',
      replicaHour: 'cheap',
    };
    expect(Object.keys(draftProblems(wrong, [])).sort()).toEqual([
      'leadTime',
      'name',
      'objective',
      'perReplica',
      'replicaHour',
    ]);
  });

  it('knows names that are taken, but for the workload that is changed', () => {
    expect(draftProblems(SMALL, ['shop']).name).toBe('There is a workload of that name already.');
    expect(draftProblems({ ...SMALL, base: definitionOf(SMALL) }, ['shop'])).toEqual({});
  });
});

describe('promqlOf', () => {
  it.each([
    [{ metric: '', operation: 'sum', filters: [] }, ''],
    [{ metric: 'up', operation: 'none', filters: [] }, 'up'],
    [
      { metric: 'http_requests_total', operation: 'rate', filters: [{ label: 'job', value: 'a"b\\c' }] },
      'sum(rate(http_requests_total{job="a\\"b\\\\c"}[5m]))',
    ],
    [
      { metric: 'my.metric', operation: 'mean', filters: [{ label: 'a.b', value: 'c' }] },
      'avg({"my.metric", "a.b"="c"})',
    ],
    [{ metric: 'up', operation: 'sum', filters: [{ label: 'job', value: '' }] }, 'sum(up)'],
  ] as const)('writes %j', (built, promql) => {
    expect(promqlOf(built)).toBe(promql);
  });

  it('takes counters by their growth', () => {
    expect([likelyOperation('requests_total'), likelyOperation('memory_bytes')]).toEqual(['rate', 'sum']);
  });
});

describe('suggestedName', () => {
  it.each([
    ['checkout.requests', '', 'checkout'],
    ['sum(rate(http_requests_total{namespace="x", service="Check_Out"}[5m]))', '', 'check-out'],
    ['sum(rate(http_requests_total[5m]))', '', 'http-requests-total'],
    ['sum(up)', 'Requests & more', 'requests-more'],
    ['', '', ''],
  ])('of %p titled %p is %p', (query, title, name) => {
    expect(suggestedName(query, title)).toBe(name);
  });
});

describe('prefilled', () => {
  const source = (name: string, changes: Partial<SourceView> = {}): SourceView => ({
    name,
    type: 'prometheus',
    datasource: null,
    health: { state: 'ok', problem: null, lastSuccessAt: 1 },
    workloads: 0,
    hasNames: true,
    hasLabels: true,
    ...changes,
  });
  const grafana = source('logs', { type: 'grafana', datasource: { uid: 'loki', type: 'loki' } });
  const address = (query: object, ds: string) =>
    new URLSearchParams({ ds, query: JSON.stringify(query), title: 'Requests' });
  const prometheus = { refId: 'A', expr: 'rate(x[$__rate_interval])', datasource: { type: 'prometheus', uid: 'p' } };

  it('takes the only source there is', () => {
    expect(prefilled(new URLSearchParams(), [source('prom')]).draft.source).toBe('prom');
    expect(prefilled(new URLSearchParams(), [source('a'), source('b')]).draft.source).toBe('');
  });

  it("takes a panel's query to the source that asks its data source, or the only Prometheus", () => {
    const { draft, unmatched } = prefilled(address(prometheus, 'p'), [source('prom'), grafana]);
    expect([draft.source, draft.query, draft.name, unmatched]).toEqual(['prom', 'rate(x[5m])', 'requests', null]);
    const model = { refId: 'A', queryType: 'range', datasource: { type: 'loki', uid: 'loki' } };
    const logs = prefilled(address(model, 'loki'), [source('prom'), grafana]);
    expect([logs.draft.source, logs.draft.query]).toEqual(['logs', expect.objectContaining({ queryType: 'range' })]);
  });

  it('says where no source leads to the data source', () => {
    const demo = source('demo', { type: 'demo' });
    expect(prefilled(address(prometheus, 'p'), [demo]).draft).toMatchObject({ source: '', query: 'rate(x[5m])' });
    expect(prefilled(address(prometheus, 'p'), [source('a'), source('b')])).toMatchObject({
      unmatched: 'p',
      draft: { source: '' },
    });
  });
});
