import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import { Client, credentials } from '@grpc/grpc-js';
import { fastify } from 'fastify';
import { parseAllDocuments, stringify } from 'yaml';
import { freePort } from '../../backend/exams/freePort.ts';
import { prometheusRoutes } from '../../backend/http/index.ts';
import { EXTERNAL_SCALER, type GetMetricsResponse } from '../../backend/http/keda/externalScaler.ts';
import { exampleFleet } from '../../backend/http/prometheus/fleet/exampleFleet.ts';
import { startSidecarProcess, type SidecarProcess } from '../../backend/sidecarProcess.fixture.ts';
import { demoWorkloads } from '../../backend/sources/index.ts';

const READY_WITHIN_MS = 300_000;

interface ScaledObject {
  readonly kind: string;
  readonly spec: {
    readonly minReplicaCount: number;
    readonly fallback: { readonly behavior: string };
    readonly triggers: ReadonlyArray<{ readonly type: string; readonly metadata: Readonly<Record<string, string>> }>;
  };
}

interface AdapterRule {
  readonly seriesQuery: string;
  readonly name: { readonly as: string };
  readonly metricsQuery: string;
}

interface HpaMetric {
  readonly type: string;
  readonly external?: {
    readonly metric: { readonly name: string; readonly selector: { readonly matchLabels: Record<string, string> } };
    readonly target: { readonly averageValue: string };
  };
}

async function documentsOf<T>(name: string): Promise<T[]> {
  const text = await readFile(new URL(`../examples/${name}.yaml`, import.meta.url), 'utf8');
  return parseAllDocuments(text).map((document) => {
    assert.deepEqual(document.errors, [], name);
    return document.toJS() as T;
  });
}

const [external, prometheus, metricsApi] = await Promise.all(
  ['keda-external', 'keda-prometheus', 'keda-metrics-api'].map(async (name) =>
    (await documentsOf<ScaledObject>(name)).find(({ kind }) => kind === 'ScaledObject')!
  )
);
const [adapter] = await documentsOf<{ readonly rules: { readonly external: readonly AdapterRule[] } }>(
  'prometheus-adapter'
);
const [hpa] = await documentsOf<{ readonly spec: { readonly metrics: readonly HpaMetric[] } }>('hpa');
const [rule] = adapter!.rules.external;
const ahead = hpa!.spec.metrics.find(({ type }) => type === 'External')!.external!;

const metadataOf = (object: ScaledObject | undefined): Readonly<Record<string, string>> =>
  object!.spec.triggers[0]!.metadata;
const apiUrl = new URL(metadataOf(metricsApi)['url']!);
/** As prometheus-adapter fills its template. */
const adapterQuery = rule!.metricsQuery.replaceAll('<<.Series>>', 'headroom_recommended_replicas').replaceAll(
  '<<.LabelMatchers>>',
  Object.entries(ahead.metric.selector.matchLabels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')
);
const QUERIES = {
  prometheus: metadataOf(prometheus)['query']!,
  'metrics-api': apiUrl.searchParams.get('query')!,
  'prometheus-adapter': adapterQuery,
};

/** What stands at a path of KEDA's `valueLocation`; `undefined`, which KEDA calls an error, where nothing does. */
function valueAt(body: unknown, location: string): unknown {
  return location
    .split('.')
    .reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], body);
}

describe('recipes for autoscalers', () => {
  it('never fall back to fewer replicas, nor to none', () => {
    for (const object of [external, prometheus, metricsApi]) {
      assert.equal(object!.spec.fallback.behavior, 'currentReplicasIfHigher');
      assert.ok(object!.spec.minReplicaCount >= 1);
    }
    assert.equal(metadataOf(prometheus)['ignoreNullValues'], 'false');
    assert.equal(ahead.metric.name, rule!.name.as);
    assert.deepEqual(
      [metadataOf(prometheus)['threshold'], metadataOf(metricsApi)['targetValue'], ahead.target.averageValue],
      ['1', '1', '1']
    );
  });

  for (const [state, expected] of [
    ['ok', '7'],
    ['stale', undefined],
    ['failing', undefined],
  ] as const) {
    for (const [recipe, text] of Object.entries(QUERIES)) {
      it(`${recipe} has ${expected ?? 'no'} answer for a workload that is ${state}`, async () => {
        const nowSeconds = 1_790_000_123;
        const view = { health: { state, problem: null, lastSuccessAt: nowSeconds } };
        const app = fastify();
        const fleet = exampleFleet({ nowSeconds, view });
        const access = { tokens: new Map(), isReadPublic: true };
        await app.register((scope) => prometheusRoutes(scope, { fleet, access, version: '0.1.0' }));
        const query = text.replaceAll('"checkout"', '"shop-0"');
        const time = new Date(nowSeconds * 1000).toISOString().replace('.000', '');
        const response = await app.inject({
          url: `/prometheus/api/v1/query?query=${encodeURIComponent(query)}&time=${time}`,
        });
        assert.equal(valueAt(response.json(), metadataOf(metricsApi)['valueLocation']!), expected);
      });
    }
  }
});

describe('recipes for autoscalers, asked of a running sidecar', () => {
  let folder: string;
  let sidecar: SidecarProcess;
  let kedaPort: number;

  async function answerOf(path: string, query: string): Promise<unknown> {
    return await (await fetch(`${sidecar.url}${path}?query=${encodeURIComponent(query)}`)).json();
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headroom-recipes-'));
    kedaPort = await freePort();
    const { workloads, ...demo } = demoWorkloads();
    const config = join(folder, 'workloads.yaml');
    await writeFile(config, stringify({ ...demo, workloads: workloads.filter(({ name }) => name === 'checkout') }));
    sidecar = await startSidecarProcess(['serve', '--config', config], {
      HEADROOM_DATA_DIR: folder,
      HEADROOM_KEDA_LISTEN: `127.0.0.1:${String(kedaPort)}`,
    });
    const until = Date.now() + READY_WITHIN_MS;
    while (valueAt(await answerOf(apiUrl.pathname, QUERIES.prometheus), 'data.result.0') === undefined) {
      assert.ok(Date.now() < until, 'the demo has no recommendation of checkout');
      await delay(500);
    }
  });
  after(async () => {
    await sidecar.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('metrics-api finds one number, and nothing for a workload that is unknown', async () => {
    const location = metadataOf(metricsApi)['valueLocation']!;
    const query = QUERIES['metrics-api'];
    const found = valueAt(await answerOf(apiUrl.pathname, query), location);
    assert.ok(Number(found) >= 1, String(found));
    assert.equal(valueAt(await answerOf(apiUrl.pathname, query.replaceAll('checkout', 'nobody')), location), undefined);
    const same = (await (await fetch(`${sidecar.url}${apiUrl.pathname}${apiUrl.search}`)).json()) as object;
    assert.ok(Number(valueAt(same, location)) >= 1);
  });

  it('prometheus asks under the address that it names', async () => {
    const { pathname } = new URL(metadataOf(prometheus)['serverAddress']!);
    const found = await answerOf(`${pathname}/api/v1/query`, QUERIES.prometheus);
    assert.equal((valueAt(found, 'data.result') as unknown[]).length, 1);
    assert.ok(Number(valueAt(found, 'data.result.0.value.1')) >= 1);
  });

  it('prometheus-adapter lists the series and gets one value for the HPA', async () => {
    const listed = await fetch(
      `${sidecar.url}/prometheus/api/v1/series?${new URLSearchParams({
        'match[]': rule!.seriesQuery,
        start: String(Date.now() / 1000 - 600),
      }).toString()}`
    );
    const series = (await listed.json()) as { readonly data: ReadonlyArray<Readonly<Record<string, string>>> };
    assert.ok(series.data.some(({ workload, kind }) => workload === 'checkout' && kind === 'total'));
    const found = await answerOf('/prometheus/api/v1/query', adapterQuery);
    const values = valueAt(found, 'data.result') as ReadonlyArray<{ readonly metric: object }>;
    assert.deepEqual(
      values.map(({ metric }) => metric),
      [ahead.metric.selector.matchLabels]
    );
  });

  it('the external scaler answers what the trigger asks', async () => {
    const client = new Client(`127.0.0.1:${String(kedaPort)}`, credentials.createInsecure());
    const { path, requestSerialize, responseDeserialize } = EXTERNAL_SCALER.GetMetrics;
    const scaledObjectRef = { name: 'checkout', namespace: 'default', scalerMetadata: metadataOf(external) };
    try {
      const { metricValues } = await new Promise<GetMetricsResponse>((resolve, reject) => {
        const request = { scaledObjectRef, metricName: 'headroom' };
        client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, answer) => {
          if (error === null) {
            resolve(answer!);
          } else {
            reject(error);
          }
        });
      });
      assert.ok(metricValues[0]!.metricValueFloat >= 1);
    } finally {
      client.close();
    }
  });

  it('a sidecar that is gone is an error to each of them, and no number', async () => {
    await sidecar.kill();
    for (const query of Object.values(QUERIES)) {
      await assert.rejects(answerOf('/prometheus/api/v1/query', query));
    }
  });
});
