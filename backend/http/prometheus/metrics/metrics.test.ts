import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { fastify } from 'fastify';
import { prometheusMissing } from '../../../exams/prometheusServer.ts';
import type { FleetView, WorkloadView } from '../../../control/index.ts';
import { exampleFleet } from '../fleet/exampleFleet.ts';
import { metricsRoute, routeOf, type MetricsDeps } from './metricsRoute.ts';
import { createSidecarMetrics } from './sidecarMetrics.ts';
import { workloadMetrics } from './workloadMetrics.ts';

const NOW = 1_790_000_123;

async function scrape(deps: Partial<MetricsDeps> = {}): Promise<string> {
  const app = fastify();
  const metrics = createSidecarMetrics('0.1.0');
  const fleet = exampleFleet({ nowSeconds: NOW });
  const access = { tokens: new Map(), isReadPublic: true };
  await app.register((scope) => metricsRoute(scope, { fleet, access, metrics, ...deps }));
  const response = await app.inject('/metrics');
  assert.equal(response.statusCode, 200, response.body);
  assert.match(String(response.headers['content-type']), /^text\/plain; version=0\.0\.4/);
  return response.body;
}

describe('/metrics', () => {
  it('shows the present and the horizons under names of their own', async () => {
    const lines = (await scrape()).split('\n').filter((line) => line.startsWith('headroom_horizon_forecast{'));
    assert.equal(lines.length, 15 * 5);
    for (const horizon of ['0s', '15m', '1h', '6h', '24h']) {
      const line = lines.find((one) => one.includes('quantile="0.9"') && one.includes(`horizon="${horizon}"`));
      assert.match(line ?? '', /account="acme",.*workload="shop-0".* \d+(\.\d+)?$/);
    }
  });

  it('leaves out what has no value, and never shows NaN for it', async () => {
    const text = await scrape();
    assert.doesNotMatch(text, /headroom_horizon_\w+\{[^}]*\} (NaN|Nan)/);
    assert.doesNotMatch(text, /headroom_horizon_actual\{[^}]*horizon="1h"/);
    assert.match(text, /headroom_horizon_actual\{[^}]*horizon="0s"/);
  });

  it('shows the features of the present', async () => {
    const lines = (await scrape()).split('\n').filter((line) => line.startsWith('headroom_horizon_feature{'));
    assert.ok(lines.length > 20);
    assert.ok(lines.every((line) => line.includes('horizon="0s"')));
    assert.ok(lines.some((line) => line.includes('feature="mean_1h"')));
  });

  it('shows what learning and KPIs tell: savings of the plan at the horizons, the SLO as it was', async () => {
    const linesOf = (text: string, metric: string) =>
      text.split('\n').filter((line) => line.startsWith(`headroom_horizon_${metric}{`));
    const text = await scrape();
    const savings = linesOf(text, 'savings_hourly');
    const horizonsOf = (lines: readonly string[]) =>
      new Set(lines.map((line) => /horizon="(\w+)"/.exec(line)?.[1] ?? ''));
    assert.ok(horizonsOf(savings).has('1h') && horizonsOf(savings).has('6h'), savings.join('\n'));
    assert.deepEqual(linesOf(text, 'slo_attainment'), [], 'no SLO is declared');
    const fleet = exampleFleet({ nowSeconds: NOW });
    const kept = fleet.workloads().map((view): WorkloadView => {
      const { grid, values } = [...view.actual.values()][0]!;
      const config = { ...view.config, slo: { latencySeconds: 0.3, objective: 0.99 } };
      const latency = { grid, values: values.map((_, step) => (step % 4 === 0 ? 0.4 : 0.2)) };
      return { ...view, config, latency, errors: { grid, values: values.map(() => 0) } };
    });
    const withSlo: FleetView = {
      nowSeconds: () => NOW,
      workloads: () => kept,
      workload: (name) => kept.find(({ config }) => config.name === name),
      pastOutlooks: (...asked) => fleet.pastOutlooks(...asked),
    };
    const attained = linesOf(await scrape({ fleet: withSlo }), 'slo_attainment');
    assert.ok(attained.length > 0 && attained.every((line) => / 0\.7[45]\d*$/.test(line)), attained.join('\n'));
    assert.deepEqual([...horizonsOf(attained)], ['0s']);
    for (const metric of ['forecast_error', 'forecast_coverage']) {
      const lines = linesOf(text, metric);
      assert.ok(lines.length > 0, metric);
      assert.ok(horizonsOf(lines).has('0s'), lines.join('\n'));
    }
  });

  it("shows the sidecar's own health", async () => {
    const metrics = createSidecarMetrics('9.9.9');
    metrics.hooks.forecastSeconds(0.2);
    metrics.hooks.simulationSeconds(0.3);
    metrics.hooks.fitSeconds(4);
    metrics.hooks.sourceError('prom', 'refused');
    metrics.hooks.sourceSuccess('prom', NOW);
    metrics.hooks.workloadSuccess('shop-0', NOW);
    metrics.request('/api/v1/workloads', 'GET', 200, 0.01);
    metrics.action('scale', 'done');
    metrics.watchQueue('compute', () => 3);
    metrics.event({ atSeconds: NOW, level: 'error', what: 'storage', code: 'STORAGE_FULL', message: 'refused' });
    metrics.event({ atSeconds: NOW, level: 'info', what: 'start', message: 'refused' });
    await assert.rejects(metrics.turn('near', () => Promise.reject(new Error('refused'))));
    metrics.watchState(() => ({
      config: { problem: 'refused', loadedAtSeconds: 1_790_000_000 },
      storage: { kind: 'sqlite', problem: null, bytes: 4096 },
    }));
    const text = await scrape({ metrics });
    for (const line of [
      /^headroom_build_info\{version="9\.9\.9",node="v\d+/m,
      /^headroom_forecast_duration_seconds_count 1$/m,
      /^headroom_simulation_duration_seconds_sum 0\.3$/m,
      /^headroom_training_duration_seconds_count 1$/m,
      /^headroom_source_errors_total\{source="prom"\} 1$/m,
      /^headroom_source_last_success_timestamp_seconds\{source="prom"\} 1790000123$/m,
      /^headroom_outlooks_total 1$/m,
      /^headroom_errors_total\{code="STORAGE_FULL",level="error"\} 1$/m,
      /^headroom_turn_duration_seconds_count\{range="near"\} 1$/m,
      /^headroom_config_last_reload_successful 0$/m,
      /^headroom_config_last_reload_success_timestamp_seconds 1790000000$/m,
      /^headroom_storage_up\{kind="sqlite"\} 1$/m,
      /^headroom_storage_size_bytes\{kind="sqlite"\} 4096$/m,
      /^headroom_request_duration_seconds_count\{route="\/api\/v1\/workloads",method="GET",status="200"\} 1$/m,
      /^headroom_actions_total\{kind="scale",outcome="done"\} 1$/m,
      /^headroom_queue_depth\{queue="compute"\} 3$/m,
    ]) {
      assert.match(text, line);
    }
    assert.doesNotMatch(text, /refused/);
    assert.doesNotMatch(text, /headroom_errors_total\{[^}]*INTERNAL/);
    assert.doesNotMatch(await scrape(), /^headroom_(config|storage)_/m);
  });

  it('tells of each workload what stands, with the labels that route an alert, and leaves out what is unknown', async () => {
    const text = await scrape({
      fleet: exampleFleet({
        nowSeconds: NOW,
        view: {
          health: { state: 'stale', problem: 'a "quoted" problem', lastSuccessAt: NOW - 60 },
          warnings: ['a', 'a'],
        },
      }),
    });
    const own = 'workload="shop-0",account="acme",tier="gold",industry="retail",region=""';
    for (const line of [
      `headroom_workload_last_success_timestamp_seconds{${own},source="demo"} ${String(NOW - 60)}`,
      `headroom_workload_health{${own},state="stale"} 1`,
      `headroom_workload_warnings{${own}} 1`,
      `headroom_workload_replicas{${own}} 10`,
    ]) {
      assert.ok(text.split('\n').includes(line), line);
    }
    assert.doesNotMatch(text, /headroom_workload_(drift|recommendation|plan)|quoted/);
  });

  it('escapes labels of workloads', async () => {
    const fleet = exampleFleet({ nowSeconds: NOW });
    const [view] = fleet.workloads();
    assert.ok(view !== undefined);
    const odd = { ...view, config: { ...view.config, account: { ...view.config.account, name: 'a"b\\c\nd' } } };
    const text = await workloadMetrics({ ...fleet, workloads: () => [odd] });
    assert.match(text, /account="a\\"b\\\\c\\nd"/);
  });

  it('needs a token where there are any', async () => {
    const app = fastify();
    const access = { tokens: new Map([['t', 'read' as const]]), isReadPublic: false };
    const fleet = exampleFleet({ nowSeconds: NOW });
    await app.register((scope) => metricsRoute(scope, { fleet, access, metrics: createSidecarMetrics('0') }));
    assert.notEqual((await app.inject('/metrics')).statusCode, 200);
    assert.equal((await app.inject({ url: '/metrics', headers: { authorization: 'Bearer t' } })).statusCode, 200);
  });

  it('counts every request of the server by a bounded number of routes', async () => {
    const app = fastify();
    const metrics = createSidecarMetrics('0');
    const access = { tokens: new Map(), isReadPublic: true };
    await app.register((scope) => metricsRoute(scope, { fleet: exampleFleet({ nowSeconds: NOW }), access, metrics }));
    await app.listen({ host: '127.0.0.1', port: 0 });
    const url = `http://127.0.0.1:${String((app.server.address() as AddressInfo).port)}`;
    await (await fetch(`${url}/nowhere`)).text();
    const text = await (await fetch(`${url}/metrics`)).text();
    await app.close();
    assert.match(text, /headroom_request_duration_seconds_count\{route="other",method="GET",status="404"\} 1/);
    assert.equal(routeOf('/prometheus/api/v1/label/x/values?limit=1'), '/prometheus/api/v1/label');
    assert.equal(routeOf('/api/plugin-proxy/headroom-capacity-app/sidecar/api/v1/workloads/shop'), '/api/v1/workloads');
    assert.equal(routeOf('/api/plugin-proxy/headroom-capacity-app/scale/api/v1/pause'), '/api/v1/pause');
    assert.equal(routeOf('/api/v1/made_up'), 'other');
    assert.equal(routeOf('/readyz'), '/readyz');
  });

  it('is what promtool accepts', { skip: prometheusMissing() }, async () => {
    const input = (await scrape()).replace(/^(?!#|headroom_).*\n/gm, '').replace(/^# \w+ (?!headroom_).*\n/gm, '');
    const { status, stderr } = spawnSync('/usr/bin/promtool', ['check', 'metrics'], { input, encoding: 'utf8' });
    // 1 is unreadable, 3 a matter of taste: promtool wants the label quantile on summaries only.
    assert.ok(status === 0 || status === 3, stderr);
    assert.deepEqual(
      stderr.split('\n').filter((line) => line !== '' && !line.endsWith('should not have "quantile" label')),
      []
    );
  });
});
