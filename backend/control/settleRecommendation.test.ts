import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Recommendation } from '../../contract/index.ts';
import { settleRecommendation, type SettledRecommendation } from './settleRecommendation.ts';

function recommendation(id: string, replicas: number, change: Partial<Recommendation> = {}): Recommendation {
  const expectation = {
    replicaHours: replicas,
    cost: null,
    shortfallProbability: 0.001,
    shortfallMinutes: 1,
    firstShortfallAt: null,
  };
  return {
    id,
    workload: 'shop',
    state: 'proposed',
    createdAt: 1000,
    expiresAt: 2000,
    action: 'raise',
    current: { replicas: 4 },
    proposed: { replicas },
    plan: { name: id, replicas: [{ at: 1000, count: replicas }] },
    tiers: { committed: replicas - 1, reserved: 1, total: replicas, burst: 2 },
    expected: { current: expectation, proposed: expectation },
    risk: 0.01,
    leadTimeSeconds: 180,
    currency: 'USD',
    confidence: { level: 'high', historySeconds: 1, coverage80: null },
    reasons: [],
    warnings: [],
    seed: 1,
    pathCount: 1,
    ...change,
  };
}

describe('settleRecommendation', () => {
  it('keeps the identity of the same advice and takes its fresh figures', () => {
    const { standing, changed } = settleRecommendation(
      recommendation('a', 8),
      recommendation('b', 8, { expiresAt: 3000 }),
      1500,
      undefined
    );
    assert.equal(standing?.id, 'a');
    assert.equal(standing.expiresAt, 3000);
    assert.equal(changed.length, 1);
  });

  it('supersedes by different advice', () => {
    const { standing, changed } = settleRecommendation(
      recommendation('a', 8),
      recommendation('b', 10),
      1500,
      undefined
    );
    assert.equal(standing?.id, 'b');
    assert.deepEqual(
      changed.map(({ id, state }) => [id, state]),
      [
        ['a', 'superseded'],
        ['b', 'proposed'],
      ]
    );
  });

  it('takes figures that breathe for the same advice, however long, and a drift for another', () => {
    let settled: SettledRecommendation = { changed: [] };
    const ids = [8, 9, 8, 7, 8, 9, 10].map((replicas, turn) => {
      const fresh = recommendation(String(turn), replicas);
      settled = settleRecommendation(settled.standing, fresh, 1500, undefined, settled.anchor);
      assert.equal(settled.standing?.proposed.replicas, replicas);
      return settled.standing.id;
    });
    assert.deepEqual(ids, ['0', '0', '0', '0', '0', '0', '6']);
  });

  it('another action is other advice', () => {
    const held = recommendation('b', 8, { action: 'hold' });
    assert.equal(settleRecommendation(recommendation('a', 8), held, 1500, undefined).standing?.id, 'b');
  });

  it('never advises less while data are missing', () => {
    const lower = settleRecommendation(recommendation('a', 8), recommendation('b', 6), 1500, 'cpu is missing');
    assert.equal(lower.standing?.id, 'a');
    assert.equal(lower.changed.length, 0);
    assert.match(lower.heldBack ?? '', /cpu is missing/);
    const first = settleRecommendation(undefined, recommendation('b', 2, { action: 'lower' }), 1500, 'cpu is missing');
    assert.equal(first.standing, undefined);
  });

  it('advises more even while data are missing', () => {
    assert.equal(
      settleRecommendation(recommendation('a', 8), recommendation('b', 10), 1500, 'cpu is missing').standing?.id,
      'b'
    );
  });

  it('lets old advice expire when nothing fresh comes', () => {
    assert.equal(settleRecommendation(recommendation('a', 8), undefined, 1500, undefined).standing?.id, 'a');
    const expired = settleRecommendation(recommendation('a', 8), undefined, 2000, undefined);
    assert.equal(expired.standing, undefined);
    assert.equal(expired.changed[0]?.state, 'expired');
  });

  it('keeps a snoozed one snoozed while the advice is the same', () => {
    const { standing } = settleRecommendation(
      recommendation('a', 8, { state: 'snoozed' }),
      recommendation('b', 8),
      1500,
      undefined
    );
    assert.equal(standing?.state, 'snoozed');
  });
});
