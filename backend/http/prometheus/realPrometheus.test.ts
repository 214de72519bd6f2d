import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { fastify, type FastifyInstance } from 'fastify';
import { openMetrics } from '../../exams/openMetrics.ts';
import { promqlQuery, queryTestSeries } from '../../exams/promqlQuery.ts';
import { prometheusMissing, startPrometheus, type PrometheusServer } from '../../exams/prometheusServer.ts';
import { HeadroomError } from '../../errors/index.ts';
import { evaluateRange, LabelSet, MemorySamples, parseExpression } from '../../promql/index.ts';
import { almostEqual } from '../../promql/testNotation/almostEqual.ts';
import { seededRandom } from '../../random/index.ts';
import { exampleFleet } from './fleet/exampleFleet.ts';
import { printRules, prometheusRoutes, remoteReadAlerts, remoteReadConfig } from './index.ts';

const skip = prometheusMissing();
const DAY = 86_400;

interface Reply {
  readonly data: {
    readonly result: ReadonlyArray<{
      readonly metric: Record<string, string>;
      readonly value?: readonly [number, string];
      readonly values?: ReadonlyArray<readonly [number, string]>;
    }>;
  };
}

/** What a query answers, by labels. */
async function ask(
  server: Pick<PrometheusServer, 'get'>,
  path: string,
  parameters: Readonly<Record<string, string>>
): Promise<ReadonlyMap<string, ReadonlyArray<readonly [number, string]>>> {
  const { data } = (await server.get(path, parameters)) as Reply;
  return new Map(
    data.result.map(({ metric, value, values }) => [
      LabelSet.from(metric).key,
      values ?? (value === undefined ? [] : [value]),
    ])
  );
}

describe("a real Prometheus that reads Headroom's future", { skip }, () => {
  const now = Math.floor(Date.now() / 1000);
  let app: FastifyInstance;
  let direct: Pick<PrometheusServer, 'get'>;
  let prometheus: PrometheusServer;

  before(async () => {
    app = fastify();
    const fleet = exampleFleet({ nowSeconds: now, workloadCount: 3 });
    const access = { tokens: new Map(), isReadPublic: true };
    await app.register((scope) => prometheusRoutes(scope, { fleet, access, version: '0.1.0' }));
    await app.listen({ host: '127.0.0.1', port: 0 });
    const url = `http://127.0.0.1:${String((app.server.address() as AddressInfo).port)}`;
    direct = {
      get: async (path, parameters) =>
        await (await fetch(`${url}/prometheus${path}?${new URLSearchParams(parameters).toString()}`)).json(),
    };
    prometheus = await startPrometheus(
      ['# TYPE team gauge', `team{workload="shop-0",team="payments"} 1 ${String(now - 60)}`, '# EOF\n'].join('\n')
    );
    const alerts = remoteReadAlerts();
    const immediate = { ...alerts, interval: '1s', rules: alerts.rules.map((rule) => ({ ...rule, for: '0s' })) };
    const config = `rule_files: [rules.yml]\n${remoteReadConfig({ url })}`;
    await prometheus.configure(config, { 'rules.yml': printRules([immediate]) });
  });

  after(async () => {
    await prometheus.stop();
    await app.close();
  });

  it('answers at an instant six hours ahead', async () => {
    const parameters = { query: 'headroom_forecast{quantile="0.9",workload="shop-1"}', time: String(now + 6 * 3600) };
    const ahead = await ask(prometheus, '/api/v1/query', parameters);
    assert.equal(ahead.size, 1);
    assert.deepEqual(ahead, await ask(direct, '/api/v1/query', parameters));
  });

  it('answers as Headroom itself does, in the past and in the future, with functions and joins', async () => {
    for (const query of [
      'headroom_forecast{quantile="0.5"}',
      'headroom_actual',
      'headroom_capacity - on (workload) headroom_forecast_mean',
      'max_over_time(headroom_forecast_mean[59m])',
      'sum by (quantile) (headroom_forecast)',
      'headroom_shortfall_probability{resource=~"any|cpu"} > 0.1',
      'headroom_recommended_replicas{kind!="burst"}',
      'headroom_shortfall_probability_window{window="24h"}',
      'topk(2, headroom_cost_hourly)',
    ]) {
      // Off the forecast's grid, since the ranges of 2.42 are closed on the left.
      const parameters = { query, start: String(now - 7200 + 17), end: String(now + DAY - 600), step: '1800' };
      const expected = await ask(direct, '/api/v1/query_range', parameters);
      assert.ok(expected.size > 0, query);
      assert.deepEqual(await ask(prometheus, '/api/v1/query_range', parameters), expected, query);
    }
  });

  it('joins the future with a series of its own', async () => {
    const query = `headroom_forecast{quantile="0.9"} * on (workload) group_left (team) (team @ ${String(now)})`;
    const { data } = (await prometheus.get('/api/v1/query', { query, time: String(now + 3600) })) as Reply;
    assert.deepEqual(
      data.result.map(({ metric }) => [metric['workload'], metric['team']]),
      [['shop-0', 'payments']]
    );
  });

  it('fires an alert on a shortfall that is still to come', async () => {
    const deadline = AbortSignal.timeout(20_000);
    for (;;) {
      const { data } = (await prometheus.get('/api/v1/alerts', {})) as {
        readonly data: {
          readonly alerts: ReadonlyArray<{ readonly state: string; readonly labels: Record<string, string> }>;
        };
      };
      const firing = data.alerts.filter(({ state, labels }) => state === 'firing' && labels['workload'] === 'shop-2');
      if (firing.some(({ labels }) => labels['alertname'] === 'HeadroomPredictedShortfall')) {
        assert.ok(firing.every(({ labels }) => labels['alertname'] !== 'HeadroomForecastMissing'));
        return;
      }
      deadline.throwIfAborted();
      await pause(50);
    }
  });
});

describe('the evaluator beside a real Prometheus on the same samples', { skip }, () => {
  const samples = new MemorySamples();
  const series = queryTestSeries(seededRandom(3));
  let prometheus: PrometheusServer;

  before(async () => {
    for (const { labels, timestamps, values } of series) {
      samples.store(LabelSet.from(labels), { timestamps, values });
    }
    prometheus = await startPrometheus(openMetrics(series));
  });

  after(async () => {
    await prometheus.stop();
  });

  it('has the same labels, times and values, and fails where it fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        promqlQuery({ isPortable: true }),
        fc.integer({ min: 0, max: 3600 }),
        fc.constantFrom(15, 37, 300),
        async (query, startSeconds, stepSeconds) => {
          const [start, end] = [startSeconds + 0.001, startSeconds + 0.001 + 10 * stepSeconds];
          const ours = await rangeOf(query, start * 1000, end * 1000, stepSeconds * 1000);
          const theirs = await peerRange(query, start, end, stepSeconds);
          assert.equal(ours === undefined, theirs === undefined, 'one of them failed');
          assert.deepEqual([...(ours ?? new Map()).keys()].sort(), [...(theirs ?? new Map()).keys()].sort());
          for (const [key, points] of theirs ?? []) {
            const own = ours?.get(key) ?? [];
            assert.deepEqual(
              own.map(([time]) => time),
              points.map(([time]) => time)
            );
            for (const [i, [time, value]] of points.entries()) {
              const actual = own[i]![1];
              assert.ok(
                almostEqual(actual, value, 1e-9) || Math.abs(actual - value) < 1e-9,
                `${key} at ${time}: ${actual} and ${value}`
              );
            }
          }
        }
      ),
      { numRuns: 1000 }
    );
  });

  type Points = ReadonlyMap<string, ReadonlyArray<readonly [number, number]>>;

  async function rangeOf(query: string, startMs: number, endMs: number, stepMs: number): Promise<Points | undefined> {
    try {
      const { value } = await evaluateRange(
        samples,
        parseExpression(query),
        Math.round(startMs),
        Math.round(endMs),
        stepMs
      );
      assert.equal(value.type, 'matrix');
      return new Map(
        value.series.map(({ labels, timestamps, values }) => [
          labels.key,
          Array.from(timestamps, (time, i) => [time / 1000, values[i]!] as const),
        ])
      );
    } catch (error) {
      assert.ok(error instanceof HeadroomError && error.status === 422, String(error));
      return undefined;
    }
  }

  async function peerRange(query: string, start: number, end: number, step: number): Promise<Points | undefined> {
    const parameters = { query, start: String(start), end: String(end), step: String(step) };
    const response = await fetch(`${prometheus.url}/api/v1/query_range?${new URLSearchParams(parameters).toString()}`);
    if (response.status === 422) {
      await response.text();
      return undefined;
    }
    assert.equal(response.status, 200, query);
    const { data } = (await response.json()) as Reply;
    return new Map(
      data.result.map(({ metric, values = [] }) => [
        LabelSet.from(metric).key,
        values.map(([time, text]) => [time, Number(text.replace('Inf', 'Infinity'))] as const),
      ])
    );
  }
});
