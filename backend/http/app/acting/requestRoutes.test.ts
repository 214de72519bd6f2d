import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import {
  problemSchema,
  requestsChangedSchema,
  requestsPreviewSchema,
  requestsResponseSchema,
  type RequestAdvice,
} from '../../../../contract/index.ts';
import { actingConfig, actingWorld } from '../../../control/acting/actingWorld.fixture.ts';
import { RequestActing } from '../../../control/index.ts';
import type { RequestChange, RequestState, RequestTarget } from '../../../scaling/index.ts';
import { requestState } from '../../../scaling/requests/requestState.fixture.ts';
import { testServer } from '../../testServer.fixture.ts';
import { requestRoutes } from './requestRoutes.ts';

const ADVICE: RequestAdvice = {
  resource: 'cpu',
  kind: 'cpu',
  unit: 'cores',
  target: 2,
  lowerBound: 1.5,
  upperBound: 3,
  offered: null,
};
const TARGET = { kind: 'deployment', namespace: 'shop', name: 'checkout' };
const PATH = '/workloads/shop/requests';
const closers: Array<() => Promise<unknown>> = [];
after(() => Promise.all(closers.map((close) => close())));

async function serve(scaling: object = { mode: 'approve', requests: { target: TARGET, apply: 'resize' } }) {
  const config = actingConfig(scaling);
  const world = await actingWorld(config);
  world.need = 1;
  const made: RequestChange[] = [];
  const read = (): RequestState => {
    const last = made.at(-1);
    const held = last === undefined || last.set === 'original' ? undefined : { cpu: 1, ...last.set };
    return requestState({
      version: String(made.length),
      ...(held === undefined
        ? {}
        : { setting: held, isHeld: true, held, mark: { action: last!.action, fence: last!.fence } }),
    });
  };
  const target: RequestTarget = {
    kind: 'fake',
    name: 'requests of deployment shop/checkout',
    read: () => Promise.resolve(read()),
    preview: () =>
      Promise.resolve({
        differences: [{ path: 'checkout-1: cpu', before: '1', after: '2' }],
        dryRun: { kind: 'accepted', message: '' },
        warnings: [],
      }),
    apply: (change) => Promise.resolve(void made.push(change)),
    close: () => Promise.resolve(),
  };
  const view = () => {
    const { actual, ...rest } = world.view();
    const { grid, values } = actual.get('requests')!;
    const cpu = { grid, values: new Float64Array(values.length).fill(0.5) };
    return {
      ...rest,
      actual: new Map([...actual, ['cpu', cpu]]),
      recommendation: { ...world.recommendation(), requests: [ADVICE] },
    };
  };
  const requests = new RequestActing({
    acting: world.acting,
    storage: world.storage,
    nowSeconds: () => world.now,
    view,
    hooks: { event: () => undefined },
    createTarget: () => target,
  });
  await requests.configure(config);
  const fleet = { nowSeconds: () => world.now, workload: (name: string) => (name === 'shop' ? view() : undefined) };
  const app = await testServer(
    requestRoutes({ acting: world.acting, requests, fleet: fleet as Parameters<typeof requestRoutes>[0]['fleet'] })
  );
  closers.push(() => Promise.all([app.close(), requests.close()]));
  const ask = async (path: string, token: string, headers: Record<string, string> = {}) => {
    const { statusCode, body } = await app.inject({
      method: path === PATH ? 'GET' : 'POST',
      url: `/api/v1${path}`,
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
    return { status: statusCode, body: JSON.parse(body) as unknown };
  };
  const refusal = async (...asked: Parameters<typeof ask>) => {
    const { status, body } = await ask(...asked);
    return [status, problemSchema.parse(body).code];
  };
  const stand = async () => requestsResponseSchema.parse((await ask(PATH, 'r')).body);
  const turn = async () => {
    await world.acting.turn();
    await requests.turn();
  };
  return { made, ask, refusal, stand, turn };
}

describe('requests over HTTP', () => {
  it('tell how they stand, preview, are set once for one key, and given back', async () => {
    const { made, ask, stand, turn } = await serve();
    assert.equal((await stand()).state, null, 'not read yet');
    await turn();
    const { etag, advice, state, decision } = await stand();
    assert.deepEqual([advice, state?.setting, decision?.set], [[ADVICE], { cpu: 1 }, { cpu: 2 }]);
    const preview = requestsPreviewSchema.parse((await ask(`${PATH}/preview`, 'r')).body);
    assert.deepEqual([preview.set, preview.differences.length, made.length], [{ cpu: 2 }, 1, 0]);
    const click = { 'if-match': etag, 'idempotency-key': 'k' };
    const answers = await Promise.all([1, 2].map(() => ask(`${PATH}/apply`, 'a', click)));
    const [first, second] = answers.map(({ body }) => requestsChangedSchema.parse(body).decision);
    assert.deepEqual([first!.id, first!.who, made.length], [second!.id, 'token:approve', 1]);
    assert.deepEqual((await stand()).state?.setting, { cpu: 2 }, 'as it was read back');
    const back = { 'idempotency-key': 'b' };
    assert.equal((await ask(`${PATH}/rollback`, 'a', back)).status, 200);
    assert.equal((await stand()).state?.isHeld, false);
    assert.equal((await ask(`${PATH}/rollback`, 'a', back)).status, 200, 'the same click again');
    assert.equal(made.length, 2);
  });

  it('are changed by nobody without the permission, the version that was looked at, a key, or the lease', async () => {
    const { made, refusal, stand, turn } = await serve();
    const key = { 'idempotency-key': 'k' };
    assert.deepEqual(await refusal(`${PATH}/apply`, 'a', { ...key, 'if-match': '"x"' }), [503, 'ACTING_ELSEWHERE']);
    await turn();
    const click = { ...key, 'if-match': (await stand()).etag };
    for (const token of ['r', 'p']) {
      assert.deepEqual(await refusal(`${PATH}/apply`, token, click), [403, 'API_PERMISSION_MISSING']);
      assert.deepEqual(await refusal(`${PATH}/rollback`, token, key), [403, 'API_PERMISSION_MISSING']);
    }
    assert.deepEqual(await refusal(`${PATH}/apply`, 'a', key), [428, 'ACTING_PRECONDITION_MISSING']);
    assert.deepEqual(await refusal(`${PATH}/rollback`, 'a'), [428, 'ACTING_PRECONDITION_MISSING']);
    assert.deepEqual(await refusal(`${PATH}/apply`, 'a', { ...key, 'if-match': '"x"' }), [412, 'ACTING_OUTDATED']);
    assert.deepEqual(await refusal(`${PATH}/rollback`, 'a', key), [409, 'ACTING_HELD'], 'nothing is held');
    assert.deepEqual(await refusal('/workloads/nope/requests/apply', 'a', click), [404, 'API_NOT_FOUND']);
    assert.equal(made.length, 0);
  });

  it('are only looked at in mode observe, and only advised where none are declared', async () => {
    const observed = await serve({ mode: 'observe', requests: { target: TARGET, apply: 'resize' } });
    await observed.turn();
    const click = { 'idempotency-key': 'k', 'if-match': (await observed.stand()).etag };
    assert.deepEqual(await observed.refusal(`${PATH}/apply`, 'a', click), [409, 'ACTING_OBSERVES']);
    assert.equal(observed.made.length, 0);
    const { stand, refusal } = await serve({ mode: 'approve' });
    const { target, state, apply, advice } = await stand();
    assert.deepEqual([target, state, apply, advice], [null, null, 'recommend', [ADVICE]]);
    assert.deepEqual(await refusal(`${PATH}/preview`, 'r'), [409, 'ACTING_NO_TARGET']);
  });
});
