import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FastifyInstance } from 'fastify';
import {
  jobSchema,
  jobsResponseSchema,
  modelRolesSchema,
  modelsResponseSchema,
  problemSchema,
} from '../../../contract/index.ts';
import { Jobs, type WorkloadView } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { NO_ROLES, rolesOf, withChallenger, withChampionFound, type ShelvedModel } from '../../learning/index.ts';
import { createServer, jobRoutes, modelRoutes } from '../index.ts';

const shelved = (version: string, state: ShelvedModel['state']): ShelvedModel => ({
  ...{ folder: '', name: 'lstm', version, state, manifest: null, card: '# lstm' },
  reason: state === 'refused' ? 'it was cut off' : null,
});
const workload = (name: string, model: string, drifts = {}) =>
  ({ config: { name, forecast: { model } }, ...drifts }) as WorkloadView;
const verdict = (kind: 'steady' | 'levelShift') => ({
  ...{ kind, isConfirmed: true, sinceSeconds: 3, evidence: null },
  size: kind === 'steady' ? null : { offset: 4, ratio: 1.4 },
});
const drifts = new Map([
  ['requests', verdict('levelShift')],
  ['cpu', verdict('steady')],
]);

describe('models and jobs over HTTP', () => {
  let app: FastifyInstance;
  const changes: unknown[] = [];
  const change = { atSeconds: 5, by: 'headroom', why: 'it forecasts better' };
  const found = withChampionFound(NO_ROLES, 'lstm', { origin: 'shipped', version: '1.0.0' }, change);
  const roles = new Map([
    ['shop', { roles: withChallenger(found, 'lstm', { origin: 'tuned', version: '1.0.3' }, change) }],
  ]);
  let jobs: Jobs;
  let finish: (result: unknown) => void = () => undefined;
  let report: (progress: number) => void = () => undefined;
  before(async () => {
    let id = 0;
    jobs = new Jobs({ nowSeconds: () => 7, createId: () => `job-${String(++id)}` });
    app = await createServer({
      access: {
        tokens: new Map([
          ['r', 'read'],
          ['a', 'admin'],
        ]),
        isReadPublic: false,
      },
      version: '0.0.0',
      logger: false,
      readiness: () => ({ isReady: true, reasons: [] }),
      plugins: [],
      routes: [
        ...jobRoutes(jobs, () => 7),
        ...modelRoutes({
          nowSeconds: () => 7,
          workloads: () => [workload('shop', 'auto', { drifts }), workload('blog', 'lstm'), workload('cron', 'theta')],
          models: () =>
            Promise.resolve({
              shipped: [shelved('1.0.0', 'inForce')],
              tuned: new Map([['shop', [shelved('1.0.2', 'refused'), shelved('1.0.1', 'inForce')]]]),
              roles,
            }),
          champions: {
            promote: (workload, name, asked) => {
              changes.push({ what: 'promote', workload, name, ...asked });
              if (asked.version === undefined) {
                throw new HeadroomError('MODEL_ROLE_VACANT', { role: 'challenger', name, workload });
              }
              return Promise.resolve(rolesOf(NO_ROLES, name));
            },
            rollBack: (workload, name, asked) => {
              changes.push({ what: 'rollBack', workload, name, ...asked });
              return Promise.resolve(rolesOf(NO_ROLES, name));
            },
          },
          stand: () => undefined,
          promotion: 'approve',
          tuner: {
            start: (_name, of) =>
              Promise.resolve(
                jobs.start({
                  kind: 'train',
                  workload: of,
                  run: (signal, tell) =>
                    new Promise((resolve, reject) => {
                      finish = resolve;
                      report = (progress) => {
                        tell({ progress, message: 'It learns' });
                      };
                      signal.addEventListener('abort', () => {
                        reject(new Error('stopped'));
                      });
                    }),
                })
              ),
          },
        }),
      ],
    });
  });
  after(() => app.close());

  const ask = (method: 'GET' | 'POST' | 'DELETE', path: string, token = 'a', payload?: object) =>
    app.inject({
      ...{ method, url: `/api/v1${path}` },
      headers: { authorization: `Bearer ${token}` },
      ...(payload === undefined ? {} : { payload }),
    });
  const train = (payload: object, token = 'a') => ask('POST', '/models/lstm/train', token, payload);
  const codeOf = (body: string) => problemSchema.parse(JSON.parse(body)).code;

  it('lists what is in force and what was refused, each with the workloads that use it', async () => {
    const { models } = modelsResponseSchema.parse((await ask('GET', '/models', 'r')).json());
    assert.deepEqual(
      models.map(({ version, state, workload: of, workloads }) => [version, state, of, workloads]),
      [
        ['1.0.0', 'inForce', null, ['blog']],
        ['1.0.2', 'refused', 'shop', []],
        ['1.0.1', 'inForce', 'shop', ['shop']],
      ]
    );
    assert.equal(models[1]!.reason, 'it was cut off');
    assert.equal(models[1]!.architecture, null);
  });

  it('tells which series are no longer what their forecasts took them for, and no other', async () => {
    const { drifting } = modelsResponseSchema.parse((await ask('GET', '/models', 'r')).json());
    assert.deepEqual(
      drifting.map(({ workload: of, resource, kind, since, ratio }) => [of, resource, kind, since, ratio]),
      [['shop', 'requests', 'levelShift', 3, 1.4]]
    );
  });

  it('tells who is champion and who is on trial, since when, by whom and why', async () => {
    const { roles: told, promotion } = modelsResponseSchema.parse((await ask('GET', '/models', 'r')).json());
    assert.equal(promotion, 'approve');
    const [own] = told;
    assert.deepEqual([own?.workload, own?.name, told.length], ['shop', 'lstm', 1]);
    const since = { since: 5, by: 'headroom', why: 'it forecasts better' };
    assert.deepEqual(own?.champion, { origin: 'shipped', version: '1.0.0', ...since });
    assert.deepEqual(own.challenger, { origin: 'tuned', version: '1.0.3', ...since });
    assert.deepEqual([own.lastGood, own.benched, own.history[0]?.what], [null, [], 'entered']);
  });

  it('promotes and rolls back in the name of who asks, with a reason', async () => {
    const body = { workload: 'shop', reason: 'seen on the page', origin: 'tuned', version: '1.0.3' };
    assert.equal((await ask('POST', '/models/lstm/promote', 'a', body)).statusCode, 200);
    const back = await ask('POST', '/models/lstm/rollback', 'a', { workload: 'shop', reason: 'it was worse' });
    assert.equal(modelRolesSchema.parse(back.json()).champion?.version, '1.0.0');
    assert.deepEqual(changes, [
      {
        ...{ what: 'promote', workload: 'shop', name: 'lstm', by: 'token:admin', why: 'seen on the page' },
        version: { origin: 'tuned', version: '1.0.3' },
      },
      { what: 'rollBack', workload: 'shop', name: 'lstm', by: 'token:admin', why: 'it was worse' },
    ]);
    const vacant = await ask('POST', '/models/lstm/promote', 'a', { workload: 'shop', reason: 'x' });
    assert.deepEqual([vacant.statusCode, codeOf(vacant.body)], [409, 'MODEL_ROLE_VACANT']);
  });

  for (const [title, payload] of [
    ['without a reason', { workload: 'shop' }],
    ['with half a version', { workload: 'shop', reason: 'x', version: '1.0.0' }],
    ['with a version from elsewhere', { workload: 'shop', reason: 'x', version: '1.0.0', origin: 'found' }],
    ['of a workload that leads elsewhere', { workload: '../x', reason: 'x' }],
  ] as ReadonlyArray<readonly [string, object]>) {
    it(`refuses to promote ${title}`, async () => {
      const { statusCode, body } = await ask('POST', '/models/lstm/promote', 'a', payload);
      assert.deepEqual([statusCode, codeOf(body)], [400, 'API_BODY_INVALID']);
    });
  }

  it('needs admin to promote and roll back, and knows no workload that is none', async () => {
    for (const path of ['/models/lstm/promote', '/models/lstm/rollback']) {
      assert.equal((await ask('POST', path, 'r', { workload: 'shop', reason: 'x' })).statusCode, 403);
      const nobody = await ask('POST', path, 'a', { workload: 'nobody', reason: 'x' });
      assert.deepEqual([nobody.statusCode, codeOf(nobody.body)], [404, 'API_NOT_FOUND']);
    }
  });

  it('begins a training with 202 and a job, refuses a second, and cancels it at once', async () => {
    const begun = await train({ workload: 'shop', minutes: 2 });
    assert.equal(begun.statusCode, 202);
    const { id } = jobSchema.parse(begun.json());
    const second = await train({ workload: 'shop' });
    assert.deepEqual([second.statusCode, codeOf(second.body)], [409, 'JOB_RUNNING']);
    assert.equal(jobsResponseSchema.parse((await ask('GET', '/jobs', 'r')).json()).jobs[0]?.id, id);
    assert.equal((await ask('DELETE', `/jobs/${id}`)).json<{ state: string }>().state, 'cancelled');
    assert.equal(jobSchema.parse((await ask('GET', `/jobs/${id}`)).json()).state, 'cancelled');
  });

  it('streams a job as server-sent events until it is over', async () => {
    const { id } = jobSchema.parse((await train({ workload: 'blog' })).json());
    const streaming = ask('GET', `/jobs/${id}/events`, 'r');
    setImmediate(() => {
      report(0.5);
      setImmediate(() => {
        finish({ isKept: true });
      });
    });
    const { headers, body } = await streaming;
    assert.match(String(headers['content-type']), /^text\/event-stream/);
    const events = body.trim().split('\n\n');
    assert.ok(events.every((event) => event.startsWith('data: ')));
    const states = events.map((event) => jobSchema.parse(JSON.parse(event.slice(6))).state);
    assert.deepEqual([states[0], states.at(-1)], ['running', 'done']);
  });

  for (const [title, payload, code] of [
    ['no workload', {}, 'API_BODY_INVALID'],
    ['a name that leads elsewhere', { workload: '../../etc' }, 'API_BODY_INVALID'],
    ['no time', { workload: 'shop', minutes: 0 }, 'API_BODY_INVALID'],
    ['too much time', { workload: 'shop', minutes: 1e9 }, 'API_BODY_INVALID'],
    ['an unknown field', { workload: 'shop', steps: 3 }, 'API_BODY_INVALID'],
  ] as ReadonlyArray<readonly [string, object, string]>) {
    it(`refuses ${title}`, async () => {
      const { statusCode, body } = await train(payload);
      assert.deepEqual([statusCode, codeOf(body)], [400, code]);
    });
  }

  it('needs admin to train and to cancel, and knows no job that is none', async () => {
    assert.equal((await train({ workload: 'shop' }, 'r')).statusCode, 403);
    assert.equal((await ask('DELETE', '/jobs/job-1', 'r')).statusCode, 403);
    for (const path of ['/jobs/none', '/jobs/none/events']) {
      const { statusCode, body } = await ask('GET', path, 'r');
      assert.deepEqual([statusCode, codeOf(body)], [404, 'API_NOT_FOUND']);
    }
  });

  it('is described by OpenAPI', async () => {
    const { paths } = (await app.inject({ url: '/openapi.json' })).json<{ paths: Record<string, unknown> }>();
    const text = JSON.stringify(paths);
    assert.match(text, /"202"/);
    assert.match(text, /text\/event-stream/);
  });
});
