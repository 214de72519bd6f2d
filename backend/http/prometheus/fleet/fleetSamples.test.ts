import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FleetView, WorkloadView } from '../../../control/index.ts';
import {
  evaluateInstant,
  labelMatcher,
  parseExpression,
  type LabelMatcher,
  type PromSeries,
  type SelectRange,
} from '../../../promql/index.ts';
import { CAPACITY_EXHAUSTED } from '../rules/alertRules.ts';
import { exampleDemand, exampleFleet } from './exampleFleet.ts';
import { FleetSamples } from './fleetSamples.ts';

const NOW = 1_790_000_123;
const CUTOFF = 1_790_000_100;

function range(fromSeconds: number, toSeconds: number, lookbackMs = 300_000): SelectRange {
  return { minMs: fromSeconds * 1000, maxMs: toSeconds * 1000, lookbackMs };
}

const twoShops = exampleFleet({ nowSeconds: NOW, workloadCount: 2 });

async function select(
  matchers: Readonly<Record<string, string>>,
  span: SelectRange,
  fleet: FleetView = twoShops
): Promise<readonly PromSeries[]> {
  const list: LabelMatcher[] = Object.entries(matchers).map(([name, value]) => labelMatcher(name, '=', value));
  return await new FleetSamples(fleet).select(list, span);
}

describe('FleetSamples', () => {
  it('asks for past outlooks only where the past is asked for', async () => {
    const asked: string[] = [];
    const fleet = exampleFleet({ nowSeconds: NOW, workloadCount: 3 });
    const watched: FleetView = {
      ...fleet,
      pastOutlooks: (workload, from, to) => {
        asked.push(workload);
        return fleet.pastOutlooks(workload, from, to);
      },
    };
    await select({ __name__: 'headroom_forecast' }, range(NOW + 3600, NOW + 7200), watched);
    await select({ __name__: 'headroom_actual' }, range(NOW - 7200, NOW), watched);
    await select({ __name__: 'headroom_forecast', workload: 'nobody' }, range(NOW - 7200, NOW), watched);
    assert.deepEqual(asked, []);
    await select({ __name__: 'headroom_forecast', workload: 'shop-1' }, range(NOW - 7200, NOW), watched);
    assert.deepEqual(asked, ['shop-1']);
  });

  it('reads a past once for all selectors of a query', async () => {
    let count = 0;
    const fleet = exampleFleet({ nowSeconds: NOW });
    const source = new FleetSamples({
      ...fleet,
      pastOutlooks: (...args) => {
        count++;
        return fleet.pastOutlooks(...args);
      },
    });
    for (const metric of ['headroom_forecast', 'headroom_forecast_mean', 'headroom_capacity']) {
      await source.select([labelMatcher('__name__', '=', metric)], range(NOW - 3600, NOW));
    }
    assert.equal(count, 1);
  });

  it('does not copy a forecast whose points are all there', async () => {
    const fleet = exampleFleet({ nowSeconds: NOW });
    const [series] = await select(
      { __name__: 'headroom_forecast', quantile: '0.5' },
      range(NOW + 600, NOW + 7200),
      fleet
    );
    assert.equal(series!.samples().values.buffer, fleet.workloads()[0]?.outlook?.series[0]?.values.buffer);
  });

  it('gives ascending points within what was asked for, without NaN, from one source of truth at a time', async () => {
    const metric = fc.constantFrom(
      'headroom_forecast_mean',
      'headroom_actual',
      'headroom_capacity',
      'headroom_cost_hourly'
    );
    await fc.assert(
      fc.asyncProperty(
        metric,
        fc.integer({ min: -90_000, max: 90_000 }),
        fc.integer({ min: 0, max: 100_000 }),
        async (name, fromAgo, length) => {
          const [from, to] = [NOW + fromAgo, NOW + fromAgo + length];
          for (const series of await select({ __name__: name, workload: 'shop-0' }, range(from, to, 0))) {
            const { timestamps, values } = series.samples();
            assert.ok(timestamps.every((time) => time >= from * 1000 && time <= to * 1000));
            assert.ok(timestamps.every((time, i) => i === 0 || time > timestamps[i - 1]!));
            assert.ok(values.every((value) => Number.isFinite(value)));
            if (name === 'headroom_forecast_mean' || name === 'headroom_actual') {
              assert.ok(values.every((value, i) => Math.abs(value - exampleDemand(timestamps[i]! / 1000)) < 1e-9));
            }
          }
        }
      )
    );
  });

  it('gives the same features of the present alone and in a range, and of the future only the calendar', async () => {
    const [now, day] = await Promise.all(
      [range(NOW, NOW), range(NOW - 86_400, NOW)].map((span) =>
        select({ __name__: 'headroom_feature', workload: 'shop-0' }, span)
      )
    );
    assert.ok(now!.length > 30);
    for (const [i, series] of day!.entries()) {
      const whole = series.samples();
      const last = now![i]!.samples();
      const label = series.labels['feature']!;
      assert.equal(now![i]!.labels['feature'], label);
      assert.deepEqual(last.timestamps.at(-1), whole.timestamps.at(-1), label);
      assert.deepEqual(last.values.at(-1), whole.values.at(-1), label);
    }
    const mean = day!.find(({ labels }) => labels['feature'] === 'mean_15m')!.samples();
    const at = mean.timestamps.at(-1)! / 1000;
    const expected = [at, at - 300, at - 600].reduce((sum, time) => sum + exampleDemand(time) / 3, 0);
    assert.ok(Math.abs(mean.values.at(-1)! - expected) < 1e-9);
    const ahead = await select({ __name__: 'headroom_feature', workload: 'shop-0' }, range(NOW + 600, NOW + 7200, 0));
    for (const series of ahead) {
      const isCalendar = /^(hour|day|week|year|is_weekend)/.test(series.labels['feature']!);
      assert.equal(series.samples().values.length, isCalendar ? 22 : 0, series.labels['feature']);
    }
  });

  it('makes features only as far as they are asked for', async () => {
    const [only, ...more] = await select({ __name__: 'headroom_feature', feature: 'trend' }, range(NOW - 3600, NOW));
    assert.equal(only!.labels['resource'], 'requests');
    assert.equal(more.length, 1, 'of the two workloads');
    const labels = await select({ __name__: 'headroom_feature' }, { ...range(NOW - 3600, NOW), isLabelsOnly: true });
    assert.ok(labels.length > 60 && labels.every((series) => series.samples().values.length === 0));
  });

  it('speaks of the windows from the cutoff on, which the forecast itself does not', async () => {
    const at = range(CUTOFF, CUTOFF, 0);
    const [window] = await select({ __name__: 'headroom_shortfall_probability_window', window: '24h' }, at);
    assert.deepEqual([...window!.samples().timestamps], [CUTOFF * 1000]);
    const fleet = { ...exampleFleet({ nowSeconds: NOW }), pastOutlooks: () => Promise.resolve([]) };
    const [forecast] = await select({ __name__: 'headroom_forecast_mean' }, at, fleet);
    assert.equal(forecast!.samples().values.length, 0);
  });

  it('has measured capacity up to the last measurement and planned capacity after it', async () => {
    const fleet = exampleFleet({ nowSeconds: NOW, replicas: 8 });
    const view = fleet.workloads()[0]!;
    const changed = { ...view, replicas: { ...view.replicas!, values: view.replicas!.values.map(() => 3) } };
    const [series] = await select({ __name__: 'headroom_capacity' }, range(CUTOFF - 300, CUTOFF + 300, 0), {
      ...fleet,
      workloads: () => [changed],
    });
    assert.deepEqual([...series!.samples().values], [150, 150, 400]);
  });

  it('says how far the present follows a scenario until the next turn has been, and no longer', async () => {
    const fleet = exampleFleet({ nowSeconds: NOW });
    const followed: WorkloadView = {
      ...fleet.workloads()[0]!,
      scenarios: {
        names: ['baseline', 'sale'],
        declared: [0.9, 0.1],
        days: [null, { followed: 0, decided: 0 }],
        priors: [0.9, 0.1],
        weights: [0.8, 0.2],
        atSeconds: CUTOFF,
        history: [{ at: CUTOFF - 300, weights: [0.9, 0.1] }],
        outlooks: [],
      },
    };
    const samples = new FleetSamples({ ...fleet, workloads: () => [followed] });
    const at = async (seconds: number) => {
      const expr = parseExpression('headroom_scenario_weight{scenario="sale"}');
      const { value } = await evaluateInstant(samples, expr, seconds * 1000);
      return value.type === 'vector' ? value.samples.map((sample) => sample.value) : [];
    };
    assert.deepEqual(await at(CUTOFF - 1), [0.1]);
    assert.deepEqual(await at(CUTOFF + 450), [0.2]);
    assert.deepEqual(await at(CUTOFF + 601), []);
  });

  it('measures the capacity of replicas that slow each other down by what they are worth', async () => {
    const fleet = exampleFleet({ nowSeconds: NOW });
    const view = fleet.workloads()[0]!;
    const changed = {
      ...view,
      config: { ...view.config, serving: { unitSeconds: 1, scalability: { contention: 0.1, coherence: 0 } } },
      replicas: { ...view.replicas!, values: view.replicas!.values.map(() => 3) },
    };
    const [series] = await select({ __name__: 'headroom_capacity' }, range(CUTOFF - 300, CUTOFF, 0), {
      ...fleet,
      workloads: () => [changed],
    });
    assert.deepEqual([...series!.samples().values], [125, 125]);
  });

  it('takes the least and the greatest times, and a workload without an outlook', async () => {
    const ever = { minMs: -(2 ** 63), maxMs: 2 ** 63, lookbackMs: 300_000 };
    assert.equal((await select({ __name__: 'headroom_actual' }, ever))[0]!.samples().values.length, 288);
    const fleet = exampleFleet({ nowSeconds: NOW });
    const starting = { ...fleet.workloads()[0]! };
    Reflect.deleteProperty(starting, 'outlook');
    const young: FleetView = { ...fleet, workloads: () => [starting] };
    assert.deepEqual(await select({ __name__: 'headroom_forecast' }, ever, young), []);
    assert.equal((await select({ __name__: 'headroom_actual' }, ever, young)).length, 1);
  });

  describe('with the ranges beside the day', () => {
    const fleet = withRanges(exampleFleet({ nowSeconds: NOW }));

    it('a query that names no range gets what it got without them', async () => {
      const plain = exampleFleet({ nowSeconds: NOW });
      for (const metric of ['headroom_forecast', 'headroom_forecast_mean', 'headroom_capacity', 'headroom_actual']) {
        const read = async (from: FleetView) =>
          (await select({ __name__: metric }, range(NOW - 3600, NOW + 3600), from)).map((series) => ({
            labels: series.labels,
            samples: series.samples(),
          }));
        assert.deepEqual(await read(fleet), await read(plain), metric);
      }
    });

    it('have series of their own, which hold for their own step', async () => {
      const near = await select({ __name__: 'headroom_near_forecast', quantile: '0.9' }, range(NOW, NOW + 3600), fleet);
      assert.equal(near.length, 1);
      assert.equal(near[0]!.lookbackMs, 60_000);
      assert.deepEqual(near[0]!.labels, {
        __name__: 'headroom_near_forecast',
        workload: 'shop-0',
        account: 'acme',
        tier: 'gold',
        industry: 'retail',
        region: '',
        resource: 'requests',
        unit: 'reqps',
        quantile: '0.9',
      });
      const days = await select({ __name__: 'headroom_planning_forecast_mean' }, range(NOW, NOW + 9 * 86_400), fleet);
      assert.deepEqual(
        days.map(({ labels }) => labels['aggregate']),
        ['mean', 'peak']
      );
      assert.equal(days[0]!.lookbackMs, 86_400_000);
      const [measured] = await select({ __name__: 'headroom_planning_actual' }, range(NOW - 9 * 86_400, NOW), fleet);
      assert.ok(measured!.samples().values.length > 0);
    });

    it('have the same label sets where only labels are asked for', async () => {
      const names = ['headroom_near_forecast', 'headroom_planning_forecast', 'headroom_planning_actual'];
      for (const name of names) {
        const span = range(NOW - 86_400, NOW + 86_400);
        const full = await select({ __name__: name }, span, fleet);
        const labels = await select({ __name__: name }, { ...span, isLabelsOnly: true }, fleet);
        assert.ok(full.length > 0, name);
        assert.deepEqual(
          labels.map((series) => series.labels),
          full.map((series) => series.labels)
        );
      }
      assert.deepEqual(await select({ __name__: 'headroom_near_forecast' }, range(NOW, NOW), twoShops), []);
    });

    it('say when growth exhausts the capacity of now', async () => {
      const expr = parseExpression(CAPACITY_EXHAUSTED);
      const exhausted = async (perReplica: number) => {
        const { value } = await evaluateInstant(
          new FleetSamples(withRanges(exampleFleet({ nowSeconds: NOW, replicas: perReplica }))),
          expr,
          NOW * 1000
        );
        return value.type === 'vector' ? value.samples : [];
      };
      assert.deepEqual(await exhausted(100), []);
      const [first, ...others] = await exhausted(2);
      assert.deepEqual(others, []);
      assert.equal(first?.labels.get('workload'), 'shop-0');
      assert.ok(first.value > NOW && first.value < NOW + 2 * 86_400, String(first.value));
    });

    it('ask the storage for their own past, and tell their own health', async () => {
      const asked: Array<string | undefined> = [];
      const source = new FleetSamples({
        ...fleet,
        pastOutlooks: (...question) => {
          asked.push(question[3]);
          return Promise.resolve([]);
        },
      });
      await source.select([labelMatcher('__name__', '=', 'headroom_near_forecast')], range(NOW - 3600, NOW));
      assert.deepEqual(asked, ['near']);
      assert.deepEqual(source.notices(), [
        { kind: 'warning', message: 'Headroom: workload shop-0, near range is stale: requests is late' },
        { kind: 'info', message: 'Headroom: workload shop-0, near range: a note' },
      ]);
    });
  });
});

/** The fleet with a near and a planning range, made from its day. */
function withRanges(fleet: FleetView): FleetView {
  const views = fleet.workloads().map((view): WorkloadView => {
    const outlook = view.outlook!;
    const [requests] = outlook.series;
    const at = (stepSeconds: number, names: readonly string[]) => ({
      ...outlook,
      grid: { ...outlook.grid, stepSeconds },
      series: names.map((name) => ({ ...requests!, name })),
    });
    const measured = view.actual.get('requests')!;
    const days = { ...measured, grid: { ...measured.grid, stepSeconds: 86_400, startSeconds: CUTOFF - 287 * 86_400 } };
    return {
      ...view,
      near: {
        range: 'near',
        stepSeconds: 60,
        horizonSeconds: 3600,
        health: { state: 'stale', problem: 'requests is late', lastSuccessAt: NOW },
        outlook: at(60, ['requests']),
        actual: new Map(),
        accuracy: [],
        warnings: ['a note'],
      },
      planning: {
        range: 'planning',
        stepSeconds: 86_400,
        horizonSeconds: 90 * 86_400,
        health: { state: 'ok', problem: null, lastSuccessAt: NOW },
        outlook: at(86_400, ['requests/mean', 'requests/peak']),
        actual: new Map([
          ['requests/mean', days],
          ['requests/peak', days],
        ]),
        accuracy: [],
        warnings: [],
      },
    };
  });
  return { ...fleet, workloads: () => views };
}
