import { fetchError, problem, renderAt, standInBackend, type StandInBackend } from '../../testing/standIns';
import React from 'react';
import { createDataFrame, FieldType, LoadingState, type DataQueryRequest, type DataQueryResponse } from '@grafana/data';
import { setDataSourceSrv, type DataSourceSrv } from '@grafana/runtime';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { of, type Observable } from 'rxjs';
import { aForecast } from '../../testing/fixtures';
import { testIds } from '../../testIds';
import Forecast from './Forecast';
import { readForecastParams } from './forecastParams';

let backend: StandInBackend;
let queries: DataQueryRequest[];

beforeEach(() => {
  backend = standInBackend();
  backend.on('/forecasts/preview', () => aForecast());
  queries = [];
});

type Answer = DataQueryResponse | Promise<DataQueryResponse> | Observable<DataQueryResponse>;

function standInDatasource(answer: () => Answer) {
  const datasource = {
    name: 'prom',
    query: (request: DataQueryRequest) => {
      queries.push(request);
      const given = answer();
      return 'data' in given ? Promise.resolve(given) : given;
    },
  };
  setDataSourceSrv({
    get: ({ uid }: { uid: string }) =>
      uid === 'prom' ? Promise.resolve(datasource) : Promise.reject(new Error(`Datasource ${uid} was not found`)),
  } as unknown as DataSourceSrv);
}

function aFrame(name: string, values: readonly number[]) {
  return createDataFrame({
    fields: [
      { name: 'Time', type: FieldType.time, values: values.map((_, index) => index * 900_000) },
      { name, type: FieldType.number, values: [...values], config: { unit: 'reqps' } },
    ],
  });
}

const QUERY = { refId: 'B', expr: 'up', instant: true, datasource: { type: 'prometheus', uid: 'prom' } };

function renderPage(query: unknown = QUERY, datasource = 'prom') {
  const params = new URLSearchParams({
    ds: datasource,
    query: JSON.stringify(query),
    title: 'Requests',
    from: 'now-6h',
  });
  return renderAt(`/forecast?${params.toString()}`, <Forecast />);
}

describe('Forecast', () => {
  it("asks the data source for the past as a range, and posts the series' own numbers", async () => {
    standInDatasource(() => ({ state: LoadingState.Done, data: [aFrame('requests', [1, 2, 3])] }));
    renderPage();
    expect(await screen.findByTestId(testIds.forecast.chart)).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Requests', level: 1 })).toBeInTheDocument();
    const [request] = queries;
    expect(request?.targets).toEqual([
      { ...QUERY, instant: false, range: true, exemplar: false, format: 'time_series' },
    ]);
    expect(request?.intervalMs).toBe(900_000);
    const seconds = ((request?.range.to.valueOf() ?? 0) - (request?.range.from.valueOf() ?? 0)) / 1000;
    expect(seconds).toBe(21 * 86_400);
    expect(backend.requests.at(-1)).toMatchObject({
      method: 'POST',
      data: { series: { start: 0, step: 900, values: [1, 2, 3] }, horizon: 96 },
    });
    expect(screen.getByText('Forecast by mstl from 3 points, 15min apart.')).toBeInTheDocument();
  });

  it('waits for data sources that answer in parts', async () => {
    standInDatasource(() =>
      of(
        { state: LoadingState.Loading, data: [aFrame('requests', [1, 2])] },
        { state: LoadingState.Done, data: [aFrame('requests', [1, 2, 3, 4])] }
      )
    );
    renderPage();
    await screen.findByTestId(testIds.forecast.chart);
    expect(backend.requests.at(-1)?.data).toMatchObject({ series: { values: [1, 2, 3, 4] } });
  });

  it('looks further ahead and learns from longer', async () => {
    standInDatasource(() => ({ state: LoadingState.Done, data: [aFrame('requests', [1, 2, 3])] }));
    renderPage();
    await screen.findByTestId(testIds.forecast.chart);
    await userEvent.click(screen.getByRole('radio', { name: '6 hours' }));
    await screen.findByTestId(testIds.forecast.chart);
    expect(backend.requests.at(-1)?.data).toMatchObject({ horizon: 24 });
    expect(queries).toHaveLength(1);
    await userEvent.click(screen.getByRole('radio', { name: '90 days' }));
    await screen.findByTestId(testIds.forecast.chart);
    expect(queries.at(-1)?.intervalMs).toBe(3_600_000);
  });

  it('lets one series of several be chosen', async () => {
    standInDatasource(() => ({ state: LoadingState.Done, data: [aFrame('a', [1, 2]), aFrame('b', [3, 4])] }));
    renderPage();
    await screen.findByTestId(testIds.forecast.chart);
    expect(screen.getByTestId(testIds.forecast.series)).toBeInTheDocument();
    expect(backend.requests.at(-1)?.data).toMatchObject({ series: { values: [1, 2] } });
  });

  it('keeps a query of another language as it is', async () => {
    standInDatasource(() => ({ state: LoadingState.Done, data: [aFrame('a', [1, 2])] }));
    renderPage({ refId: 'A', rawSql: 'SELECT 1' });
    await screen.findByTestId(testIds.forecast.chart);
    expect(queries[0]?.targets).toEqual([{ refId: 'A', rawSql: 'SELECT 1', datasource: { uid: 'prom' } }]);
  });

  it.each([
    [
      'an error in the answer',
      () => ({ data: [], error: { message: 'parse error at char 3' } }),
      'parse error at char 3',
    ],
    ['several errors', () => ({ data: [], errors: [{ message: 'first' }, { message: 'second' }] }), 'first'],
    ['a rejected query', () => Promise.reject(fetchError(400, { message: 'bad request' })), 'bad request'],
  ])('tells %s of the data source', async (_name, answer, message) => {
    standInDatasource(answer as () => Answer);
    renderPage();
    expect(await screen.findByTestId(testIds.states.failure)).toHaveTextContent(message);
  });

  it('tells that a data source is gone', async () => {
    standInDatasource(() => ({ data: [] }));
    renderPage(QUERY, 'gone');
    expect(await screen.findByTestId(testIds.states.failure)).toHaveTextContent('Datasource gone was not found');
  });

  it('says when the query has no numbers over time', async () => {
    standInDatasource(() => ({ state: LoadingState.Done, data: [] }));
    renderPage();
    expect(await screen.findByTestId(testIds.states.empty)).toHaveTextContent(
      'The query has no numbers over time in the last 21 days'
    );
  });

  it("hands over the sidecar's reason", async () => {
    standInDatasource(() => ({ state: LoadingState.Done, data: [aFrame('requests', [1, 2, 3])] }));
    backend.on('/forecasts/preview', () => {
      throw fetchError(422, problem(422, 'FORECAST_HISTORY_SHORT', 'Three points are too few.', 'Learn from longer.'));
    });
    renderPage();
    const notice = await screen.findByTestId(testIds.states.failure);
    expect(notice).toHaveTextContent('Three points are too few.');
    expect(notice).toHaveTextContent('Learn from longer.');
  });

  it('explains itself where the address names no query', async () => {
    renderAt('/forecast', <Forecast />);
    expect(await screen.findByTestId(testIds.states.empty)).toHaveTextContent('Choose a panel to forecast');
  });
});

describe('readForecastParams', () => {
  it.each(['', 'ds=prom', 'ds=prom&query=%7B', 'ds=prom&query=3', 'ds=prom&query=%5B%5D', 'ds=&query=%7B%7D'])(
    'is nothing for the address %p',
    (search) => {
      expect(readForecastParams(new URLSearchParams(search))).toBeNull();
    }
  );
});
