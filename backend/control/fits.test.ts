import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ModelVersion } from '../learning/index.ts';
import type { Leash, OutlookJob, SeriesJob } from './compute.ts';
import { ComputeHandler } from './computeHandler.ts';

const HOUR = 3600;
const START = 1_790_035_200;
const DAYS = 12;
const VERSION: ModelVersion = { origin: 'shipped', version: '1.0.0' };
const season = { horizon: 24, seasonSteps: 24 };

/** A day's rise from 60 to 200 that ends high: what was last says another thing than a day ago does. */
const seriesOf = (days: number): SeriesJob => ({
  ...{ name: 'requests', kind: 'activity', unit: 'reqps', perReplica: 10 },
  history: {
    target: {
      grid: { startSeconds: START, stepSeconds: HOUR, length: days * 24 },
      values: Float64Array.from({ length: days * 24 }, (_, hour) => 60 + (140 * (hour % 24)) / 23 + (hour % 5)),
    },
  },
});

const jobOf = (days: number, leashes: readonly Leash[] = []): OutlookJob => ({
  workload: 'shop',
  ...season,
  series: [seriesOf(days)],
  leashes,
  assessment: {
    workload: 'shop',
    nowSeconds: START + days * 24 * HOUR,
    replicas: 25,
    scaling: { min: 1, max: 100, leadTimeSeconds: HOUR, risk: 0.05, tiers: { committed: 0.5, burst: 0.999 } },
    cost: { replicaHour: 0.1, currency: 'USD' },
    unitSeconds: 0.05,
    confidence: { historySeconds: days * 86_400 },
    pathCount: 50,
    seed: 1,
  },
});

const fit = (compute: ComputeHandler, model: string, days: number, isAnew?: true) =>
  compute.fit({
    ...{ workload: 'shop', series: 'requests', model, history: seriesOf(days).history, seed: 1, ...season },
    ...(isAnew === undefined ? {} : { isAnew }),
  });

async function medians(compute: ComputeHandler, job: OutlookJob): Promise<readonly number[]> {
  const [said] = (await compute.outlook(job)).assessment.outlook.series;
  const row = said!.levels.indexOf(0.5);
  const steps = said!.values.length / said!.levels.length;
  // Nothing is said of the cutoff itself.
  return Array.from(said!.values.slice(row * steps + 1, (row + 1) * steps));
}

const farthest = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((value, index) => Math.abs(value - b[index]!)));

describe('fits that serve', () => {
  it('are two where a newer one came, weighed by what came since, and one where the models are others', async () => {
    const compute = new ComputeHandler(() => 0);
    await fit(compute, 'seasonal-naive', DAYS - 3);
    for (const days of [DAYS - 2, DAYS - 1, DAYS]) {
      await fit(compute, 'naive', days);
    }
    const weighed = await medians(compute, jobOf(DAYS));
    const alone = async (model: string) => {
      const other = new ComputeHandler(() => 0);
      await fit(other, model, DAYS);
      return medians(other, jobOf(DAYS));
    };
    const [old, fresh] = [await alone('seasonal-naive'), await alone('naive')];
    assert.ok(farthest(weighed, old) < 0.2 * farthest(fresh, old), 'nearly the old one, which does far better');
    await fit(compute, 'naive', DAYS, true);
    assert.ok(farthest(await medians(compute, jobOf(DAYS)), fresh) < 1e-9);
  });

  it('are drawn to what they are tied to, as far as the leash wants and only where that is fitted', async () => {
    const compute = new ComputeHandler(() => 0);
    await fit(compute, 'naive', DAYS, true);
    const free = await medians(compute, jobOf(DAYS));
    const leash = (most: number, version = VERSION): Leash => ({ name: 'lstm', version, most: { requests: most } });
    assert.deepEqual(await medians(compute, jobOf(DAYS, [leash(1e-6)])), free, 'nothing is fitted to be tied to');
    await compute.shadow({
      ...{ workload: 'shop', model: 'seasonal-naive', name: 'lstm', version: VERSION, series: [seriesOf(DAYS)] },
      ...{ seeds: [1], fits: true, ...season },
    });
    const short = await medians(compute, jobOf(DAYS, [leash(1e-6)]));
    const half = await medians(compute, jobOf(DAYS, [leash(10)]));
    assert.deepEqual(await medians(compute, jobOf(DAYS, [leash(1e6)])), free);
    assert.deepEqual(await medians(compute, jobOf(DAYS, [leash(1e-6, { ...VERSION, version: '1.0.1' })])), free);
    const whole = farthest(free, short);
    assert.ok(whole > 20 && farthest(half, short) > 0.02 * whole && farthest(half, short) < 0.9 * whole);
  });
});
