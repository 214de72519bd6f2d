import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ModelVersion } from '../../learning/index.ts';
import type { OutlookJob, SeriesJob } from '../compute.ts';
import { ComputeHandler } from '../computeHandler.ts';
import { checkWorkloadsFile } from '../../config/index.ts';
import { openSqliteStorage } from '../../storage/index.ts';
import { fakeSource, silentHooks } from '../fakeWorld.fixture.ts';
import { Fleet } from '../fleet.ts';
import { createInlineCompute } from '../inlineCompute.ts';
import type { ArmSetting } from './armSetting.ts';
import { TriedOutlook } from './triedOutlook.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const START = 1_790_035_200;
const LENGTH = 10 * 24;
const VERSION: ModelVersion = { origin: 'tuned', version: '1.1.1' };
const ARM = { model: 'lstm', ...VERSION };
const CUTOFF = START + (LENGTH - 1) * HOUR;

/** A day's rise from 60 to 200 that ends high: what was last says more than a day ago did. */
const series: SeriesJob = {
  ...{ name: 'requests', kind: 'activity', unit: 'reqps', perReplica: 10 },
  history: {
    target: {
      grid: { startSeconds: START, stepSeconds: HOUR, length: LENGTH },
      values: Float64Array.from({ length: LENGTH }, (_, hour) => 60 + (140 * (hour % 24)) / 23 + (hour % 5)),
    },
  },
};

const JOB: OutlookJob = {
  workload: 'shop',
  horizon: 24,
  seasonSteps: 24,
  series: [series],
  assessment: {
    workload: 'shop',
    nowSeconds: CUTOFF + 60,
    replicas: 25,
    scaling: {
      min: 1,
      max: 100,
      leadTimeSeconds: HOUR,
      risk: 0.05,
      tiers: { committed: 0.5, burst: 0.999 },
    },
    cost: { replicaHour: 0.1, currency: 'USD' },
    unitSeconds: 0.05,
    confidence: { historySeconds: 10 * DAY },
    pathCount: 200,
    seed: 1,
  },
};

async function handler(fits: { readonly own: string; readonly tried?: string }): Promise<ComputeHandler> {
  const made = new ComputeHandler(() => 0);
  const options = { horizon: 24, seasonSteps: 24 };
  await made.fit({
    workload: 'shop',
    series: 'requests',
    model: fits.own,
    history: series.history,
    seed: 1,
    ...options,
  });
  if (fits.tried !== undefined) {
    const of = { workload: 'shop', model: fits.tried, name: 'lstm', version: VERSION };
    await made.shadow({ ...of, series: [series], seeds: [1], fits: true, ...options });
  }
  return made;
}

const total = async (compute: ComputeHandler, job: OutlookJob = JOB) =>
  (await compute.outlook(job)).assessment.outlook.replicas!.total;

describe('the outlook of a challenger that is tried', () => {
  it('is made by its own predictors, and leaves what serves as it is', async () => {
    const both = await handler({ own: 'seasonal-naive', tried: 'naive' });
    const tried = await total(both, { ...JOB, tried: { name: 'lstm', version: VERSION } });
    assert.deepEqual(tried, await total(await handler({ own: 'naive' })));
    const own = await total(both);
    assert.deepEqual(own, await total(await handler({ own: 'seasonal-naive' })));
    assert.notDeepEqual(tried, own);
    const follower = new TriedOutlook(both);
    assert.equal(await follower.follow(JOB, ARM), undefined);
    assert.equal(follower.floorAt(CUTOFF + 60, ARM, 3 * HOUR), tried[0]);
  });

  it('says nothing where another version is fitted, is asked for, or it is old; and nothing once the test is over', async () => {
    const both = await handler({ own: 'seasonal-naive', tried: 'naive' });
    const follower = new TriedOutlook(both);
    const other = { ...ARM, version: '1.1.2' };
    assert.match((await follower.follow(JOB, other))!, /not fitted yet/);
    assert.equal(follower.floorAt(CUTOFF + 60, other, 3 * HOUR), undefined);
    await follower.follow(JOB, ARM);
    assert.equal(follower.floorAt(CUTOFF + 60, other, 3 * HOUR), undefined);
    assert.equal(follower.floorAt(CUTOFF + 4 * HOUR, ARM, 3 * HOUR), undefined);
    follower.end();
    assert.equal(follower.floorAt(CUTOFF + 60, ARM, 3 * HOUR), undefined);
    both.forget('shop');
    assert.match((await follower.follow(JOB, ARM))!, /not fitted yet/);
  });
});

describe('a workload on which a challenger is tried', () => {
  it('is decided by its floor and shown the forecast of the champion', async () => {
    const checked = checkWorkloadsFile(
      {
        sources: [{ name: 'fake', type: 'demo' }],
        workloads: [
          {
            name: 'shop',
            activity: { requests: { query: 'requests' } },
            capacity: { replicas: { query: 'replicas' }, perReplica: 10 },
            forecast: { step: '1h', horizon: '24h', history: '10d', model: 'seasonal-naive' },
            scaling: { leadTime: '1h', min: 1, max: 100 },
          },
        ],
      },
      'file'
    );
    assert.ok(checked.isValid);
    const storage = await openSqliteStorage({ file: ':memory:' });
    const inline = createInlineCompute(() => 0);
    const state = { tested: undefined as ArmSetting | undefined, isFailing: false };
    const source = fakeSource((query) => (time) => (query === 'replicas' ? 12 : 60 + (time % DAY) / HOUR));
    const fleet = new Fleet({
      storage,
      // The challenger foresees three times the load.
      compute: {
        ...inline,
        outlook: ({ tried, ...job }) => {
          if (tried !== undefined && state.isFailing) {
            return Promise.reject(new Error('out of memory'));
          }
          const more = job.series.map((each) => ({ ...each, perReplica: (each.perReplica ?? 1) / 3 }));
          return inline.outlook(tried === undefined ? job : { ...job, series: more });
        },
      },
      nowSeconds: () => CUTOFF,
      createSource: () => source,
      hooks: silentHooks(),
      tested: () => state.tested,
    });
    await fleet.configure(checked.value);
    const turn = async () => {
      await fleet.cycle('shop');
      await fleet.settled('shop');
      return fleet.workload('shop')!;
    };
    const plain = await turn();
    assert.deepEqual([plain.floor, plain.tested], [undefined, undefined]);
    const shown = plain.outlook!.replicas!.total[0]!;
    state.tested = ARM;
    assert.equal(fleet.workload('shop')!.tested!.isInForce, false, 'nothing was foreseen by it yet');
    const tried = await turn();
    assert.equal(tried.tested!.isInForce, true);
    assert.ok(tried.floor! > 2 * shown, `${String(tried.floor)} against ${String(shown)}`);
    assert.equal(tried.outlook!.replicas!.total[0], shown);
    assert.deepEqual((await storage.latestOutlook('shop'))!.replicas!.total[0], shown);
    state.tested = undefined;
    assert.equal(fleet.workload('shop')!.floor, undefined, 'stopped, it is out at once');
    state.tested = ARM;
    state.isFailing = true;
    const failed = await turn();
    assert.deepEqual([failed.floor, failed.tested!.isInForce, failed.health.state], [undefined, false, 'ok']);
    assert.ok(failed.warnings.some((words) => /out of memory/.test(words)));
    await fleet.close();
    await storage.close();
  });
});
