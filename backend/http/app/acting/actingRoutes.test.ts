import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { InjectOptions } from 'fastify';
import {
  answeredResponseSchema,
  approvalsResponseSchema,
  decisionsResponseSchema,
  pausesResponseSchema,
  previewResponseSchema,
  problemSchema,
  scalingResponseSchema,
  type Recommendation,
} from '../../../../contract/index.ts';
import { actingConfig, actingWorld, EPOCH } from '../../../control/acting/actingWorld.fixture.ts';
import { Proposals } from '../../../control/index.ts';
import { HeadroomError } from '../../../errors/index.ts';
import { testServer } from '../../testServer.fixture.ts';
import { actingRoutes } from '../actingRoutes.ts';
import { decisionRoutes } from '../decisionRoutes.ts';
import { recommendationTag } from './recommendationTag.ts';

const closers: Array<() => Promise<unknown>> = [];
after(() => Promise.all(closers.map((close) => close())));

const TOKENS = { read: 'r', propose: 'p', approve: 'a', scale: 's', admin: 'd' } as const;
const UNKNOWN = '/recommendations/nope';

async function serve(scaling: object = { mode: 'approve' }) {
  const world = await actingWorld(actingConfig(scaling));
  await world.turns(1);
  const { storage, acting } = world;
  let ids = 0;
  const createId = () => `id-${String(++ids)}`;
  const failures: unknown[] = [];
  const recorded: string[] = [];
  const nowSeconds = () => world.now;
  const simulator = { start: () => Promise.reject(new HeadroomError('API_BUSY', { what: 'a test' })) };
  const app = await testServer([
    ...actingRoutes({
      acting,
      fleet: {
        nowSeconds,
        workload: (name) => (name === 'shop' ? world.view() : undefined),
        answer: async (id, state, answer) => {
          const stored = await storage.recommendation(id);
          const answered = stored && { ...stored, state, answer };
          if (answered !== undefined) {
            await storage.saveRecommendation(answered);
          }
          return answered;
        },
      },
      storage,
      proposals: new Proposals({ simulator, storage, nowSeconds, createId }),
      createId,
      onRecorded: ({ what }) => recorded.push(what),
      onFailure: (error) => failures.push(error),
    }),
    ...decisionRoutes({ storage, nowSeconds }),
  ]);
  closers.push(async () => {
    await app.close();
    await storage.close();
  });
  const ask = async (
    method: NonNullable<InjectOptions['method']>,
    path: string,
    payload?: object,
    headers: Record<string, string> = {},
    token: keyof typeof TOKENS = 'admin'
  ) => {
    const answer = await app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { authorization: `Bearer ${TOKENS[token]}`, ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    return { status: answer.statusCode, body: answer.json<unknown>() };
  };
  const refused = async (...asked: Parameters<typeof ask>) => {
    const { status, body } = await ask(...asked);
    const { code, status: told, detail } = problemSchema.parse(body);
    assert.equal(told, status);
    return [status, code, detail] as const;
  };
  const store = async (changes: Partial<Recommendation> = {}) => {
    const recommendation = { ...world.recommendation(), ...changes };
    await storage.saveRecommendation(recommendation);
    return recommendation;
  };
  const click = (of: Recommendation, key = 'k1') => ({ 'if-match': recommendationTag(of), 'idempotency-key': key });
  const whats = async () => {
    const { decisions } = decisionsResponseSchema.parse((await ask('GET', '/decisions')).body);
    return decisions.map(({ what, who }) => `${what} ${who}`).reverse();
  };
  return { world, storage, ask, refused, store, click, whats, failures, recorded };
}

describe('modes over HTTP', () => {
  it('tells how acting stands, and a change of the mode is in force at once and recorded', async () => {
    const { ask, whats, recorded } = await serve();
    const before = scalingResponseSchema.parse((await ask('GET', '/workloads/shop/scaling')).body);
    assert.deepEqual([before.mode, before.state?.setting.floor, before.acting.kind], ['approve', 2, 'acting']);
    const after = scalingResponseSchema.parse((await ask('PUT', '/workloads/shop/mode', { mode: 'auto' })).body);
    assert.equal(after.mode, 'auto');
    assert.deepEqual(await whats(), ['mode token:admin']);
    assert.deepEqual(recorded, ['mode']);
  });

  it('refuses a locked mode, a mode that there is not, and a workload that there is not', async () => {
    const { refused, whats } = await serve({ mode: 'approve', modeLocked: true });
    assert.deepEqual((await refused('PUT', '/workloads/shop/mode', { mode: 'auto' })).slice(0, 2), [
      409,
      'ACTING_MODE_LOCKED',
    ]);
    const [status, code, detail] = await refused('PUT', '/workloads/shop/mode', { mode: 'on' });
    assert.deepEqual([status, code], [400, 'API_BODY_INVALID']);
    assert.match(detail, /mode must be observe, approve or auto/);
    for (const payload of [undefined, [], {}, { mode: 'auto', more: 1 }]) {
      assert.equal((await refused('PUT', '/workloads/shop/mode', payload))[1], 'API_BODY_INVALID');
    }
    assert.equal((await refused('PUT', '/workloads/none/mode', { mode: 'auto' }))[1], 'API_NOT_FOUND');
    assert.equal((await refused('GET', '/workloads/none/scaling'))[1], 'API_NOT_FOUND');
    assert.deepEqual(await whats(), []);
  });
});

describe('pauses over HTTP', () => {
  it('pauses a direction, resumes by query or body, and records both', async () => {
    const { ask, whats } = await serve();
    const scopes = (body: unknown) =>
      pausesResponseSchema
        .parse(body)
        .pauses.map((each) => `${each.scope} ${each.out ? 'out' : ''}${each.in ? 'in' : ''}`);
    const pause = { scope: 'shop', direction: 'in', reason: 'a drill' };
    assert.deepEqual(scopes((await ask('PUT', '/pause', pause)).body), ['shop in']);
    assert.deepEqual(scopes((await ask('PUT', '/pause', { scope: 'all' })).body), ['shop in', 'all outin']);
    assert.deepEqual(scopes((await ask('DELETE', '/pause?scope=all&direction=out')).body), ['shop in', 'all in']);
    assert.deepEqual(scopes((await ask('DELETE', '/pause', { scope: 'all' })).body), ['shop in']);
    assert.deepEqual(scopes((await ask('DELETE', '/pause?scope=shop', { direction: 'in' })).body), []);
    assert.deepEqual(scopes((await ask('GET', '/pause')).body), []);
    assert.deepEqual(await whats(), [
      'pause token:admin',
      'pause token:admin',
      'resume token:admin',
      'resume token:admin',
      'resume token:admin',
    ]);
  });

  it('resumes nothing where nothing is paused, and records nothing of it', async () => {
    const { ask, whats } = await serve();
    await ask('PUT', '/pause', { scope: 'shop', direction: 'in' });
    for (const query of ['scope=all', 'scope=shop&direction=out']) {
      assert.equal((await ask('DELETE', `/pause?${query}`)).status, 200);
    }
    assert.deepEqual(await whats(), ['pause token:admin']);
  });

  it('refuses what names no scope, two of them, or one that there is not', async () => {
    const { refused } = await serve();
    const cases: ReadonlyArray<readonly [Parameters<typeof refused>[0], string, object | undefined, number, string]> = [
      ['PUT', '/pause', undefined, 400, 'API_BODY_INVALID'],
      ['PUT', '/pause', { scope: 'none' }, 404, 'API_NOT_FOUND'],
      ['PUT', '/pause', { scope: 'all', direction: 'up' }, 400, 'API_BODY_INVALID'],
      ['PUT', '/pause', { scope: 'all', reason: 'x'.repeat(501) }, 400, 'API_BODY_INVALID'],
      ['DELETE', '/pause', undefined, 400, 'API_PARAMETER_INVALID'],
      ['DELETE', '/pause', {}, 400, 'API_PARAMETER_INVALID'],
      ['DELETE', '/pause?scope=none', undefined, 404, 'API_NOT_FOUND'],
      ['DELETE', '/pause?scope=all', { scope: 'shop' }, 400, 'API_PARAMETER_INVALID'],
      ['DELETE', '/pause?scope=all&direction=up', undefined, 400, 'API_PARAMETER_INVALID'],
      ['DELETE', '/pause?scope=all&everything=1', undefined, 400, 'API_PARAMETER_INVALID'],
    ];
    for (const [method, path, payload, status, code] of cases) {
      assert.deepEqual((await refused(method, path, payload)).slice(0, 2), [status, code], `${method} ${path}`);
    }
  });

  it('stops an approval in its direction, until it is resumed', async () => {
    const { ask, refused, store, click } = await serve();
    const raise = await store();
    await ask('PUT', '/pause', { scope: 'all', direction: 'out', reason: 'incident 7' });
    const [status, code, detail] = await refused(
      'POST',
      `/recommendations/${raise.id}/approve`,
      undefined,
      click(raise)
    );
    assert.deepEqual([status, code], [409, 'ACTING_PAUSED']);
    assert.match(detail, /incident 7/);
    await ask('DELETE', '/pause?scope=all');
    assert.equal((await ask('POST', `/recommendations/${raise.id}/approve`, undefined, click(raise))).status, 200);
  });
});

describe('approvals over HTTP', () => {
  it('preview says the exact change and makes none; approve makes it, once for a key, also at once', async () => {
    const { world, ask, store, click, whats } = await serve();
    const raise = await store();
    const path = `/recommendations/${raise.id}`;
    const preview = previewResponseSchema.parse((await ask('POST', `${path}/preview`)).body);
    assert.deepEqual(preview.differences, [{ path: 'spec.minReplicas', before: 2, after: 10 }]);
    assert.equal(world.hpa.floor, 2);
    const answers = await Promise.all([1, 2, 3].map(() => ask('POST', `${path}/approve`, undefined, click(raise))));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200]
    );
    assert.equal(new Set(answers.map(({ body }) => answeredResponseSchema.parse(body).decision.id)).size, 1);
    assert.deepEqual([world.hpa.floor, world.hpa.writes.length], [10, 1]);
    assert.deepEqual(await whats(), ['change token:admin']);
  });

  it('of two clicks with keys of their own one acts', async () => {
    const { world, ask, storage, store, click } = await serve();
    const raise = await store();
    world.onApplied = async (id, answer) => storage.saveRecommendation({ ...raise, id, state: 'applied', answer });
    const path = `/recommendations/${raise.id}/approve`;
    const answers = await Promise.all(['k1', 'k2'].map((key) => ask('POST', path, undefined, click(raise, key))));
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409]);
    assert.equal(world.hpa.writes.length, 1);
  });

  it('refuses without headers, on another version, of what is over, and where nobody may act', async () => {
    const { world, ask, refused, store, click } = await serve();
    const raise = await store();
    const path = `/recommendations/${raise.id}/approve`;
    const { 'if-match': tag, 'idempotency-key': key } = click(raise);
    const cases: ReadonlyArray<readonly [string, Record<string, string>, number, string]> = [
      [path, {}, 428, 'ACTING_PRECONDITION_MISSING'],
      [path, { 'if-match': tag }, 428, 'ACTING_PRECONDITION_MISSING'],
      [path, { 'idempotency-key': key }, 428, 'ACTING_PRECONDITION_MISSING'],
      [path, { 'if-match': '', 'idempotency-key': key }, 428, 'ACTING_PRECONDITION_MISSING'],
      [path, { 'if-match': tag, 'idempotency-key': 'x'.repeat(201) }, 400, 'API_PARAMETER_INVALID'],
      [path, { 'if-match': '"other"', 'idempotency-key': key }, 412, 'ACTING_OUTDATED'],
      [path, { 'if-match': '*', 'idempotency-key': key }, 412, 'ACTING_OUTDATED'],
      [`${UNKNOWN}/approve`, click(raise), 404, 'API_NOT_FOUND'],
    ];
    for (const [to, headers, status, code] of cases) {
      assert.deepEqual(
        (await refused('POST', to, undefined, headers)).slice(0, 2),
        [status, code],
        JSON.stringify(headers)
      );
    }
    const dismissed = await store({ id: 'gone', state: 'dismissed' });
    const old = await store({ id: 'old', expiresAt: EPOCH - 1 });
    for (const [each, said] of [
      [dismissed, /is dismissed/],
      [old, /is expired/],
    ] as const) {
      const [, code, detail] = await refused('POST', `/recommendations/${each.id}/approve`, undefined, click(each));
      assert.equal(code, 'ACTING_NOT_OPEN');
      assert.match(detail, said);
    }
    await ask('PUT', '/workloads/shop/mode', { mode: 'observe' });
    assert.equal((await refused('POST', path, undefined, click(raise)))[1], 'ACTING_OBSERVES');
    await ask('PUT', '/workloads/shop/mode', { mode: 'approve' });
    world.now += 3600;
    assert.deepEqual((await refused('POST', path, undefined, click(raise))).slice(0, 2), [503, 'ACTING_ELSEWHERE']);
    assert.equal(world.hpa.writes.length, 0);
  });

  it('a click that failed says so again with the same key, and a new one may succeed', async () => {
    const { world, refused, ask, store, click } = await serve();
    const raise = await store();
    const path = `/recommendations/${raise.id}/approve`;
    world.hpa.mood = 'refusing';
    assert.equal((await refused('POST', path, undefined, click(raise)))[1], 'TARGET_REFUSED');
    world.hpa.mood = 'well';
    const [status, code, detail] = await refused('POST', path, undefined, click(raise));
    assert.deepEqual([status, code], [409, 'ACTING_HELD']);
    assert.match(detail, /failed: TARGET_REFUSED/);
    assert.equal((await ask('POST', path, undefined, click(raise, 'again'))).status, 200);
    assert.equal(world.hpa.floor, 10);
  });

  it('approves many, each by itself', async () => {
    const { world, ask, refused, store, click } = await serve();
    const raise = await store();
    const old = await store({ id: 'old', expiresAt: EPOCH - 1 });
    const approval = (of: Recommendation, key: string) => ({ id: of.id, etag: click(of)['if-match'], key });
    const body = [approval(old, 'k1'), { id: 'none', etag: '"x"', key: 'k2' }, approval(raise, 'k3')];
    const { status, body: answer } = await ask('POST', '/recommendations/approve', body);
    assert.equal(status, 200);
    const { results } = approvalsResponseSchema.parse(answer);
    assert.deepEqual(
      results.map(({ id, problem, decision }) => [id, problem?.code ?? decision?.outcome]),
      [
        ['old', 'ACTING_NOT_OPEN'],
        ['none', 'API_NOT_FOUND'],
        [raise.id, 'applied'],
      ]
    );
    assert.equal(world.hpa.floor, 10);
    for (const payload of [[], {}, [{ id: 'x' }], Array.from({ length: 101 }, () => approval(raise, 'k'))]) {
      assert.equal((await refused('POST', '/recommendations/approve', payload))[1], 'API_BODY_INVALID');
    }
  });

  it('what fails without a code stops no other, and is told to the log alone', async () => {
    const { ask, storage, store, click, failures } = await serve();
    const raise = await store();
    const recommendation = storage.recommendation.bind(storage);
    storage.recommendation = (id) => (id === 'broken' ? Promise.reject(new Error('secret')) : recommendation(id));
    const { body } = await ask('POST', '/recommendations/approve', [
      { id: 'broken', etag: '"x"', key: 'k1' },
      { id: raise.id, etag: click(raise)['if-match'], key: 'k2' },
    ]);
    const { results } = approvalsResponseSchema.parse(body);
    assert.deepEqual(
      results.map(({ problem }) => problem?.code ?? null),
      ['INTERNAL', null]
    );
    assert.doesNotMatch(JSON.stringify(results), /secret/);
    assert.equal(failures.length, 1);
  });

  it('rolls back once, whatever the key, and says when there is nothing to roll back', async () => {
    const { world, ask, refused, store, click } = await serve();
    const raise = await store();
    const path = `/recommendations/${raise.id}`;
    const key = (name: string) => ({ 'idempotency-key': name });
    assert.equal((await refused('POST', `${path}/rollback`))[1], 'ACTING_PRECONDITION_MISSING');
    assert.equal((await refused('POST', `${path}/rollback`, undefined, key('a')))[1], 'ACTING_NOTHING_TO_ROLL_BACK');
    assert.equal((await refused('POST', `${UNKNOWN}/rollback`, undefined, key('a')))[1], 'API_NOT_FOUND');
    await ask('POST', `${path}/approve`, undefined, click(raise));
    assert.equal(
      (await refused('POST', `${path}/rollback`, undefined, key('early')))[1],
      'ACTING_HELD',
      'too few serve'
    );
    world.hpa.replicas = 10;
    const rolled = await ask('POST', `${path}/rollback`, undefined, key('b'));
    assert.equal(rolled.status, 200, JSON.stringify(rolled.body));
    const first = answeredResponseSchema.parse(rolled.body);
    assert.deepEqual([first.recommendation.state, world.hpa.floor], ['rolled-back', 2]);
    const again = answeredResponseSchema.parse((await ask('POST', `${path}/rollback`, undefined, key('b'))).body);
    assert.equal(again.decision.id, first.decision.id);
    assert.equal((await refused('POST', `${path}/rollback`, undefined, key('c')))[1], 'ACTING_NOTHING_TO_ROLL_BACK');
    assert.equal(world.hpa.writes.length, 2);
  });
});

describe('answers over HTTP', () => {
  it('dismisses and snoozes, with a reason or without a body, and records who', async () => {
    const { world, ask, store, whats } = await serve();
    const one = await store({ id: 'one' });
    const two = await store({ id: 'two' });
    const dismissed = answeredResponseSchema.parse((await ask('POST', `/recommendations/${one.id}/dismiss`)).body);
    assert.equal(dismissed.recommendation.state, 'dismissed');
    const until = world.now + 600;
    const payload = { until, reason: 'after lunch' };
    const snoozed = answeredResponseSchema.parse(
      (await ask('POST', `/recommendations/${two.id}/snooze`, payload)).body
    );
    assert.deepEqual(snoozed.recommendation.answer, {
      who: 'token:admin',
      at: world.now,
      reason: 'after lunch',
      until,
    });
    const later = answeredResponseSchema.parse((await ask('POST', `/recommendations/${two.id}/snooze`)).body);
    assert.equal(later.recommendation.answer?.until, world.now + 3600);
    assert.deepEqual(await whats(), ['dismiss token:admin', 'snooze token:admin', 'snooze token:admin']);
  });

  it('refuses what is over, a time that is past or far, and what there is not', async () => {
    const { world, refused, store } = await serve();
    const one = await store({ id: 'one' });
    await store({ id: 'old', expiresAt: EPOCH - 1 });
    for (const until of [world.now, world.now + 7 * 86_400 + 1]) {
      assert.equal((await refused('POST', `/recommendations/${one.id}/snooze`, { until }))[1], 'API_BODY_INVALID');
    }
    for (const verb of ['dismiss', 'snooze']) {
      assert.equal((await refused('POST', `/recommendations/old/${verb}`))[1], 'ACTING_NOT_OPEN');
      assert.equal((await refused('POST', `${UNKNOWN}/${verb}`))[1], 'API_NOT_FOUND');
      assert.equal((await refused('POST', `/recommendations/one/${verb}`, { reason: 7 }))[1], 'API_BODY_INVALID');
    }
    assert.equal((await refused('POST', `${UNKNOWN}/preview`))[1], 'API_NOT_FOUND');
  });
});

describe('who may do what', () => {
  it('each route lets in the permission it names, and none below', async () => {
    const { refused, ask, store, click } = await serve();
    const raise = await store();
    const order = ['read', 'propose', 'approve', 'scale', 'admin'] as const;
    const cases = [
      ['GET', '/workloads/shop/scaling', 'read', undefined, {}],
      ['GET', '/pause', 'read', undefined, {}],
      ['POST', `/recommendations/${raise.id}/preview`, 'read', undefined, {}],
      ['PUT', '/pause', 'propose', { scope: 'shop', direction: 'in' }, {}],
      ['POST', `${UNKNOWN}/dismiss`, 'propose', undefined, {}],
      ['POST', `${UNKNOWN}/snooze`, 'propose', undefined, {}],
      ['POST', '/workloads/none/recommendations', 'propose', undefined, {}],
      ['POST', '/recommendations/approve', 'approve', [], {}],
      ['POST', `/recommendations/${raise.id}/approve`, 'approve', undefined, click(raise)],
      ['POST', `${UNKNOWN}/rollback`, 'approve', undefined, {}],
      ['DELETE', '/pause?scope=shop', 'scale', undefined, {}],
      ['PUT', '/workloads/shop/mode', 'scale', { mode: 'approve' }, {}],
    ] as const;
    for (const [method, path, needed, payload, headers] of cases) {
      for (const token of order) {
        if (order.indexOf(token) < order.indexOf(needed)) {
          const [status, code] = await refused(method, path, payload, headers, token);
          assert.deepEqual([status, code], [403, 'API_PERMISSION_MISSING'], `${method} ${path} ${token}`);
        } else {
          const { status } = await ask(method, path, payload, headers, token);
          assert.ok(status !== 403 && status !== 401, `${method} ${path} ${token}`);
        }
      }
    }
  });
});

describe('proposals over HTTP', () => {
  it('refuse what is no plan before anything runs, and pass on why it could not be judged', async () => {
    const { refused } = await serve();
    const path = '/workloads/shop/recommendations';
    const plan = { name: 'mine', replicas: [{ at: '0s', count: 12 }] };
    for (const payload of [
      undefined,
      {},
      { plan: { ...plan, replicas: [] } },
      { plan: { ...plan, replicas: [{ at: 'soon', count: 3 }] } },
      { plan: { ...plan, replicas: [{ at: '0s', count: -1 }] } },
      { plan: { ...plan, name: 'My Plan' } },
      { plan, reason: 'x'.repeat(501) },
      { plan, more: true },
    ]) {
      assert.deepEqual((await refused('POST', path, payload)).slice(0, 2), [400, 'API_BODY_INVALID']);
    }
    assert.equal((await refused('POST', '/workloads/none/recommendations', { plan }))[1], 'API_NOT_FOUND');
    assert.deepEqual((await refused('POST', path, { plan })).slice(0, 2), [503, 'API_BUSY']);
  });
});
