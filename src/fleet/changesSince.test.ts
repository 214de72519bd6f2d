import type { Decision } from '../../contract/api.ts';
import { aWorkload } from '../testing/fixtures';
import { countDecisions, fleetChanges } from './changesSince';

const likely = (name: string, probability: number | null) =>
  aWorkload({ name, shortfallProbability: probability === null ? null : { '24h': probability } });

describe('fleetChanges', () => {
  it('names what has moved by a tenth or more, the largest move first', () => {
    const before = new Map([
      ['worse', 0.1],
      ['worst', 0.1],
      ['better', 0.9],
      ['same', 0.5],
    ]);
    const now = [likely('same', 0.55), likely('worse', 0.3), likely('worst', 0.9), likely('better', 0)];
    expect(fleetChanges(now, before)).toEqual({ likelier: ['worst', 'worse'], lessLikely: ['better'] });
  });

  it('says nothing of what was not foreseen then, or is not now', () => {
    const before = new Map([['blind', 0.9]]);
    expect(fleetChanges([likely('blind', null), likely('new', 1)], before)).toEqual({ likelier: [], lessLikely: [] });
  });
});

it('countDecisions counts what really changed, not what would have', () => {
  const decision = (what: string, outcome: string) => ({ what, outcome }) as Decision;
  expect(
    countDecisions([
      decision('change', 'applied'),
      decision('would', 'observed: not carried out in mode observe'),
      decision('rollback', 'applied'),
      decision('change', 'failed: TARGET_REFUSED'),
      decision('mode', 'done'),
    ])
  ).toEqual({ changed: 1, rolledBack: 1, failed: 1 });
});
