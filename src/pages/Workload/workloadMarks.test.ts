import { aDecision } from '../../testing/actingFixtures';
import { workloadMarks } from './workloadMarks';

const CALENDAR = [{ name: 'sale', start: '2026-11-27T00:00:00Z', end: '2026-11-28T00:00:00Z' }];

describe('the marks of a workload', () => {
  it('are its calendar, and what was really changed', () => {
    const marks = workloadMarks({ name: 'checkout', calendar: CALENDAR }, [
      aDecision({ at: 1000 }),
      aDecision({ outcome: 'refused' }),
      aDecision({ what: 'would' }),
      aDecision({ what: 'rollback', at: 2000, before: null, after: null }),
    ]);
    expect(marks).toEqual([
      { name: 'sale', startMs: Date.UTC(2026, 10, 27), endMs: Date.UTC(2026, 10, 28) },
      { name: 'floor: 2 → 7', startMs: 1_000_000, endMs: 1_000_000 },
      { name: 'Rolled back', startMs: 2_000_000, endMs: 2_000_000 },
    ]);
  });

  it('are none where nothing is declared and nothing was done', () => {
    expect(workloadMarks(null, [])).toEqual([]);
  });
});
