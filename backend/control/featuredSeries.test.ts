import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkWorkloadsFile } from '../config/index.ts';
import type { Series } from '../timeseries/index.ts';
import { featuredSeries, type WorkloadView } from './index.ts';

const START = Date.UTC(2026, 10, 26) / 1000;

function measured(of: (i: number) => number): Series {
  return {
    grid: { startSeconds: START, stepSeconds: 300, length: 600 },
    values: Float64Array.from({ length: 600 }, (_, i) => of(i)),
  };
}

function viewOf(): WorkloadView {
  const checked = checkWorkloadsFile(
    {
      sources: [{ name: 'prom', type: 'prometheus', url: 'http://localhost:9090' }],
      workloads: [
        {
          name: 'shop',
          account: { name: 'acme', timeZone: 'America/New_York' },
          activity: {
            requests: { query: 'r', unit: 'reqps' },
            calls: { query: 'c', by: 'application' },
          },
          resources: { cpu: { query: 'u', unit: 'cores' }, memory: { query: 'm' } },
          calendar: [{ name: 'sale', start: '2026-11-27T00:00:00Z', end: '2026-11-28T00:00:00Z' }],
        },
      ],
    },
    'file'
  );
  assert.ok(checked.isValid);
  return {
    config: checked.value.workloads[0]!,
    mode: 'observe',
    health: { state: 'ok', problem: null, lastSuccessAt: null },
    actual: new Map([
      ['requests', measured((i) => i)],
      ['calls', measured(() => 3)],
      ['cpu', measured((i) => i / 50)],
    ]),
    parts: new Map([
      [
        'calls',
        new Map([
          ['web', measured(() => 1)],
          ['app', measured(() => 2)],
        ]),
      ],
    ]),
    accuracy: [],
    warnings: [],
  };
}

test('each measured series has features, the parts of a split activity after it', () => {
  const all = featuredSeries(viewOf());
  assert.deepEqual(
    all.map(({ name }) => name),
    ['requests', 'calls', 'calls/web', 'calls/app', 'cpu']
  );
  const web = all[2]!.features().find(({ name }) => name === 'mean_1h');
  assert.equal(web?.series().values.at(-1), 1);
  const crossed = (index: number): string[] =>
    all[index]!.features()
      .filter(({ group }) => group === 'interaction')
      .map(({ name }) => name);
  assert.deepEqual(crossed(2), ['calls/web_x_day_sin', 'calls/web_x_day_cos']);
  assert.ok(crossed(4).includes('requests_x_day_sin') && crossed(4).includes('calls/app_x_day_cos'));
});

test('features know the account’s clock and the workload’s calendar over the horizon', () => {
  const features = featuredSeries(viewOf())[0]!.features();
  const hours = features.find(({ name }) => name === 'hour_of_day')!.series();
  assert.equal(hours.grid.length, 600 + 288);
  assert.equal(hours.values[0], 19, 'midnight UTC is 19:00 in New York in winter');
  const sale = features.find(({ name }) => name === 'event_sale')!.series().values;
  assert.deepEqual([sale[287], sale[288], sale[575], sale[576]], [0, 1, 1, 0]);
});
