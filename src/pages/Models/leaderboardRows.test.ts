import type { Accuracy } from '../../../contract/api.ts';
import { leaderboardRows } from './leaderboardRows';

function score(model: string, lead: string, crps: number | null, held = 0.8): Accuracy {
  return { resource: 'requests', model, lead, count: 10, crps, mase: 1, coverage: { '0.8': held } };
}

const SCORES = [
  score('seasonal-naive', '1h', 0.1),
  score('seasonal-naive', '24h', 0.3, 0.9),
  score('lstm', '1h', 0.2),
  score('lstm', '24h', 0.2, 0.7),
  { ...score('lstm', '24h', 0.001), resource: 'cpu' },
];

describe('the leaderboard', () => {
  it('ranks by the longest lead that is scored, and marks the best of each lead', () => {
    const rows = leaderboardRows(SCORES, 'requests', 'crps');
    expect(rows.map(({ model }) => model)).toEqual(['lstm', 'seasonal-naive']);
    expect(rows[0]?.cells).toEqual([
      null,
      { value: 0.2, count: 10, isBest: false },
      null,
      { value: 0.2, count: 10, isBest: true },
    ]);
    expect(rows[1]?.cells[1]?.isBest).toBe(true);
  });

  it('takes for the best coverage the nearest to what was said, on either side', () => {
    const rows = leaderboardRows(SCORES, 'requests', 'coverage');
    expect(rows.find(({ model }) => model === 'lstm')?.cells[3]).toEqual({ value: 0.7, count: 10, isBest: false });
    expect(rows.find(({ model }) => model === 'seasonal-naive')?.cells[3]?.isBest).toBe(true);
  });

  it('puts those without a score last, and is empty where nothing is scored', () => {
    const rows = leaderboardRows([score('new', '1h', null), score('old', '1h', 5)], 'requests', 'crps');
    expect(rows.map(({ model }) => model)).toEqual(['old', 'new']);
    expect(leaderboardRows(SCORES, 'memory', 'crps')).toEqual([]);
  });
});
