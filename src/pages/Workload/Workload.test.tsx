import {
  fetchError,
  problem,
  renderAt,
  standInBackend,
  standInComponent,
  type StandInBackend,
} from '../../testing/standIns';
import React from 'react';
import { setDataSourceSrv, type DataSourceSrv } from '@grafana/runtime';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes, useLocation } from 'react-router-dom';
import { aDetail, aFeatures, aForecast, aRange, aRecommendation, aWorkload, NOW } from '../../testing/fixtures';
import { testIds } from '../../testIds';
import Workload from './Workload';

let backend: StandInBackend;

beforeEach(() => {
  backend = standInBackend();
  backend.on('/workloads/checkout', () => aDetail());
  backend.on('/forecast', () => aForecast());
  backend.on('/features', () => aFeatures());
  standInDatasources([]);
});

function standInDatasources(list: ReadonlyArray<{ readonly uid: string; readonly name: string }>) {
  setDataSourceSrv({ getList: () => list } as unknown as DataSourceSrv);
}

function Address() {
  return <output>{useLocation().search}</output>;
}

function rangeChoice(name: string) {
  return within(screen.getByTestId(testIds.workload.range)).getByRole('radio', { name });
}

function renderPage(query = '') {
  return renderAt(
    `/workload/checkout${query}`,
    <Routes>
      <Route
        path="/workload/:name"
        element={
          <>
            <Workload />
            <Address />
          </>
        }
      />
    </Routes>
  );
}

describe('Workload', () => {
  it('says that it is loading', async () => {
    backend.on('/workloads/checkout', () => new Promise(() => undefined));
    renderPage();
    expect(await screen.findByTestId(testIds.states.loading)).toHaveAccessibleName('Loading the workload');
  });

  it('shows the facts, the chart, and the lane on the time range of the address', async () => {
    renderPage('?from=1794990000000&to=1795090000000');
    expect(await screen.findByTestId(testIds.workload.facts)).toHaveTextContent(
      'Short of capacityin 3hShortfall within 1h0.1%Shortfall within 6h20%Shortfall within 24h70%Replicas4→7Cost per hour$4.00, planned $3.50'
    );
    expect(within(await screen.findByTestId(testIds.workload.chart)).getByRole('figure')).toHaveAccessibleName(
      /^requests of checkout\. requests: last measured 120 req\/s, forecast to reach 150 req\/s/
    );
    expect(screen.getByTestId(testIds.workload.lane)).toHaveTextContent('dotted: what is accepted');
    expect(screen.getByText('Forecast by mstl, made 2min ago')).toBeInTheDocument();
    const asked = backend.requests.find(({ url }) => url.endsWith('/forecast'));
    expect(asked?.params).toMatchObject({ resource: 'requests', start: 1_794_990_000, end: 1_795_090_000 });
  });

  it('asks for a day back and a day ahead where the address says nothing', async () => {
    renderPage();
    await screen.findByTestId(testIds.workload.chart);
    const { start, end } = backend.requests.find(({ url }) => url.endsWith('/forecast'))?.params ?? {};
    expect(end - start).toBeGreaterThanOrEqual(2 * 86_400);
    expect(end - start).toBeLessThanOrEqual(2 * 86_400 + 1);
  });

  it('opens on the resource that runs short first and switches by tab, in the address', async () => {
    renderPage();
    await screen.findByTestId(testIds.workload.chart);
    expect(screen.getByRole('tab', { name: /requests/ })).toHaveAttribute('aria-selected', 'true');
    await userEvent.click(screen.getByRole('tab', { name: 'cpu' }));
    expect(screen.getByRole('status')).toHaveTextContent('?resource=cpu');
    expect(backend.requests.at(-1)?.params).toMatchObject({ resource: 'cpu' });
  });

  it('draws the recommended plan beside the capacity, where it can be told', async () => {
    renderPage();
    const chart = await screen.findByTestId(testIds.workload.chart);
    expect(screen.getByRole('button', { name: 'Plan' })).toHaveAttribute('aria-pressed', 'true');
    expect(within(chart).getByRole('figure')).toHaveAccessibleName(/planned up to/);
    await userEvent.click(rangeChoice('Planning'));
    await screen.findByTestId(testIds.workload.chart);
    expect(screen.queryByRole('button', { name: 'Plan' })).not.toBeInTheDocument();
  });

  it('shows all resources side by side, and one again by its tab, in the address', async () => {
    renderPage();
    await screen.findByTestId(testIds.workload.chart);
    await userEvent.click(screen.getByRole('tab', { name: 'Side by side' }));
    expect(screen.getByRole('status')).toHaveTextContent('?view=all');
    const resources = aDetail().summary.resources.map(({ name }) => name);
    expect(await screen.findAllByTestId(testIds.workload.chart)).toHaveLength(resources.length);
    const asked = backend.requests
      .filter(({ url }) => url.endsWith('/forecast'))
      .map(({ params }) => String(params?.resource));
    expect(new Set(asked)).toEqual(new Set(resources));
    await userEvent.click(screen.getByRole('tab', { name: 'cpu' }));
    expect(screen.getByRole('status')).toHaveTextContent('?resource=cpu');
    expect(screen.getAllByTestId(testIds.workload.chart)).toHaveLength(1);
  });

  it('is copied as a panel for any dashboard', async () => {
    standInDatasources([{ uid: 'headroom', name: 'Headroom' }]);
    renderPage();
    await screen.findByTestId(testIds.workload.chart);
    await userEvent.click(screen.getByTestId(testIds.workload.openCopyPanel));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('The panel “requests of checkout” as JSON');
    expect(within(dialog).getByRole('button', { name: 'Copy JSON' })).toBeEnabled();
  });

  it('is put onto a dashboard by Grafana’s own form where there is one', async () => {
    standInDatasources([{ uid: 'headroom', name: 'Headroom' }]);
    const Form = ({ buildPanel }: { readonly buildPanel?: () => { readonly title: string } }) => (
      <p>Add {buildPanel?.().title} to a dashboard</p>
    );
    standInComponent((id) => (id === 'grafana/add-to-dashboard-form/v1' ? Form : null));
    renderPage();
    await screen.findByTestId(testIds.workload.chart);
    await userEvent.click(screen.getByTestId(testIds.workload.openCopyPanel));
    expect(await screen.findByText('Add requests of checkout to a dashboard')).toBeInTheDocument();
  });

  it('switches the range in the address, each with its own time span, and the days’ peak or mean', async () => {
    renderPage('?from=1794990000000&to=1795090000000&resource=cpu');
    await screen.findByTestId(testIds.workload.chart);
    await userEvent.click(rangeChoice('Planning'));
    expect(screen.getByRole('status')).toHaveTextContent('?resource=cpu&range=planning');
    await screen.findByTestId(testIds.workload.chart);
    const last = () => backend.requests.filter(({ url }) => url.endsWith('/forecast')).at(-1)?.params ?? {};
    expect(last()).toMatchObject({ range: 'planning', aggregate: 'peak', resource: 'cpu' });
    expect(last().end - last().start).toBeGreaterThanOrEqual(180 * 86_400 - 7200);
    await userEvent.click(screen.getByRole('radio', { name: 'Daily mean' }));
    expect(last()).toMatchObject({ range: 'planning', aggregate: 'mean' });
    await userEvent.click(rangeChoice('Near'));
    expect(last()).toMatchObject({ range: 'near' });
    expect(last()).not.toHaveProperty('aggregate');
    expect(last().end - last().start).toBeLessThanOrEqual(4 * 3600 + 1);
    await userEvent.click(rangeChoice('Day'));
    expect(screen.getByRole('status')).toHaveTextContent('?resource=cpu');
    expect(last()).not.toHaveProperty('range');
  });

  it('opens on the range of the address, and on the day where that is none', async () => {
    renderPage('?range=near');
    await screen.findByTestId(testIds.workload.chart);
    expect(rangeChoice('Near')).toBeChecked();
    expect(screen.queryByTestId(testIds.workload.aggregate)).not.toBeInTheDocument();
  });

  it('takes any other range for the day', async () => {
    renderPage('?range=century&aggregate=');
    await screen.findByTestId(testIds.workload.chart);
    expect(rangeChoice('Day')).toBeChecked();
  });

  it('says how to declare a range that the workload has not, and asks for none', async () => {
    backend.on('/workloads/checkout', () => aDetail({ ranges: [aRange()] }));
    renderPage('?range=planning');
    expect(await screen.findByTestId(testIds.workload.rangeTrouble)).toHaveTextContent('Declare forecast.planning');
    expect(screen.queryByTestId(testIds.workload.chart)).not.toBeInTheDocument();
    expect(rangeChoice('Near')).toBeDisabled();
    expect(backend.requests.some(({ url }) => url.endsWith('/forecast'))).toBe(false);
  });

  it('says why a range has no forecast', async () => {
    const problem = 'requests has no planning forecast: 2 whole days are measured, it takes 14';
    const health = { state: 'failing', problem, lastSuccessAt: null } as const;
    backend.on('/workloads/checkout', () =>
      aDetail({ ranges: [aRange(), aRange({ range: 'planning', issuedAt: null, health, warnings: [problem] })] })
    );
    renderPage('?range=planning');
    const trouble = await screen.findByTestId(testIds.workload.rangeTrouble);
    expect(trouble).toHaveTextContent('Nothing new can be forecast at this range');
    expect(within(trouble).getAllByRole('listitem')).toHaveLength(1);
  });

  it('shows the near range’s own accuracy', async () => {
    const accuracy = [
      { resource: 'requests', model: 'near', lead: '15m', count: 7, crps: 0.1, mase: 0.2, coverage: { '0.8': 0.8 } },
    ];
    backend.on('/workloads/checkout', () => aDetail({ ranges: [aRange(), aRange({ range: 'near', accuracy })] }));
    renderPage('?range=near');
    expect(await screen.findByTestId(testIds.workload.accuracy)).toHaveTextContent('near');
  });

  it('has no lane where the resource has no capacity', async () => {
    backend.on('/forecast', () =>
      aForecast({
        capacity: aForecast().times.map(() => null),
        shortfallProbability: aForecast().times.map(() => null),
      })
    );
    renderPage();
    await screen.findByTestId(testIds.workload.chart);
    expect(screen.queryByTestId(testIds.workload.lane)).not.toBeInTheDocument();
  });

  it('gives the recommendation with its reasons, its plan, its tiers, and both choices', async () => {
    renderPage();
    const section = await screen.findByTestId(testIds.workload.recommendation);
    expect(section).toHaveTextContent('Raise to 9 replicas at the peak; 4 run now');
    expect(section).toHaveTextContent('Medium confidence');
    expect(section).toHaveTextContent('Demand peaks in 3 hours at 320 requests a second.');
    expect(within(section).getByRole('row', { name: 'At least one shortfall 34% 0.9%' })).toBeInTheDocument();
    expect(
      within(section).getByRole('row', { name: 'Cost, with that of shortfalls $11.50 $20.20' })
    ).toBeInTheDocument();
    expect(
      within(section).getByRole('row', { name: /^First above the accepted risk \d\d\/\d\d \d\d:\d\d \(in 3h\) none$/ })
    ).toBeInTheDocument();
    expect(section).toHaveTextContent('a floor of 7 replicas');
    expect(section).toHaveTextContent('5Committedneeded with near-certainty');
    expect(within(section).getByRole('row', { name: 'now 7' })).toBeInTheDocument();
    expect(section).toHaveTextContent('1% accepted in any 3min');
    expect(section).toHaveTextContent('1,000 simulated futures, seed 42');
  });

  it('folds a long plan', async () => {
    const replicas = Array.from({ length: 20 }, (_, index) => ({ at: NOW + index * 3600, count: index }));
    backend.on('/workloads/checkout', () =>
      aDetail({ recommendation: aRecommendation({ plan: { name: 'p', replicas } }) })
    );
    backend.on('/forecast', () => aForecast());
    renderPage();
    const table = await screen.findByRole('table', { name: 'Plan' });
    expect(within(table).getAllByRole('row')).toHaveLength(7);
    await userEvent.click(screen.getByRole('button', { name: 'Show all 20 steps' }));
    expect(within(table).getAllByRole('row')).toHaveLength(21);
  });

  it('says what a recommendation needs where there is none, and that costs are unknown', async () => {
    backend.on('/workloads/checkout', () => aDetail({ recommendation: null }));
    backend.on('/forecast', () => aForecast());
    renderPage();
    expect(await screen.findByTestId(testIds.workload.recommendation)).toHaveTextContent('There is none');
  });

  it('sets the accuracy beside seasonal-naive', async () => {
    renderPage();
    const section = await screen.findByTestId(testIds.workload.accuracy);
    expect(within(section).getAllByRole('row')).toHaveLength(2);
    expect(section).toHaveTextContent('requests1hmstl1.2 (1.9)0.8 (1.1)79% (70%)200');
  });

  it('says that nothing has been checked yet', async () => {
    backend.on('/workloads/checkout', () => aDetail({ accuracy: [] }));
    backend.on('/forecast', () => aForecast());
    renderPage();
    expect(await screen.findByTestId(testIds.workload.accuracy)).toHaveTextContent('No forecast has met its truth yet');
  });

  it('tells what is wrong with the workload and its warnings, each once', async () => {
    const summary = aWorkload({
      health: { state: 'stale', problem: 'prom: no new samples for 40 minutes', lastSuccessAt: NOW - 2400 },
      warnings: ['3 gaps were filled', '3 gaps were filled'],
    });
    backend.on('/workloads/checkout', () => aDetail({ summary }));
    backend.on('/forecast', () => aForecast());
    renderPage();
    expect(await screen.findByText('The forecast is out of date')).toBeInTheDocument();
    expect(screen.getByText('prom: no new samples for 40 minutes')).toBeInTheDocument();
    expect(screen.getAllByText('3 gaps were filled')).toHaveLength(1);
  });

  it('leads to Explore with the data source of the sidecar', async () => {
    standInDatasources([
      { uid: 'prom', name: 'Prometheus' },
      { uid: 'abc', name: 'Headroom' },
    ]);
    renderPage('?from=now-6h&to=now%2B6h');
    const href = (await screen.findByTestId(testIds.workload.explore)).getAttribute('href') ?? '';
    const panes: unknown = JSON.parse(new URLSearchParams(href.split('?')[1]).get('panes') ?? '');
    expect(panes).toMatchObject({
      headroom: {
        datasource: 'abc',
        range: { from: 'now-6h', to: 'now+6h' },
        queries: [
          { refId: 'A', expr: 'headroom_actual{workload="checkout", resource="requests"}' },
          { refId: 'B' },
          { refId: 'C' },
        ],
      },
    });
  });

  it("leads to Grafana's form for an alert rule on the coming day", async () => {
    standInDatasources([{ uid: 'abc', name: 'Headroom' }]);
    renderPage();
    const href = (await screen.findByTestId(testIds.workload.newAlertRule)).getAttribute('href') ?? '';
    const rule: unknown = JSON.parse(new URLSearchParams(href.split('?')[1]).get('defaults') ?? '');
    expect(rule).toMatchObject({
      name: 'Capacity shortfall of checkout predicted within 24 hours',
      queries: [{ datasourceUid: 'abc', relativeTimeRange: { from: 0, to: -86_400 } }, {}, {}],
    });
  });

  it('names a workload that does not exist', async () => {
    backend.on('/workloads/checkout', () => {
      throw fetchError(404, problem(404, 'API_NOT_FOUND', 'There is no workload checkout.', 'See /api/v1/workloads.'));
    });
    renderPage();
    const notice = await screen.findByTestId(testIds.states.failure);
    expect(notice).toHaveTextContent('There is no workload checkout.');
    expect(notice).toHaveTextContent('See /api/v1/workloads.');
    expect(notice).toHaveTextContent('API_NOT_FOUND');
  });

  it('shows the rest when the forecast alone fails', async () => {
    backend.on('/forecast', () => {
      throw fetchError(503, problem(503, 'STORAGE_UNAVAILABLE', 'The storage is busy.'));
    });
    renderPage();
    expect(await screen.findByTestId(testIds.states.failure)).toHaveTextContent('The storage is busy.');
    expect(screen.getByTestId(testIds.workload.recommendation)).toBeInTheDocument();
  });

  it('says so when nothing is known of a time range', async () => {
    backend.on('/forecast', () =>
      aForecast({
        times: [],
        values: aForecast().levels.map(() => []),
        mean: [],
        actual: [],
        capacity: [],
        shortfallProbability: [],
      })
    );
    renderPage();
    expect(await screen.findByText('Nothing is known of this time range.')).toBeInTheDocument();
  });
});
