import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { HeadroomError } from '../../errors/index.ts';
import type { ModelInventory, ShelvedModel, TuningResult } from '../../learning/index.ts';
import type { FleetEvent } from '../fleetHooks.ts';
import type { WorkloadView } from '../fleetView.ts';
import { Jobs } from '../jobs/jobs.ts';
import type { Tune } from './tuneInThread.ts';
import { Tuner } from './tuner.ts';
import type { TuningThreadData } from './tuningMessages.ts';

const KEPT: TuningResult = {
  ...{
    isKept: true,
    reason: 'it forecasts better',
    name: 'lstm',
    version: '1.0.1',
    folder: '/x',
    tunedFrom: 'lstm 1.0.0',
  },
  ...{ steps: 3, seconds: 1, startLoss: 1, validationLoss: 0.5, crpsRatio: 0.9, series: ['requests'], leftOut: {} },
};

const shelved = (state: ShelvedModel['state'], folder: string): ShelvedModel => ({
  ...{ folder, name: 'lstm', version: '1.0.0', state, manifest: null, card: null },
  reason: state === 'refused' ? 'damaged' : null,
});

function viewOf(name: string, values: readonly number[]): WorkloadView {
  const grid = { startSeconds: 0, stepSeconds: 300, length: values.length };
  return {
    config: {
      name,
      account: { tier: 'gold', industry: 'retail', region: 'eu' },
      forecast: { stepSeconds: 300, horizonSeconds: 86_400 },
    },
    actual: new Map(values.length === 0 ? [] : [['requests', { grid, values: Float64Array.from(values) }]]),
  } as unknown as WorkloadView;
}

interface Run {
  readonly data: TuningThreadData;
  readonly signal: AbortSignal;
  readonly progress: (done: number) => void;
  finish(result: TuningResult): void;
  fail(error: Error): void;
}

/** One sidecar after another over the same folder; their threads do as the test says. */
class Bench {
  readonly runs: Run[] = [];
  readonly kept: string[] = [];
  readonly events: FleetEvent[] = [];
  readonly jobs: Jobs;
  readonly tuner: Tuner;

  constructor(folder: string, inventory: ModelInventory) {
    let id = 0;
    const createId = () => `job-${String(++id)}`;
    const tune: Tune = (data, signal, onProgress) => {
      const { promise, resolve, reject } = Promise.withResolvers<TuningResult>();
      const abort = () => {
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', abort);
      if (signal.aborted) {
        abort();
      }
      const progress = (done: number) => {
        onProgress({ step: 1, loss: 0.5, validation: null, done, secondsLeft: 17 });
      };
      this.runs.push({ data, signal, progress, finish: resolve, fail: reject });
      return promise;
    };
    this.jobs = new Jobs({ nowSeconds: () => 5000, createId });
    const views = [
      viewOf('shop', [1, 2, 3]),
      viewOf('blog', [1, 2]),
      viewOf('empty', []),
      viewOf('dark', [Number.NaN]),
    ];
    this.tuner = new Tuner({
      ...{ jobs: this.jobs, tune, createId, nowSeconds: () => 5000 },
      modelsFolder: join(folder, 'models'),
      workFolder: join(folder, 'tuning'),
      workload: (name) => views.find(({ config }) => config.name === name),
      models: () => Promise.resolve(inventory),
      onKept: (workload) => {
        this.kept.push(workload);
        return Promise.resolve();
      },
      onEvent: (event) => {
        this.events.push(event);
      },
    });
  }

  /** Until the thread of the newest tune has begun. */
  async begun(count = 1): Promise<Run> {
    while (this.runs.length < count) {
      await setImmediate();
    }
    return this.runs[count - 1]!;
  }

  async over(id: string): Promise<void> {
    const watch = this.jobs.watch(id, new AbortController().signal);
    while ((await watch.next()).done !== true) {
      // Only its end matters.
    }
  }
}

const coded = (code: string) => (error: unknown) => error instanceof HeadroomError && error.code === code;

describe('the tuner', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headroom-tuner-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const shipped: ModelInventory = {
    shipped: [shelved('inForce', '/shipped/lstm/1.0.0')],
    tuned: new Map(),
    roles: new Map(),
  };
  const bench = (inventory = shipped): Bench => new Bench(folder, inventory);
  const left = () => readdir(join(folder, 'tuning')).catch(() => []);

  it('tunes what is shipped on the measured history, tells how far it is, and puts what is kept in force', async () => {
    const one = bench();
    const { id } = await one.tuner.start('lstm', 'shop', { minutes: 2 });
    const run = await one.begun();
    assert.equal(run.data.task.fromFolder, '/shipped/lstm/1.0.0');
    assert.deepEqual([...run.data.task.series.get('requests')!.target.values], [1, 2, 3]);
    assert.deepEqual(run.data.task.budget, { kind: 'minutes', minutes: 2 });
    assert.equal(run.data.modelsFolder, join(folder, 'models', 'shop'));
    run.progress(0.5);
    const job = one.jobs.job(id)!;
    assert.ok(job.progress > 0.3 && job.progress < 0.5 && job.secondsLeft! > 17 && job.figures['loss'] === 0.5);
    run.finish(KEPT);
    await one.over(id);
    assert.deepEqual(one.jobs.job(id)!.result, KEPT);
    assert.deepEqual(one.kept, ['shop']);
    assert.deepEqual(await left(), []);
  });

  it('tunes on from the workload’s own model, and leaves things as they are where the tune is no better', async () => {
    const own = new Map([['shop', [shelved('refused', '/own/2'), shelved('inForce', '/own/1')]]]);
    const one = bench({ ...shipped, tuned: own });
    const { id } = await one.tuner.start('lstm', 'shop');
    const run = await one.begun();
    assert.equal(run.data.task.fromFolder, '/own/1');
    run.finish({ ...KEPT, isKept: false, version: null });
    await one.over(id);
    assert.deepEqual(one.kept, []);
  });

  it('refuses what is not there, what is damaged, and what has no history', async () => {
    const one = bench();
    await assert.rejects(one.tuner.start('lstm', 'nobody'), coded('API_NOT_FOUND'));
    await assert.rejects(one.tuner.start('gpt', 'shop'), coded('API_NOT_FOUND'));
    await assert.rejects(one.tuner.start('lstm', 'empty'), coded('MODEL_HISTORY_UNFIT'));
    await assert.rejects(one.tuner.start('lstm', 'dark'), coded('MODEL_HISTORY_UNFIT'));
    const damaged = bench({ shipped: [shelved('refused', '/shipped/lstm/1.0.0')], tuned: new Map(), roles: new Map() });
    await assert.rejects(damaged.tuner.start('lstm', 'shop'), coded('MODEL_ARTEFACT_INVALID'));
    assert.deepEqual(await left(), []);
  });

  it('tunes one workload once at a time, and workloads one after another', async () => {
    const one = bench();
    await one.tuner.start('lstm', 'shop');
    await assert.rejects(one.tuner.start('lstm', 'shop'), coded('JOB_RUNNING'));
    assert.equal((await one.tuner.start('lstm', 'blog')).state, 'queued');
    (await one.begun()).finish(KEPT);
    assert.equal((await one.begun(2)).data.task.workload, 'blog');
  });

  it('stops at once when it is cancelled, and leaves nothing behind', async () => {
    const one = bench();
    const { id } = await one.tuner.start('lstm', 'shop');
    const waiting = await one.tuner.start('lstm', 'blog');
    const { signal } = await one.begun();
    one.jobs.cancel(waiting.id);
    assert.equal(one.jobs.cancel(id)?.state, 'cancelled');
    assert.ok(signal.aborted);
    await one.jobs.close();
    while ((await left()).length > 0) {
      await setImmediate();
    }
    assert.deepEqual(one.kept, []);
  });

  it('goes on after a stop or a kill with the same job, the same data, and the checkpoint', async () => {
    const killed = bench();
    const { id, createdAt } = await killed.tuner.start('lstm', 'shop');
    const first = await killed.begun();
    const next = bench();
    await next.tuner.resume();
    const { data } = await next.begun();
    assert.deepEqual([data.isResumed, data.workFolder], [true, first.data.workFolder]);
    assert.deepEqual(data.task, first.data.task);
    assert.equal(next.jobs.job(id)?.createdAt, createdAt);
    await next.jobs.close();
    assert.deepEqual(await left(), [id], 'a stop leaves what the next start goes on with');
  });

  it('gives up what ended the process again and again, what is damaged, and whose workload is gone', async () => {
    const first = bench();
    await first.tuner.start('lstm', 'shop');
    await first.begun();
    for (let start = 1; start <= 3; start++) {
      const next = bench();
      await next.tuner.resume();
      await next.begun();
    }
    await mkdir(join(folder, 'tuning', 'damaged'), { recursive: true });
    await writeFile(join(folder, 'tuning', 'damaged', 'task'), 'no record');
    const last = bench();
    await last.tuner.resume();
    assert.deepEqual(last.jobs.list(), []);
    assert.deepEqual(
      last.events.map(({ level }) => level),
      ['warn', 'warn']
    );
    assert.deepEqual(await left(), []);
  });

  it('tells why a tune failed by its code, in the job and in the log', async () => {
    const one = bench();
    const { id } = await one.tuner.start('lstm', 'shop');
    (await one.begun()).fail(
      new HeadroomError('MODEL_HISTORY_UNFIT', { workload: 'shop', reason: 'cpu was constant' })
    );
    await one.over(id);
    assert.equal(one.jobs.job(id)!.problem?.code, 'MODEL_HISTORY_UNFIT');
    assert.equal(one.events.at(-1)?.code, 'MODEL_HISTORY_UNFIT');
    assert.deepEqual(await left(), []);
  });
});
