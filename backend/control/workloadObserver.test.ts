import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkWorkloadsFile } from '../config/index.ts';
import { fakeSource, silentHooks } from './fakeWorld.fixture.ts';
import { WorkloadObserver } from './workloadObserver.ts';

const HOUR = 3600;
const NOW = 1_790_000_000 - (1_790_000_000 % HOUR);

test('resources are forecast with the past of the activities, and activities without', async () => {
  const checked = checkWorkloadsFile(
    {
      sources: [{ name: 'fake', type: 'demo' }],
      workloads: [
        {
          name: 'shop',
          activity: { requests: { query: 'requests' }, calls: { query: 'calls' }, users: { query: 'gone' } },
          resources: { cpu: { query: 'cpu', unit: 'cores' } },
          forecast: { step: '1h', horizon: '24h', history: '10d' },
        },
      ],
    },
    'file'
  );
  assert.ok(checked.isValid, JSON.stringify(checked));
  const source = fakeSource((query) => (time) => (query === 'gone' ? Number.NaN : time % 86_400));
  const observer = new WorkloadObserver(checked.value.workloads[0]!, new Map([['fake', source]]), silentHooks());
  await observer.update(NOW, new AbortController().signal);
  const covariates = observer
    .jobs(NOW)
    .map(({ name, history }) => [name, history.pastCovariates && [...history.pastCovariates.keys()]]);
  assert.deepEqual(covariates, [
    ['requests', undefined],
    ['calls', undefined],
    ['cpu', ['requests', 'calls']],
  ]);
  const cpu = observer.jobs(NOW).at(-1)!.history;
  assert.deepEqual(cpu.pastCovariates?.get('requests')?.grid, cpu.target.grid);
});
