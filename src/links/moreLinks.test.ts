import { standInUser } from '../testing/standIns';
import { setTemplateSrv, type TemplateSrv } from '@grafana/runtime';
import { alertForecast, workloadOfRule } from './alertForecast';
import { forecastThisQuery } from './forecastThisQuery';
import { paletteLinks } from './paletteLinks';

const PATH = '/a/headroom-capacity-app';

beforeEach(() => {
  setTemplateSrv({ replace: (text = '') => text } as unknown as TemplateSrv);
});

describe('forecastThisQuery', () => {
  it("carries Explore's first query that is shown, and hides where there is none", () => {
    const datasource = { type: 'prometheus', uid: 'p' };
    const targets = [
      { refId: 'A', hide: true, datasource },
      { refId: 'B', expr: 'up', datasource },
    ];
    const { path } = forecastThisQuery.configure?.({ targets, timeRange: { from: 'now-1h', to: 'now' } }) ?? {};
    const params = new URLSearchParams(path?.split('?')[1]);
    expect([params.get('ds'), params.get('from')]).toEqual(['p', 'now-1h']);
    expect(JSON.parse(params.get('query') ?? '')).toMatchObject({ expr: 'up' });
    expect(forecastThisQuery.configure?.({ targets: [] })).toBeUndefined();
    expect(forecastThisQuery.configure?.(undefined)).toBeUndefined();
  });
});

describe('alertForecast', () => {
  it.each([
    [{ labels: { workload: 'checkout' } }, 'checkout'],
    [{ expression: 'max(headroom_forecast{workload = "a\\"b"}) > 1' }, 'a"b'],
    [{ labels: { workload: '{{ $labels.workload }}' }, expression: 'up' }, undefined],
    [{ labels: { workload: '' } }, undefined],
    [{}, undefined],
  ])('finds the workload of %j', (rule, workload) => {
    expect(workloadOfRule(rule)).toBe(workload);
  });

  it('is hidden on a rule that is about no workload', () => {
    expect(alertForecast.configure?.({ expression: 'up == 0' })).toBeUndefined();
    expect(alertForecast.configure?.({ labels: { workload: 'a b' } })).toEqual({ path: `${PATH}/workload/a%20b` });
  });
});

describe('paletteLinks', () => {
  const shown = () => paletteLinks.filter(({ configure }) => configure?.(undefined) !== undefined).length;

  it('shows each to whoever may go there', () => {
    standInUser('Admin');
    expect(shown()).toBe(paletteLinks.length);
    standInUser('Viewer');
    expect(shown()).toBe(paletteLinks.length - 1);
  });
});
