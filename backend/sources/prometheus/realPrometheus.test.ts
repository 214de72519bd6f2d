import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { prometheusMissing, startPrometheus, type PrometheusServer } from '../../exams/prometheusServer.ts';
import { sourceExam } from '../../exams/source.ts';
import type { HistorySource } from '../../forecasting/index.ts';
import { gridEnd, timeAt, type TimeGrid } from '../../timeseries/index.ts';
import { createSource } from '../createSource.ts';
import { testDeps } from '../http/loopback.fixture.ts';

const skip = prometheusMissing();
const never = new AbortController().signal;

/** Over 11,000 points, so that reading it whole takes more than one request. */
const GRID: TimeGrid = { startSeconds: 1_790_000_100, stepSeconds: 60, length: 12_000 };

function load(time: number): number {
  const index = Math.round((time - GRID.startSeconds) / GRID.stepSeconds);
  const isInside = index >= 0 && index < GRID.length;
  const isGap = index % 1000 < 20 || index % 77 === 5;
  return isInside && !isGap ? 100 + ((index * 37) % 101) / 4 : Number.NaN;
}

function openMetrics(): string {
  const rows: string[] = ['# TYPE load gauge'];
  const write = (series: string, value: (time: number, index: number) => number) => {
    for (let index = 0; index < GRID.length; index++) {
      const time = timeAt(GRID, index);
      const text = value(time, index);
      rows.push(...(Number.isNaN(text) ? [] : [`${series} ${text} ${time}`]));
    }
  };
  write('load', load);
  rows.push('# TYPE calls gauge');
  write('calls{application="app"}', (_, index) => (index < 300 ? 1 : Number.NaN));
  write('calls{application="web"}', (_, index) => (index < 300 ? 2 : Number.NaN));
  rows.push('# TYPE served counter');
  write('served_total', (_, index) => (index < 300 ? (index % 200) * 60 : Number.NaN));
  return [...rows, '# EOF', ''].join('\n');
}

describe("Debian's Prometheus, read by PrometheusSource", { skip }, () => {
  let server: PrometheusServer | undefined;
  let url = '';

  before(async () => {
    server = await startPrometheus(openMetrics());
    url = server.url;
  });

  after(() => server?.stop());

  const open = (): HistorySource => createSource({ name: 'prom', type: 'prometheus', url }, testDeps());

  // Over 59 s there is the sample at the instant itself or none: no lookback of five minutes fills the gaps.
  const exact = { query: 'last_over_time(load[59s])' };

  sourceExam(
    'PrometheusSource on a real server',
    () =>
      Promise.resolve({
        source: open(),
        query: exact,
        grid: GRID,
        truth: load,
        emptyGrid: { ...GRID, startSeconds: gridEnd(GRID) + 86_400, length: 100 },
        unknownQuery: { query: 'nothing_of_that_name' },
        dispose: () => Promise.resolve(),
      }),
    { breakDown: 'the server is shared; the last test stops it' }
  );

  test('fills short gaps by lookback and leaves long ones', async () => {
    const { series } = await open().history({ query: 'load' }, { ...GRID, length: 2000 }, never);
    const { values } = series[0]!.series;
    assert.equal(values[82], load(timeAt(GRID, 81)));
    assert.ok(Number.isNaN(values[1015]));
    assert.equal(values[1020], load(timeAt(GRID, 1020)));
  });

  test('splits by a label, warns of more series than one, and of a raw counter', async () => {
    const source = open();
    const grid = { ...GRID, length: 300 };
    const split = await source.history({ query: 'calls', by: 'application' }, grid, never);
    assert.deepEqual(
      split.series.map(({ labels, series }) => [labels['application'], series.values[299]]),
      [
        ['app', 1],
        ['web', 2],
      ]
    );
    assert.deepEqual(split.warnings, []);
    assert.match((await source.history({ query: 'calls' }, grid, never)).warnings[0]!, /2 series/);
    assert.match(
      (await source.history({ query: 'served_total' }, grid, never)).warnings[0]!,
      /raw counter with 1 reset/
    );
    const rate = await source.history({ query: 'rate(served_total[5m])' }, grid, never);
    assert.deepEqual(rate.warnings, []);
    assert.ok(Math.abs(rate.series[0]!.series.values[150]! - 1) < 1e-9);
  });

  test("refuses a query with the server's own words", async () => {
    await assert.rejects(open().history({ query: 'sum(load' }, { ...GRID, length: 5 }, never), {
      code: 'SOURCE_QUERY_INVALID',
      message: /sum\(load: .*parse error: unclosed left parenthesis/,
    });
    await assert.rejects(open().history({ query: 'load[5m]' }, { ...GRID, length: 5 }, never), {
      code: 'SOURCE_QUERY_INVALID',
      message: /must be Scalar or instant Vector/,
    });
  });

  test('is unreachable once it has stopped', async () => {
    const source = open();
    await source.history(exact, { ...GRID, length: 5 }, never);
    await server?.stop();
    await assert.rejects(source.history(exact, { ...GRID, length: 5 }, never), { code: 'SOURCE_UNREACHABLE' });
    assert.equal((await source.check(never)).isHealthy, false);
    await source.close();
  });
});
