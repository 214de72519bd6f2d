import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decideRequests } from './decideRequests.ts';
import type { RequestSituation } from './requestSituation.ts';
import { requestState } from './requestState.fixture.ts';
import type { RequestState } from './requestTarget.ts';

const NOW = 1_790_000_000;
const OWNERS = { cpu: 1, memory: 1e9 };
const STATE = requestState({ setting: OWNERS, original: OWNERS });

function situation(changes: Partial<RequestSituation> = {}, state: Partial<RequestState> = {}): RequestSituation {
  return {
    nowSeconds: NOW,
    policy: { min: {}, max: {}, worth: 0.1, cooldownSeconds: 3600, freezes: [] },
    advice: {
      cpu: { target: 2, lowerBound: 1.5, upperBound: 3 },
      memory: { target: 5e8, lowerBound: 4e8, upperBound: 6e8 },
    },
    used: { cpu: 0.5, memory: 3e8 },
    isSloViolated: false,
    pause: { out: false, in: false, reason: '' },
    target: { kind: 'read', state: { ...STATE, ...state } },
    ...changes,
  };
}

const setOf = (...asked: Parameters<typeof situation>) => {
  const decision = decideRequests(situation(...asked));
  return decision.kind === 'change' ? decision.set : decision.reasons.map(({ code }) => code);
};

describe('decideRequests', () => {
  test('goes to what is advised, up and down', () => {
    assert.deepEqual(setOf(), { cpu: 2, memory: 5e8 });
  });

  test('raises without a measurement, lowers only with one and never below what is used', () => {
    assert.deepEqual(setOf({ used: {} }), { cpu: 2 });
    assert.deepEqual(setOf({ used: { memory: 8e8 } }), { cpu: 2, memory: 8e8 });
    assert.deepEqual(setOf({ isSloViolated: true }), { cpu: 2 });
  });

  test('stays within the bounds of operator and container', () => {
    const policy = { ...situation().policy, min: { memory: 7e8 }, max: { cpu: 1.8 } };
    assert.deepEqual(setOf({ policy }), { cpu: 1.8, memory: 7e8 });
    assert.deepEqual(setOf({}, { limits: { cpu: 1.2 } }), { cpu: 1.2, memory: 5e8 });
  });

  test('leaves what is not worth it, not requested, left alone, paused, frozen or cooling', () => {
    const near = { cpu: { target: 1.05, lowerBound: 0.5, upperBound: 2 } };
    assert.deepEqual(setOf({ advice: near }), ['as-it-is', 'no-advice']);
    assert.deepEqual(setOf({}, { setting: {} }), ['not-requested', 'not-requested']);
    assert.deepEqual(setOf({}, { left: { cpu: 'an HPA scales by it' } }), { memory: 5e8 });
    assert.deepEqual(setOf({ pause: { out: true, in: true, reason: 'night' } }), ['paused-out', 'paused-in']);
    const freezes = [{ name: 'sale', startSeconds: NOW - 1, endSeconds: NOW + 1, direction: 'both' as const }];
    assert.deepEqual(setOf({ policy: { ...situation().policy, freezes } }), ['frozen', 'frozen']);
    assert.deepEqual(setOf({ changedAtSeconds: NOW - 60 }), ['cooldown', 'cooldown']);
    assert.deepEqual(setOf({ changedAtSeconds: NOW - 60, used: { cpu: 1.5 } }), { cpu: 2 }, 'more is used than held');
    assert.deepEqual(setOf({}, { conflicts: ['Argo CD sets it'] }), ['conflict']);
    assert.deepEqual(setOf({ target: { kind: 'unread', reason: 'gone' } }), ['target-unread']);
  });

  test('whatever the situation: within all bounds, in only on a measurement', () => {
    const amount = fc.double({ min: 0.01, max: 8, noNaN: true });
    const asked = fc.record({
      standing: amount,
      target: amount,
      spread: fc.double({ min: 0, max: 1, noNaN: true }),
      used: fc.option(amount, { nil: undefined }),
      least: fc.option(amount, { nil: undefined }),
      most: fc.option(amount, { nil: undefined }),
      limit: fc.option(amount, { nil: undefined }),
      isSloViolated: fc.boolean(),
      out: fc.boolean(),
      in: fc.boolean(),
    });
    fc.assert(
      fc.property(asked, ({ standing, target, spread, used, least, most, limit, isSloViolated, ...pause }) => {
        const bounded = most !== undefined && least !== undefined && most < least ? undefined : least;
        const set = setOf(
          {
            advice: { cpu: { target, lowerBound: target * (1 - spread), upperBound: target * (1 + spread) } },
            used: used === undefined ? {} : { cpu: used },
            isSloViolated,
            pause: { ...pause, reason: 'x' },
            policy: {
              ...situation().policy,
              min: bounded === undefined ? {} : { cpu: bounded },
              max: most === undefined ? {} : { cpu: most },
            },
          },
          { setting: { cpu: standing }, limits: limit === undefined ? {} : { cpu: limit } }
        );
        if (Array.isArray(set)) {
          return;
        }
        const { cpu } = set as { cpu: number };
        const top = Math.min(most ?? Infinity, limit ?? Infinity);
        assert.ok(cpu <= top && cpu >= Math.min(top, bounded ?? 0));
        assert.ok(cpu > standing ? !pause.out : !pause.in && !isSloViolated && used !== undefined);
        assert.ok(cpu >= Math.min(top, used ?? 0), 'never below what is used, as far as the limit lets it');
      })
    );
  });
});
