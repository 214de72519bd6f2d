import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { HeadroomError } from '../errors/index.ts';
import type { History } from '../forecasting/index.ts';
import { randomNormal, seededRandom } from '../random/index.ts';
import type { Compute, OutlookJob } from './compute.ts';
import { createInlineCompute } from './inlineCompute.ts';
import { createWorkerCompute } from './workerCompute.ts';

const STEP = 300;
const HORIZON = 24;
const WORKLOADS = ['shop', 'search', 'mail', 'batch', 'edge'];

function historyOf(seed: number): History {
  const random = seededRandom(seed);
  const values = Float64Array.from(
    { length: 3 * 288 },
    (_, t) => 50 * seed + 20 * Math.sin((2 * Math.PI * t) / 288) + randomNormal(random)
  );
  return { target: { grid: { startSeconds: 1_700_000_100, stepSeconds: STEP, length: values.length }, values } };
}

function outlookJob(workload: string, seed: number, changes: Partial<OutlookJob> = {}): OutlookJob {
  return {
    workload,
    horizon: HORIZON,
    seasonSteps: 288,
    series: [
      { name: 'requests', kind: 'activity', unit: '', history: historyOf(seed), perReplica: 20 },
      { name: 'cpu', kind: 'resource', unit: 'cores', history: historyOf(seed + 10) },
    ],
    assessment: {
      workload,
      nowSeconds: 1_700_259_300,
      replicas: 4,
      scaling: { min: 1, max: 50, leadTimeSeconds: 600, risk: 0.05, tiers: { committed: 0.5, burst: 0.99 } },
      cost: { replicaHour: 0.1, currency: 'USD' },
      confidence: { historySeconds: 3 * 86_400 },
      pathCount: 50,
      seed,
    },
    ...changes,
  };
}

async function fitAll(compute: Compute): Promise<void> {
  for (const [i, workload] of WORKLOADS.entries()) {
    for (const { name, history } of outlookJob(workload, i + 1).series) {
      await compute.fit({
        workload,
        series: name,
        model: 'auto',
        history,
        horizon: HORIZON,
        seasonSteps: 288,
        seed: 1,
      });
    }
  }
}

function codeOf(outcome: PromiseSettledResult<unknown>): string | undefined {
  return outcome.status === 'rejected' ? (outcome.reason as HeadroomError).code : undefined;
}

describe('the pool of worker threads', () => {
  let compute: Compute;
  before(() => {
    compute = createWorkerCompute(1);
  });
  after(() => compute.close());

  it('makes the outlooks of many workloads at once as one after the other in place, to the bit', async () => {
    const inline = createInlineCompute(() => 0);
    await Promise.all([fitAll(compute), fitAll(inline)]);
    const together = await Promise.all(WORKLOADS.map((workload, i) => compute.outlook(outlookJob(workload, i + 1))));
    for (const [i, workload] of WORKLOADS.entries()) {
      const alone = await inline.outlook(outlookJob(workload, i + 1));
      assert.deepEqual(together[i]!.assessment, alone.assessment);
      assert.deepEqual(together[i]!.unfitted, []);
    }
    assert.equal(compute.queued(), 0);
  });

  it('fails an outlook by itself, not those beside it', async () => {
    const empty: History = {
      target: {
        grid: { startSeconds: 1_700_000_100, stepSeconds: STEP, length: 9 },
        values: new Float64Array(9).fill(Number.NaN),
      },
    };
    const hopeless = outlookJob('gone', 9, {
      series: [{ name: 'requests', kind: 'activity', unit: '', history: empty }],
    });
    const outcomes = await Promise.allSettled([
      compute.outlook(outlookJob('shop', 1)),
      compute.outlook(hopeless),
      compute.outlook(outlookJob('search', 2)),
    ]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled']
    );
    assert.equal(codeOf(outcomes[1]), 'FORECAST_FAILED');
  });

  it('keeps the order of the jobs of one workload while others crowd in', async () => {
    const ended: string[] = [];
    const note = (what: string) => () => ended.push(what);
    const { history } = outlookJob('new', 5).series[0]!;
    const fit = { workload: 'new', series: 'requests', model: 'auto', history, horizon: HORIZON, seed: 1 };
    await Promise.all([
      compute.outlook(outlookJob('new', 5)).then(note('first outlook')),
      compute.fit(fit).then(note('fit')),
      compute.outlook(outlookJob('new', 5)).then(note('second outlook')),
      compute.forget('new').then(note('forget')),
    ]);
    assert.deepEqual(ended, ['first outlook', 'forget', 'second outlook', 'fit']);
  });

  it('ends what waits and what runs when it closes', async () => {
    const closing = createWorkerCompute(1);
    const outlooks = Promise.allSettled(WORKLOADS.map((workload, i) => closing.outlook(outlookJob(workload, i + 1))));
    await closing.close();
    for (const outcome of await outlooks) {
      assert.equal(codeOf(outcome), 'API_BUSY');
    }
    await assert.rejects(closing.outlook(outlookJob('shop', 1)), { code: 'API_BUSY' });
  });
});
