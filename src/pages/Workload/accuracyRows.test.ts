import type { Accuracy } from '../../../contract/api.ts';
import { accuracyRows } from './accuracyRows';

const score = (resource: string, model: string, lead: string): Accuracy => ({
  resource,
  model,
  lead,
  count: 1,
  crps: 1,
  mase: 1,
  coverage: {},
});
const resources = [
  { name: 'requests', model: 'mstl' },
  { name: 'cpu', model: 'seasonal-naive' },
];

it('accuracyRows follow the resources and the leads, each beside its baseline', () => {
  const rows = accuracyRows(
    [
      score('cpu', 'seasonal-naive', '1h'),
      score('requests', 'mstl', '24h'),
      score('requests', 'seasonal-naive', '15m'),
      score('requests', 'mstl', '15m'),
      score('requests', 'ets', '15m'),
    ],
    resources
  );
  expect(rows.map(({ own: { resource, model, lead }, baseline }) => [resource, model, lead, baseline?.lead])).toEqual([
    ['requests', 'ets', '15m', '15m'],
    ['requests', 'mstl', '15m', '15m'],
    ['requests', 'mstl', '24h', undefined],
    ['cpu', 'seasonal-naive', '1h', undefined],
  ]);
});
