import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { workloadsFileSchema } from '../../../contract/index.ts';
import { sourceExam } from '../../exams/source.ts';
import { parseDurationSeconds } from '../../timeseries/index.ts';
import { createSource } from '../createSource.ts';
import { testDeps } from '../http/loopback.fixture.ts';
import { demoSeries } from './demoFleet.ts';
import { demoWorkloads } from './demoWorkloads.ts';

const never = new AbortController().signal;
const NOW = testDeps().nowSeconds();
const DAY = 86_400;
const fleet = demoSeries(1);

function open(seed?: number, nowSeconds = () => NOW) {
  return createSource(
    { name: 'demo', type: 'demo', ...(seed !== undefined && { seed }) },
    { ...testDeps(), nowSeconds }
  );
}

sourceExam(
  'DemoSource',
  () => {
    const grid = { startSeconds: NOW - 2000 * 300, stepSeconds: 300, length: 1900 };
    return Promise.resolve({
      source: open(),
      query: { query: 'iot-gateway.requests' },
      grid,
      truth: fleet.get('iot-gateway.requests')!,
      emptyGrid: { ...grid, startSeconds: NOW + 300 },
      unknownQuery: { query: 'billing.requests' },
      dispose: () => Promise.resolve(),
    });
  },
  { breakDown: 'the demo depends on nothing that could fail' }
);

describe('The demo fleet', () => {
  const file = demoWorkloads();

  test('is a valid workloads file of at least seven workloads, whose every query the source answers', async () => {
    assert.deepEqual(workloadsFileSchema.parse(file), file);
    assert.ok(file.workloads.length >= 7);
    const source = open();
    for (const { activity, resources, capacity, slo } of file.workloads) {
      const declared = [
        ...Object.values(activity ?? {}),
        ...Object.values(resources ?? {}),
        capacity?.replicas,
        slo?.latency,
        slo?.errors,
      ];
      assert.ok(declared.length >= 6);
      for (const entry of declared) {
        const grid = { startSeconds: NOW - 21 * DAY, stepSeconds: 3600, length: 21 * 24 };
        const { series } = await source.history({ query: entry!.query }, grid, never);
        const { values } = series[0]!.series;
        assert.ok(values.some(Number.isFinite), JSON.stringify(entry));
        assert.ok(values.every((value) => Number.isNaN(value) || (Number.isFinite(value) && value >= 0)));
      }
    }
  });

  test('has the same past at any step, from any start, after a restart; another for another seed', async () => {
    const [one, again, other] = [open(), open(1), open(2)];
    const names = [...fleet.keys()];
    const reading = fc.record({
      query: fc.constantFrom(...names),
      startSeconds: fc.integer({ min: 1.6e9, max: NOW - DAY }),
      stepSeconds: fc.constantFrom(15, 60, 300, 3600),
      length: fc.integer({ min: 1, max: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(reading, async ({ query, ...grid }) => {
        const { series } = await one.history({ query }, grid, never);
        const { series: same } = await again.history({ query }, grid, never);
        assert.deepEqual(series, same);
        for (let index = 0; index < grid.length; index++) {
          const single = { startSeconds: grid.startSeconds + index * grid.stepSeconds, stepSeconds: 7, length: 1 };
          const { series: alone } = await again.history({ query }, single, never);
          assert.deepEqual(alone[0]!.series.values[0], series[0]!.series.values[index]);
        }
      }),
      { numRuns: 60 }
    );
    const grid = { startSeconds: NOW - DAY, stepSeconds: 300, length: 200 };
    const differing = await other.history({ query: 'checkout.requests' }, grid, never);
    assert.notDeepEqual(differing, await one.history({ query: 'checkout.requests' }, grid, never));
  });

  test('tells nothing of the future until it has come', async () => {
    let now = NOW;
    const source = open(1, () => now);
    const grid = { startSeconds: NOW - 300, stepSeconds: 300, length: 3 };
    const read = async () =>
      (await source.history({ query: 'checkout.requests' }, grid, never)).series[0]!.series.values;
    const before = await read();
    assert.deepEqual([...before].map(Number.isNaN), [false, false, true]);
    assert.equal((await source.latest({ query: 'checkout.requests' }, NOW + 1, never)).kind, 'missing');
    now += 300;
    const after = await read();
    assert.deepEqual(after.subarray(0, 2), before.subarray(0, 2));
    assert.ok(Number.isFinite(after[2]));
  });

  test('always has a search that falls short within a day, and nothing else that does', () => {
    const isShort = (name: string, time: number) => {
      const { capacity } = file.workloads.find((workload) => workload.name === name)!;
      return fleet.get(`${name}.requests`)!(time) > fleet.get(`${name}.replicas`)!(time) * Number(capacity!.perReplica);
    };
    const days = fc.integer({ min: 1.7e9, max: 2.2e9 });
    fc.assert(
      fc.property(days, (start) => {
        const times = Array.from({ length: 288 }, (_, index) => start + index * 300);
        assert.ok(
          times.some((time) => isShort('search', time)),
          'search has no shortfall'
        );
        for (const { name } of file.workloads) {
          assert.ok(name === 'search' || !times.some((time) => isShort(name, time)), `${name} falls short`);
        }
      }),
      { numRuns: 100 }
    );
  });

  test('has the characters that it is there to show', () => {
    const values = (name: string, days: number, step = 300) =>
      Array.from({ length: (days * DAY) / step }, (_, i) => fleet.get(name)!(NOW - i * step));
    const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
    const most = (list: readonly number[]) => list.reduce((a, b) => Math.max(a, b), 0);

    const gaps = values('iot-gateway.cpu', 21).filter(Number.isNaN).length / (21 * 288);
    assert.ok(gaps > 0.01 && gaps < 0.15, `gaps ${gaps}`);
    assert.ok(most(values('internal-wiki.requests', 21)) < 0.1 * 60, 'internal-wiki is idle');
    const wave = values('checkout.requests', 21);
    assert.ok(most(wave) > 5 * wave.reduce((a, b) => Math.min(a, b)), 'checkout has days and nights');
    const bursts = values('notifications.requests', 21);
    assert.ok(most(bursts) > 8 * mean(bursts), 'notifications comes in bursts');
    const night = values('etl.requests', 21);
    assert.ok(night.filter((value) => value > 40).length / night.length < 0.2, 'etl works a few hours a day');
    const [thisWeek, before] = [values('signup-api.requests', 7), values('signup-api.requests', 21).slice(14 * 288)];
    assert.ok(mean(thisWeek) > 1.05 * mean(before), 'signup-api grows');
  });

  test('has resources that follow their activity', () => {
    const times = Array.from({ length: 7 * 288 }, (_, index) => NOW - index * 300);
    for (const { name, resources } of file.workloads) {
      for (const resource of Object.keys(resources ?? {})) {
        const at = (lag: number) =>
          correlation(
            times
              .map(
                (time) => [fleet.get(`${name}.requests`)!(time - lag), fleet.get(`${name}.${resource}`)!(time)] as const
              )
              .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
          );
        const r = Math.max(at(0), at(300));
        assert.ok(r > 0.3 && r < 0.9999, `${name}.${resource}: ${r}`);
      }
    }
  });

  test('leaves its defaults to the product, but for the lead time and the ranges, which it shows all', () => {
    for (const { scaling, forecast } of file.workloads) {
      assert.deepEqual(forecast, { nearStep: '1m', planning: { step: '1d', horizon: '90d' } });
      assert.ok((parseDurationSeconds(scaling?.leadTime ?? '') ?? 0) > 0);
    }
  });
});

function correlation(pairs: ReadonlyArray<readonly [number, number]>): number {
  const n = pairs.length;
  const [mx, my] = [0, 1].map((k) => pairs.reduce((sum, pair) => sum + pair[k]!, 0) / n) as [number, number];
  let [xy, xx, yy] = [0, 0, 0];
  for (const [x, y] of pairs) {
    xy += (x - mx) * (y - my);
    xx += (x - mx) ** 2;
    yy += (y - my) ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}
