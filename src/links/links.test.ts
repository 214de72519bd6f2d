import '../testing/standIns';
import { createDataFrame, dateTime, FieldType, type PluginExtensionPanelContext } from '@grafana/data';
import { setTemplateSrv, type TemplateSrv } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import { PLUGIN_BASE_URL } from '../routes';
import { alertRuleUrl } from './alertRuleUrl';
import { exploreUrl } from './exploreUrl';
import { forecastPanel } from './forecastPanel';
import { forecastPath, forecastThisPanel } from './forecastThisPanel';

const VARIABLES: Readonly<Record<string, string | string[]>> = { job: ['api', 'web'], env: 'prod' };

beforeEach(() => {
  const replace: TemplateSrv['replace'] = (text = '', _scoped, format) => {
    const name = /\w+/.exec(text)?.[0] ?? '';
    const value = VARIABLES[name];
    if (value === undefined) {
      return text;
    }
    return typeof format === 'function' ? format(value) : `{${[value].flat().join(',')}}`;
  };
  setTemplateSrv({ replace } as unknown as TemplateSrv);
});

const PROMETHEUS = { type: 'prometheus', uid: 'prom' };

function aPanel(targets: object[], changes: Partial<PluginExtensionPanelContext> = {}) {
  return {
    pluginId: 'timeseries',
    id: 1,
    title: 'Requests & more',
    timeRange: { from: 'now-6h', to: 'now' },
    targets: targets as DataQuery[],
    ...changes,
  } as PluginExtensionPanelContext;
}

function queryOf(path: string | undefined): unknown {
  return JSON.parse(new URLSearchParams(path?.split('?')[1]).get('query') ?? 'null');
}

describe('forecastPath', () => {
  it("carries the panel's first visible query, its source, title and range", () => {
    const path = forecastPath(
      aPanel([
        { refId: 'A', expr: 'hidden', hide: true, datasource: PROMETHEUS },
        { refId: 'B', expr: 'rate(requests[5m])', datasource: PROMETHEUS },
      ])
    );
    expect(path?.startsWith(`${PLUGIN_BASE_URL}/forecast?`)).toBe(true);
    const params = new URLSearchParams(path?.split('?')[1]);
    expect([params.get('ds'), params.get('title'), params.get('from')]).toEqual(['prom', 'Requests & more', 'now-6h']);
    expect(queryOf(path)).toMatchObject({ refId: 'B', expr: 'rate(requests[5m])' });
  });

  it("fills in the dashboard's variables and leaves Grafana's own to the query", () => {
    const expr = 'rate(x{job=~"$job", env="${env}"}[$__rate_interval]) > $unknown';
    expect(queryOf(forecastPath(aPanel([{ refId: 'A', expr, datasource: PROMETHEUS }])))).toMatchObject({
      expr: 'rate(x{job=~"(api|web)", env="prod"}[$__rate_interval]) > $unknown',
    });
    const sql = { refId: 'A', rawSql: "SELECT '[[env]]'", datasource: { type: 'mysql', uid: 'm' } };
    expect(queryOf(forecastPath(aPanel([sql])))).toMatchObject({ rawSql: "SELECT '{prod}'" });
  });

  it('takes what was asked where the panel leaves its source to the dashboard', () => {
    const asked = { request: { targets: [{ refId: 'A', expr: 'up', datasource: PROMETHEUS }] }, series: [] };
    expect(queryOf(forecastPath(aPanel([{ refId: 'A', expr: 'up' }], { data: asked as never })))).toMatchObject({
      datasource: PROMETHEUS,
    });
  });

  it('writes an absolute range in epoch milliseconds', () => {
    const timeRange = { from: dateTime(1000), to: dateTime(2000) };
    const path = forecastPath(aPanel([{ refId: 'A', datasource: PROMETHEUS }], { timeRange }));
    expect(new URLSearchParams(path?.split('?')[1]).get('from')).toBe('1000');
  });

  const time = { name: 'Time', type: FieldType.time, values: [1] };
  const text = { name: 'line', type: FieldType.string, values: ['a'] };
  const number = { name: 'n', type: FieldType.number, values: [1] };

  it.each([
    ['without queries', aPanel([])],
    ['without a source', aPanel([{ refId: 'A' }])],
    ['with all queries hidden', aPanel([{ refId: 'A', hide: true, datasource: PROMETHEUS }])],
    ['that shows another panel', aPanel([{ refId: 'A', datasource: { uid: '-- Dashboard --' } }])],
    ['of made-up data', aPanel([{ refId: 'A', datasource: { uid: 'grafana' } }])],
    [
      'that shows log lines',
      aPanel([{ refId: 'A', datasource: PROMETHEUS }], {
        data: { series: [createDataFrame({ fields: [time, text] })] } as never,
      }),
    ],
    [
      'that shows a number without time',
      aPanel([{ refId: 'A', datasource: PROMETHEUS }], {
        data: { series: [createDataFrame({ fields: [number] })] } as never,
      }),
    ],
    [
      'whose query is too long for an address',
      aPanel([{ refId: 'A', expr: 'x'.repeat(7000), datasource: PROMETHEUS }]),
    ],
  ])('is nothing for a panel %s, which hides the link', (_name, panel) => {
    expect(forecastPath(panel)).toBeUndefined();
    expect(forecastThisPanel.configure?.(panel)).toBeUndefined();
  });

  it('is there for a panel that shows numbers over time', () => {
    const data = { series: [createDataFrame({ fields: [time, number] })] } as never;
    const panel = aPanel([{ refId: 'A', datasource: PROMETHEUS }], { data });
    expect(forecastThisPanel.configure?.(panel)).toEqual({ path: forecastPath(panel) });
    expect(forecastThisPanel.configure?.(undefined)).toBeUndefined();
  });
});

describe('exploreUrl', () => {
  const question = { resource: 'cpu', aggregate: 'peak', rawFrom: 'now-1h', rawTo: 'now+1h' } as const;
  const expressions = (url: string) => {
    const panes = JSON.parse(new URLSearchParams(url.split('?')[1]).get('panes') ?? '') as {
      readonly headroom: { readonly queries: ReadonlyArray<{ readonly expr: string }> };
    };
    return panes.headroom.queries.map(({ expr }) => expr);
  };

  it('escapes label values as PromQL does', () => {
    const [actual, , capacity] = expressions(exploreUrl('p', { ...question, workload: 'a"b\\c', range: 'day' }));
    expect(actual).toBe('headroom_actual{workload="a\\"b\\\\c", resource="cpu"}');
    expect(capacity).toMatch(/^headroom_capacity\{/);
  });

  it('asks for the metrics of the range', () => {
    const of = (range: 'near' | 'planning') => expressions(exploreUrl('p', { ...question, workload: 'w', range }));
    expect(of('near')[1]).toBe('headroom_near_forecast{workload="w", resource="cpu", quantile=~"0.1|0.5|0.9"}');
    expect(of('planning')).toEqual([
      'headroom_planning_actual{workload="w", resource="cpu", aggregate="peak"}',
      'headroom_planning_forecast{workload="w", resource="cpu", aggregate="peak", quantile=~"0.1|0.5|0.9"}',
    ]);
  });
});

describe('forecastPanel', () => {
  it('asks for what the chart shows, with all levels, of the one source', () => {
    const panel = forecastPanel('h', { title: 'T', workload: 'w', resource: 'cpu', range: 'day', aggregate: 'peak' });
    expect(panel).toMatchObject({ type: 'headroom-forecastband-panel', title: 'T', datasource: { uid: 'h' } });
    expect(panel.targets?.map(({ expr }) => expr)).toEqual([
      'headroom_actual{workload="w", resource="cpu"}',
      'headroom_forecast{workload="w", resource="cpu"}',
      'headroom_capacity{workload="w", resource="cpu"}',
    ]);
  });
});

describe('alertRuleUrl', () => {
  it('fills in a rule on the coming day that keeps its state without its source', () => {
    const url = alertRuleUrl('h', { workload: 'a"b', name: 'N', summary: 'S', aheadSeconds: 86_400 });
    expect(url.startsWith('/alerting/new?defaults=')).toBe(true);
    expect(JSON.parse(new URLSearchParams(url.split('?')[1]).get('defaults') ?? '')).toMatchObject({
      type: 'grafana',
      name: 'N',
      condition: 'C',
      noDataState: 'KeepLast',
      execErrState: 'KeepLast',
      annotations: [{ key: 'summary', value: 'S' }],
      queries: [
        {
          refId: 'A',
          datasourceUid: 'h',
          relativeTimeRange: { from: 0, to: -86_400 },
          model: { expr: 'headroom_shortfall_probability{workload="a\\"b", resource="any"}', range: true },
        },
        { refId: 'B', datasourceUid: '__expr__', model: { type: 'reduce', expression: 'A', reducer: 'max' } },
        { refId: 'C', datasourceUid: '__expr__', model: { type: 'threshold', expression: 'B' } },
      ],
    });
  });
});
