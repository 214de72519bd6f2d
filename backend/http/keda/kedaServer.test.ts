import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { Client, credentials, Metadata, status, type MethodDefinition, type ServiceError } from '@grpc/grpc-js';
import fc from 'fast-check';
import type { WorkloadView } from '../../control/index.ts';
import type { Access } from '../authorise.ts';
import { exampleFleet } from '../prometheus/fleet/exampleFleet.ts';
import { EXTERNAL_SCALER, type IsActiveResponse, type ScaledObjectRef } from './externalScaler.ts';
import { GRPC_HEALTH } from './grpcHealth.ts';
import { createKedaServer } from './kedaServer.ts';

const NOW = 1_790_000_123;
const OPEN: Access = { tokens: new Map(), isReadPublic: false };
const LOCKED: Access = { tokens: new Map([['reads-only', 'read']]), isReadPublic: false };
const STEP = 300;

function example(view: Partial<WorkloadView> = {}): WorkloadView {
  return exampleFleet({ nowSeconds: NOW, view }).workloads()[0]!;
}

/** The example with `total` recommended at each step after the cutoff. */
function recommending(total: (index: number) => number, view: Partial<WorkloadView> = {}): WorkloadView {
  const made = example(view);
  const outlook = made.outlook!;
  const replicas = { ...outlook.replicas!, total: outlook.replicas!.total.map((_, index) => total(index)) };
  return { ...made, outlook: { ...outlook, replicas } };
}

async function serving(test: TestContext, first: WorkloadView = example(), access: Access = OPEN) {
  let view: WorkloadView = first;
  const looks = new Set<() => void>();
  const fleet = exampleFleet({ nowSeconds: NOW });
  const server = createKedaServer({
    fleet: { ...fleet, workload: (name) => (name === 'shop-0' ? view : undefined) },
    access,
    isReady: () => view.health.state !== 'starting',
    watch: (look) => {
      looks.add(look);
      return () => looks.delete(look);
    },
    onFailure: (error) => {
      throw error;
    },
  });
  const port = await server.listen('127.0.0.1', 0);
  const client = new Client(`127.0.0.1:${String(port)}`, credentials.createInsecure());
  test.after(async () => {
    client.close();
    await server.close();
  });
  const call = <Request, Answer>(
    { path, requestSerialize, responseDeserialize }: MethodDefinition<Request, Answer>,
    request: Request,
    metadata = new Metadata()
  ) =>
    new Promise<Answer>((resolve, reject) => {
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, metadata, (error, answer) => {
        if (error === null) {
          resolve(answer!);
        } else {
          reject(error);
        }
      });
    });
  return {
    server,
    call,
    put: (next: WorkloadView) => {
      view = next;
      for (const look of looks) {
        look();
      }
    },
    watchers: () => looks.size,
    metric: async (metadata: Readonly<Record<string, string>>) => {
      const request = { scaledObjectRef: ref(metadata), metricName: 'headroom' };
      const { metricValues } = await call(EXTERNAL_SCALER.GetMetrics, request);
      assert.equal(metricValues.length, 1);
      assert.equal(metricValues[0]!.metricName, 'headroom');
      return metricValues[0]!.metricValueFloat;
    },
    stream: (metadata: Readonly<Record<string, string>>) => {
      const { path, requestSerialize, responseDeserialize } = EXTERNAL_SCALER.StreamIsActive;
      return client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, ref(metadata));
    },
  };
}

function ref(scalerMetadata: Readonly<Record<string, string>>): ScaledObjectRef {
  return { name: 'shop', namespace: 'default', scalerMetadata };
}

function failsWith(code: status, word: RegExp) {
  return (error: unknown) => {
    const { code: got, details } = error as ServiceError;
    assert.equal(got, code, details);
    assert.match(details, word);
    return true;
  };
}

const SHOP = { workload: 'shop-0' };

describe('the external scaler', () => {
  it('asks for one of the metric a replica, or for the threshold, or for what a replica carries', async (test) => {
    const { call } = await serving(test);
    for (const [metadata, target] of [
      [SHOP, 1],
      [{ ...SHOP, threshold: '2.5' }, 2.5],
      [{ ...SHOP, resource: 'requests' }, 50],
    ] as const) {
      const { metricSpecs } = await call(EXTERNAL_SCALER.GetMetricSpec, ref(metadata));
      assert.deepEqual(metricSpecs, [
        { metricName: 'headroom', targetSize: Math.ceil(target), targetSizeFloat: target },
      ]);
    }
  });

  it('answers each kind of replicas', async (test) => {
    const { metric } = await serving(test);
    const kinds = ['total', 'committed', 'reserved', 'burst'];
    const answers = await Promise.all(kinds.map((kind) => metric({ ...SHOP, kind })));
    assert.deepEqual([await metric(SHOP), ...answers], [7, 7, 4, 3, 5]);
  });

  it('answers the most that is asked for until the lead has passed', async (test) => {
    const { metric } = await serving(
      test,
      recommending((index) => (index === 4 ? 30 : 10))
    );
    assert.equal(await metric(SHOP), 10);
    assert.equal(await metric({ ...SHOP, lead: '10m' }), 10);
    assert.equal(await metric({ ...SHOP, lead: '20m' }), 30);
    assert.equal(await metric({ ...SHOP, lead: '6h' }), 30);
  });

  it('answers the forecast of a resource at a level', async (test) => {
    const { metric } = await serving(test);
    const [middle, high] = [
      await metric({ ...SHOP, resource: 'requests', level: '0.5' }),
      await metric({ ...SHOP, resource: 'requests' }),
    ];
    assert.ok(middle > 0 && high > middle);
  });

  it('refuses what it does not understand, in words', async (test) => {
    const { metric, call } = await serving(test);
    for (const [metadata, word] of [
      [{}, /workload/],
      [{ ...SHOP, kind: 'all' }, /kind.*total, committed/],
      [{ ...SHOP, lead: 'soon' }, /lead/],
      [{ ...SHOP, lead: '-5m' }, /lead/],
      [{ ...SHOP, lead: '90d' }, /lead.*reach/],
      [{ ...SHOP, resource: 'gold' }, /gold/],
      [{ ...SHOP, resource: 'requests', kind: 'total' }, /kind/],
      [{ ...SHOP, resource: 'requests', level: '0.123' }, /level/],
      [{ ...SHOP, level: '0.9' }, /level/],
      [{ ...SHOP, threshold: '0' }, /threshold/],
      [{ ...SHOP, threshold: 'NaN' }, /threshold/],
    ] as const) {
      await assert.rejects(metric(metadata), failsWith(status.INVALID_ARGUMENT, word));
    }
    const absent = call(EXTERNAL_SCALER.GetMetrics, { scaledObjectRef: null, metricName: '' });
    await assert.rejects(absent, failsWith(status.INVALID_ARGUMENT, /workload/));
  });

  it('fails for a workload that is unknown, and calls it active', async (test) => {
    const { metric, call } = await serving(test);
    await assert.rejects(metric({ workload: 'nobody' }), failsWith(status.NOT_FOUND, /nobody/));
    assert.deepEqual(await call(EXTERNAL_SCALER.IsActive, ref({ workload: 'nobody' })), { result: true });
  });

  it('needs a token that reads where tokens are set, as a header or from the environment', async (test) => {
    const { call } = await serving(test, example(), LOCKED);
    const bearer = (token: string) => {
      const metadata = new Metadata();
      metadata.set('authorization', `Bearer ${token}`);
      return metadata;
    };
    const isActive = (metadata: Readonly<Record<string, string>>, header?: Metadata) =>
      call(EXTERNAL_SCALER.IsActive, ref(metadata), header);
    await assert.rejects(isActive(SHOP), failsWith(status.UNAUTHENTICATED, /token/));
    await assert.rejects(isActive(SHOP, bearer('wrong-one')), failsWith(status.UNAUTHENTICATED, /token/));
    await assert.rejects(isActive({ ...SHOP, tokenFromEnv: 'wrong-one' }), failsWith(status.UNAUTHENTICATED, /token/));
    assert.deepEqual(await isActive(SHOP, bearer('reads-only')), { result: true });
    assert.deepEqual(await isActive({ ...SHOP, tokenFromEnv: 'reads-only' }), { result: true });
  });

  it('tells its health without a token', async (test) => {
    const { call, put } = await serving(test, example(), LOCKED);
    assert.equal((await call(GRPC_HEALTH.Check, { service: '' })).status, 1);
    put(example({ health: { state: 'starting', problem: null, lastSuccessAt: null } }));
    assert.equal((await call(GRPC_HEALTH.Check, { service: '' })).status, 2);
  });

  it('refuses messages that are too large', async (test) => {
    const { metric } = await serving(test);
    await assert.rejects(metric({ workload: 'x'.repeat(100_000) }), failsWith(status.RESOURCE_EXHAUSTED, /./));
  });

  it('streams whether it is active, at once and when that changes, until it stops', async (test) => {
    const { stream, put, server, watchers } = await serving(
      test,
      recommending(() => 0)
    );
    const read = stream(SHOP);
    const heard = read[Symbol.asyncIterator]() as AsyncIterator<IsActiveResponse>;
    assert.deepEqual((await heard.next()).value, { result: false });
    put(recommending(() => 0));
    put(recommending(() => 3));
    assert.deepEqual((await heard.next()).value, { result: true });
    assert.equal(watchers(), 1);
    const closed = server.close();
    assert.equal((await heard.next()).done, true);
    await closed;
    assert.equal(watchers(), 0);
  });

  it('refuses a stream without a token, or of nothing', async (test) => {
    const { stream, watchers } = await serving(test, example(), LOCKED);
    for (const [metadata, code] of [
      [SHOP, status.UNAUTHENTICATED],
      [{ tokenFromEnv: 'reads-only' }, status.INVALID_ARGUMENT],
    ] as const) {
      const heard = stream(metadata)[Symbol.asyncIterator]();
      await assert.rejects(heard.next(), failsWith(code, /./));
    }
    assert.equal(watchers(), 0);
  });

  it('says which address it cannot have', async (test) => {
    const { server } = await serving(test);
    await assert.rejects(server.listen('192.0.2.1', 1), { code: 'CONFIG_ENVIRONMENT_INVALID' });
  });

  it('never answers less than a fresh and complete recommendation says: else it fails, and stays active', async (test) => {
    const { metric, call, put } = await serving(test);
    const state = fc.constantFrom('ok', 'ok', 'ok', 'stale', 'failing', 'starting');
    const count = fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 0, max: 60 }) },
      { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1) }
    );
    await fc.assert(
      fc.asyncProperty(
        state,
        fc.array(count, { minLength: 6, maxLength: 6 }),
        fc.constantFrom(0, 0, 0, 1, 2, 3, 20, 400),
        fc.constantFrom('whole', 'whole', 'no outlook', 'no replicas'),
        async (health, counts, oldSteps, has) => {
          const made = recommending((index) => counts[index - oldSteps] ?? 9, {
            health: { state: health, problem: null, lastSuccessAt: NOW },
          });
          const outlook = made.outlook!;
          const without = { ...outlook };
          delete (without as { replicas?: unknown }).replicas;
          const aged = {
            ...(has === 'no replicas' ? without : outlook),
            cutoffSeconds: outlook.cutoffSeconds - oldSteps * STEP,
            grid: { ...outlook.grid, startSeconds: outlook.grid.startSeconds - oldSteps * STEP },
          };
          const bare = { ...made };
          delete (bare as { outlook?: unknown }).outlook;
          put(has === 'no outlook' ? bare : { ...bare, outlook: aged });
          // Now lies 23 seconds after step `oldSteps`; the lead of 3 minutes ends before the next. The cutoff is no forecast.
          const asked = counts.slice(oldSteps === 0 ? 1 : 0, 2);
          const isFresh =
            health === 'ok' &&
            oldSteps < 3 &&
            has === 'whole' &&
            asked.every((each) => Number.isFinite(each) && each >= 0);
          const active = await call(EXTERNAL_SCALER.IsActive, ref(SHOP));
          if (isFresh) {
            assert.equal(await metric(SHOP), Math.max(...asked));
            assert.equal(active.result, Math.max(...asked) > 0);
          } else {
            await assert.rejects(metric(SHOP), failsWith(status.UNAVAILABLE, /./));
            assert.equal(active.result, true);
          }
        }
      )
    );
  });
});
