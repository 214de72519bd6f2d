import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fastify, type FastifyInstance, type InjectOptions } from 'fastify';
import { promqlQuery, queryTestSeries } from '../../exams/promqlQuery.ts';
import { LabelSet, MemorySamples } from '../../promql/index.ts';
import { seededRandom } from '../../random/index.ts';
import type { NotedSource } from './api/apiRequest.ts';
import { QUERY_LIMITS } from './api/queryGate.ts';
import { exampleFleet } from './fleet/exampleFleet.ts';
import { prometheusRoutes } from './prometheusRoutes.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

async function serving(source: NotedSource, limits = QUERY_LIMITS): Promise<FastifyInstance> {
  const app = fastify();
  const access = { tokens: new Map(), isReadPublic: true };
  const fleet = exampleFleet({ nowSeconds: 1_790_000_123 });
  await app.register((scope) =>
    prometheusRoutes(scope, { fleet, access, version: '0.1.0', limits, openSource: () => source })
  );
  return app;
}

async function ask(
  app: FastifyInstance,
  path: string,
  options: InjectOptions = {}
): Promise<{ readonly status: number; readonly body: { readonly status: string } }> {
  const response = await app.inject({ url: `/prometheus/api/v1${path}`, ...options });
  if (response.statusCode === 204) {
    assert.equal(response.body, '');
    return { status: 204, body: { status: 'success' } };
  }
  assert.match(String(response.headers['content-type']), /^application\/json/);
  return { status: response.statusCode, body: JSON.parse(response.body) as { readonly status: string } };
}

const random = seededRandom(11);
const samples = new MemorySamples();
for (const { labels, timestamps, values } of queryTestSeries(random)) {
  samples.store(LabelSet.from(labels), { timestamps, values });
}
const source: NotedSource = { select: (matchers, range) => samples.select(matchers, range), notices: () => [] };
const text = fc.oneof(
  promqlQuery(),
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('up', '1e400', 'a[1y:1ms]', '{__name__=~".+"}', '(((', '"', '\u0000')
);
const time = fc.oneof(
  fc.integer().map(String),
  fc.double().map(String),
  fc.string(),
  fc.constantFrom(
    '',
    '-292273086-05-16T16:47:06Z',
    '9e15',
    '-1e300',
    '2026-02-30T00:00:00Z',
    '2026-01-01T00:00:00+14:00'
  )
);
const name = fc.constantFrom(
  'query',
  'time',
  'start',
  'end',
  'step',
  'timeout',
  'limit',
  'match[]',
  'lookback_delta',
  'type'
);

/** The cases to look at: those of a seed, or, without one, those of the whole run (`.ci/properties.ts`). */
type Seeded = { readonly seed?: number };

/** So many queries of any kind are answered with a result or a coded error: no crash, no 500, no hang. */
export async function checkAnyQuery(count: number, seeded: Seeded = {}): Promise<void> {
  const limits = { concurrency: 4, timeoutMs: 2000, maxSamples: 200_000, maxSamplesTogether: 400_000 };
  const target = await serving(source, limits);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(
        'query',
        'query_range',
        'series',
        'labels',
        'label/a/values',
        'format_query',
        'parse_query',
        'query_exemplars',
        'rules'
      ),
      fc.array(fc.tuple(name, fc.oneof(text, time)), { maxLength: 6 }),
      fc.oneof(text, time),
      fc.boolean(),
      async (path, parameters, query, isPost) => {
        const form = new URLSearchParams([
          ...parameters,
          ['query', query],
          ['start', '600'],
          ['end', '1200'],
          ['step', '60'],
        ]);
        const { status, body } = await ask(
          target,
          `/${path}${isPost ? '' : `?${form.toString()}`}`,
          isPost ? { method: 'POST', headers: FORM, payload: form.toString() } : {}
        );
        assert.ok([200, 204, 400, 422, 503].includes(status), `${status} ${JSON.stringify(body).slice(0, 300)}`);
        assert.equal(body.status, status < 300 ? 'success' : 'error');
      }
    ),
    { numRuns: count, ...seeded }
  );
  // Whatever they held is given back: four queries at once find most of it free.
  const heavy = '/query?query=sum_over_time(gauge{a="x",b="1"}[1h:50ms])&time=3600&timeout=60';
  const answers = await Promise.all(Array.from({ length: 4 }, () => ask(target, heavy)));
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200, 200]
  );
}

/** So many bodies under any content type are answered or refused: no crash, no 500. */
export async function checkAnyBody(count: number, seeded: Seeded = {}): Promise<void> {
  const target = await serving(source);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('query', 'query_range', 'read'),
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(
        'application/x-www-form-urlencoded; charset=utf-8',
        'application/json',
        'text/plain',
        'application/x-protobuf',
        'multipart/form-data',
        'nonsense'
      ),
      async (path, payload, type) => {
        const response = await target.inject({
          method: 'POST',
          url: `/prometheus/api/v1/${path}`,
          headers: { 'content-type': type, 'content-encoding': 'snappy' },
          payload: Buffer.from(payload),
        });
        assert.ok(response.statusCode === 200 || (response.statusCode >= 400 && response.statusCode < 500));
      }
    ),
    { numRuns: count, ...seeded }
  );
}
