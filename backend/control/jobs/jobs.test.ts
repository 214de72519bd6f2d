import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { Job } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { Jobs, type JobEnd, type JobWork } from './jobs.ts';

function createJobs(): Jobs {
  let id = 0;
  return new Jobs({ nowSeconds: () => 1000 + id, createId: () => `job-${String(++id)}` });
}

interface Gate {
  readonly work: JobWork;
  readonly ends: JobEnd[];
  done(result?: unknown): void;
  fail(error: Error): void;
  report(progress: number): void;
}

/** Work that goes on until it is told to end, or is aborted. */
function gate(workload: string | null, kind: JobWork['kind'] = 'train'): Gate {
  const ends: JobEnd[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  let tell: (progress: number) => void = () => undefined;
  return {
    ends,
    done: resolve,
    fail: reject,
    report: (progress) => {
      tell(progress);
    },
    work: {
      kind,
      workload,
      run: (signal, report) => {
        tell = (progress) => {
          report({ progress, message: 'It learns', secondsLeft: 3, figures: { loss: 0.5 } });
        };
        const stop = () => {
          ends.push(signal.reason as JobEnd);
          reject(new Error('stopped'));
        };
        if (signal.aborted) {
          stop();
        }
        signal.addEventListener('abort', stop);
        return promise;
      },
    },
  };
}

const refused = (code: string) => (error: unknown) => error instanceof HeadroomError && error.code === code;

describe('jobs', () => {
  it('run, tell how far they are, and keep their result', async () => {
    const jobs = createJobs();
    const one = gate('shop');
    const { id, state } = jobs.start(one.work);
    assert.equal(state, 'running');
    await setImmediate();
    one.report(0.4);
    assert.deepEqual((({ progress, secondsLeft, figures }) => ({ progress, secondsLeft, figures }))(jobs.job(id)!), {
      progress: 0.4,
      secondsLeft: 3,
      figures: { loss: 0.5 },
    });
    one.done({ isKept: true });
    await setImmediate();
    const over = jobs.job(id)!;
    assert.deepEqual([over.state, over.progress, over.result], ['done', 1, { isKept: true }]);
    one.report(0.1);
    assert.equal(jobs.job(id)!.progress, 1, 'what comes late changes nothing');
  });

  it('of one kind wait for one another, of another kind do not', async () => {
    const jobs = createJobs();
    const [first, second, other] = [gate('a'), gate('b'), gate('a', 'simulate')];
    jobs.start(first.work);
    const waiting = jobs.start(second.work);
    assert.equal(waiting.state, 'queued');
    assert.equal(jobs.start(other.work).state, 'running');
    first.done();
    await setImmediate();
    assert.equal(jobs.job(waiting.id)!.state, 'running');
  });

  it('refuse a second of a kind for one workload until the first is over', async () => {
    const jobs = createJobs();
    const one = gate('shop');
    jobs.start(one.work);
    assert.throws(() => jobs.start(gate('shop').work), refused('JOB_RUNNING'));
    one.done();
    await setImmediate();
    assert.equal(jobs.start(gate('shop').work).state, 'running');
  });

  it('are cancelled at once, whatever their work still does, and the next begins when it has ended', async () => {
    const jobs = createJobs();
    const one = gate('a');
    const { id } = jobs.start(one.work);
    const next = jobs.start(gate('b').work);
    await setImmediate();
    assert.equal(jobs.cancel(id)?.state, 'cancelled');
    assert.deepEqual(one.ends, ['cancelled']);
    await setImmediate();
    assert.equal(jobs.job(next.id)!.state, 'running');
    assert.equal(jobs.cancel(id)?.state, 'cancelled', 'again changes nothing');
    assert.equal(jobs.cancel('nothing'), undefined);
  });

  it('that wait are told too when they are cancelled, to clean up', async () => {
    const jobs = createJobs();
    jobs.start(gate('a').work);
    const waiting = gate('b');
    jobs.cancel(jobs.start(waiting.work).id);
    await setImmediate();
    assert.deepEqual(waiting.ends, ['cancelled']);
  });

  it('fail with a coded problem; what is not coded tells nothing inner', async () => {
    const jobs = createJobs();
    const [coded, other] = [gate('a'), gate('b')];
    const ids = [jobs.start(coded.work).id, jobs.start(other.work).id];
    coded.fail(new HeadroomError('MODEL_HISTORY_UNFIT', { workload: 'a', reason: 'cpu was constant' }));
    await setImmediate();
    other.fail(new Error('secret'));
    await setImmediate();
    const [first, second] = ids.map((id) => jobs.job(id)!);
    assert.deepEqual([first!.state, first!.problem?.code], ['failed', 'MODEL_HISTORY_UNFIT']);
    assert.equal(second!.problem?.code, 'INTERNAL');
    assert.doesNotMatch(JSON.stringify(second), /secret/);
  });

  it('refuse a crowd', () => {
    const jobs = createJobs();
    for (let i = 0; i < 17; i++) {
      jobs.start(gate(`workload-${String(i)}`).work);
    }
    assert.throws(() => jobs.start(gate('one-more').work), refused('API_BUSY'));
  });

  it('can be watched until they are over', async () => {
    const jobs = createJobs();
    const one = gate('shop');
    const { id } = jobs.start(one.work);
    const seen: Job[] = [];
    const watching = (async () => {
      for await (const job of jobs.watch(id, new AbortController().signal)) {
        seen.push(job);
      }
    })();
    await setImmediate();
    one.report(0.5);
    await setImmediate();
    one.done();
    await watching;
    assert.deepEqual(
      seen.map(({ state }) => state),
      ['running', 'running', 'done']
    );
    assert.equal(seen[1]!.progress, 0.5);
  });

  it('end a watch when nobody listens any more', async () => {
    const jobs = createJobs();
    const { id } = jobs.start(gate('shop').work);
    const stop = new AbortController();
    const watch = jobs.watch(id, stop.signal);
    const { value } = (await watch.next()) as IteratorYieldResult<Job>;
    assert.equal(value.id, id);
    const next = watch.next();
    stop.abort();
    assert.equal((await next).done, true);
  });

  it('stop, all of them, when Headroom does, and none begins after', async () => {
    const jobs = createJobs();
    const [running, waiting] = [gate('a'), gate('b')];
    const ids = [jobs.start(running.work).id, jobs.start(waiting.work).id];
    await setImmediate();
    await jobs.close();
    assert.deepEqual([...running.ends, ...waiting.ends], ['stopping', 'stopping']);
    assert.ok(ids.every((id) => jobs.job(id)!.state === 'cancelled'));
    assert.throws(() => jobs.start(gate('c').work), refused('API_BUSY'));
  });
});
