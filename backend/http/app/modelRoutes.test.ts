import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { jobSchema, jobsResponseSchema, modelsResponseSchema, problemSchema } from '../../../contract/index.ts';
import { Jobs, type WorkloadView } from '../../control/index.ts';
import type { ShelvedModel } from '../../learning/index.ts';
import { createServer, jobRoutes, modelRoutes } from '../index.ts';

const shelved = (version: string, state: ShelvedModel['state']): ShelvedModel => ({
  ...{ folder: '', name: 'lstm', version, state, manifest: null, card: '# lstm' },
  reason: state === 'refused' ? 'it was cut off' : null,
});
const workload = (name: string, model: string) => ({ config: { name, forecast: { model } } }) as WorkloadView;

describe('models and jobs over HTTP', () => {
  let app: FastifyInstance;
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
          workloads: () => [workload('shop', 'auto'), workload('blog', 'lstm'), workload('cron', 'theta')],
          models: () =>
            Promise.resolve({
              shipped: [shelved('1.0.0', 'inForce')],
              tuned: new Map([['shop', [shelved('1.0.2', 'refused'), shelved('1.0.1', 'inForce')]]]),
            }),
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
