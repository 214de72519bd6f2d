import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { TargetState } from '../target/scaleTarget.ts';
import { decideScaling } from './decideScaling.ts';
import type { ScalingDecision } from './scalingDecision.ts';
import type { ScalingPolicy } from './scalingPolicy.ts';
import type { ScalingSituation } from './scalingSituation.ts';
import { freshWish, hpaState, NOW, POLICY, situationOf } from './situation.fixture.ts';

const codes = ({ reasons }: ScalingDecision) => reasons.map(({ code }) => code);
const policy = (changes: Partial<ScalingPolicy>): ScalingPolicy => ({ ...POLICY, ...changes });
const target = (floor: number, changes: Partial<TargetState> = {}): ScalingSituation['target'] => ({
  kind: 'read',
  state: hpaState(floor, changes),
});
const paused = (out: boolean, inward: boolean) => ({ out, in: inward, reason: 'by ana: release night' });

function assertHolds(situation: Partial<ScalingSituation>, code: string): void {
  const decision = decideScaling(situationOf(situation));
  assert.equal(decision.kind, 'hold', JSON.stringify(decision));
  assert.ok(codes(decision).includes(code), `${code} is not among ${codes(decision).join(', ')}`);
}

function assertSets(situation: Partial<ScalingSituation>, floor: number, ...reasons: string[]): void {
  const decision = decideScaling(situationOf(situation));
  assert.ok(decision.kind === 'change', JSON.stringify(decision));
  assert.equal(decision.set.floor, floor);
  for (const code of reasons) {
    assert.ok(codes(decision).includes(code), `${code} is not among ${codes(decision).join(', ')}`);
  }
}

describe('raising', () => {
  test('goes to what the forecast asks for at once', () => {
    assertSets({}, 20, 'raise');
  });

  test('goes no higher than the operator and the owner allow, and says that it is too little', () => {
    assertSets({ wish: freshWish(80) }, 50, 'raise', 'at-max');
    assertSets({ wish: freshWish(80), policy: policy({ max: 30 }) }, 30, 'at-max');
  });

  test('keeps to the limits of Kubernetes, counting from the changes made', () => {
    const limits = { scaleUp: { policies: [{ type: 'Pods' as const, value: 4, periodSeconds: 60 }] } };
    assertSets({ policy: policy({ limits }) }, 14, 'limited');
    const past = [{ atSeconds: NOW - 30, from: 7, to: 10 }];
    assertSets({ policy: policy({ limits }), past }, 11, 'limited');
    assertHolds({ policy: policy({ limits: { scaleUp: { selectPolicy: 'Disabled' } } }) }, 'limited');
  });

  test('waits for a pause, a freeze, its cooldown; not for a lowering', () => {
    assertHolds({ pause: paused(true, false) }, 'paused-out');
    const freeze = { name: 'audit', startSeconds: NOW - 1, endSeconds: NOW + 1, direction: 'both' as const };
    assertHolds({ policy: policy({ freezes: [freeze] }) }, 'frozen');
    assertSets({ policy: policy({ freezes: [{ ...freeze, direction: 'in' }] }) }, 20);
    assertSets({ policy: policy({ freezes: [{ ...freeze, endSeconds: NOW }] }) }, 20);
    const slow = policy({ cooldown: { outSeconds: 120, inSeconds: 300 } });
    assertHolds({ policy: slow, past: [{ atSeconds: NOW - 60, from: 5, to: 10 }] }, 'cooldown');
    assertSets({ policy: slow, past: [{ atSeconds: NOW - 60, from: 12, to: 10 }] }, 20);
    assertSets({ policy: slow, past: [{ atSeconds: NOW - 120, from: 5, to: 10 }] }, 20);
  });

  test('stops where the budget ends, and never lowers for it', () => {
    assertSets({ policy: policy({ budget: { costHourly: 1.5, replicaHour: 0.1 } }) }, 15, 'budget');
    assertHolds({ policy: policy({ budget: { costHourly: 0.5, replicaHour: 0.1 } }) }, 'budget');
  });

  test('needs no measurement', () => {
    assertSets({ measured: { kind: 'missing', reason: 'no source' } }, 20);
  });
});

describe('lowering', () => {
  const down = { wish: freshWish(5), target: target(10) };

  test('goes to what the forecast asks for, never below the owner or the operator', () => {
    assertSets(down, 5, 'lower');
    assertSets({ ...down, wish: freshWish(0), policy: policy({ min: 3 }) }, 3);
    assert.equal(decideScaling(situationOf({ ...down, wish: freshWish(0) })).kind, 'giveBack');
  });

  test('never happens on what is not measured', () => {
    assertHolds({ ...down, measured: { kind: 'missing', reason: 'No source answers' } }, 'not-measured');
  });

  test('goes no lower than the most that was wanted of late', () => {
    assertSets({ ...down, wish: freshWish(5, 8) }, 8, 'stabilization');
    assertHolds({ ...down, wish: freshWish(5, 12) }, 'stabilization');
  });

  test('waits for a pause, a freeze, the cooldown after any change, the rest of the fleet, and for it to be worth it', () => {
    assertHolds({ ...down, pause: paused(false, true) }, 'paused-in');
    const freezes = [{ name: 'sale', startSeconds: NOW, endSeconds: NOW + 60, direction: 'in' as const }];
    assertHolds({ ...down, policy: policy({ freezes }) }, 'frozen');
    assertHolds({ ...down, past: [{ atSeconds: NOW - 299, from: 5, to: 10 }] }, 'cooldown');
    assertHolds({ ...down, past: [{ atSeconds: NOW + 900, from: 5, to: 10 }] }, 'cooldown');
    assertHolds({ ...down, fleet: { others: 3, loweredOfLate: 1 } }, 'blast-radius');
    assertSets({ ...down, fleet: { others: 7, loweredOfLate: 1 } }, 5);
    assertHolds({ ...down, target: target(40), wish: freshWish(37) }, 'not-worth-it');
  });

  test('goes at least as low as a maximum that was lowered', () => {
    assertSets({ target: target(40), policy: policy({ max: 30 }), wish: freshWish(35) }, 30, 'above-max');
  });

  test('goes no further than what is measured needs where nothing else scales in', () => {
    const sole = { isSoleOwner: true, setting: { floor: 10 }, original: { floor: 9 } };
    assertSets({ ...down, target: target(10, sole), measured: { kind: 'observed', replicas: 7 } }, 7, 'measured-need');
    assertSets({ ...down, target: target(10, sole), measured: { kind: 'observed', replicas: 1 } }, 5);
  });
});

describe('without a fresh forecast', () => {
  const lostSince = (sinceSeconds: number, code: 'no-forecast' | 'stale-forecast' | 'drift' = 'stale-forecast') => ({
    kind: 'lost' as const,
    code,
    reason: 'The last forecast is 20m old',
    sinceSeconds,
  });
  const tuned = target(10, { setting: { floor: 10, utilization: 0.95 } });

  test('the utilisation target goes back at once, the floor stands, then goes back', () => {
    const first = decideScaling(situationOf({ wish: lostSince(NOW), target: tuned }));
    assert.deepEqual(first.kind === 'change' && first.set, { floor: 10, utilization: 0.7 });
    assertHolds({ wish: lostSince(NOW) }, 'held');
    assertHolds({ wish: lostSince(NOW - 1799) }, 'held');
    assert.equal(decideScaling(situationOf({ wish: lostSince(NOW - 1800) })).kind, 'giveBack');
    assert.equal(decideScaling(situationOf({ wish: lostSince(NOW - 360, 'drift') })).kind, 'giveBack');
  });

  test('nothing is done where nothing is held, and replicas that nothing else scales stay', () => {
    assertHolds({ wish: lostSince(0), target: target(2) }, 'stale-forecast');
    assertHolds({ wish: lostSince(0), target: target(10, { isSoleOwner: true }) }, 'sole-owner');
  });
});

describe('the utilisation target', () => {
  const tuning = { utilization: 0.95 };
  const covered = { policy: policy({ tuning }), wish: freshWish(10) };

  test('is relaxed while a fresh floor covers what is asked for', () => {
    const decision = decideScaling(situationOf(covered));
    assert.deepEqual(decision.kind === 'change' && decision.set, { floor: 10, utilization: 0.95 });
    assert.deepEqual(codes(decision), ['as-it-is', 'tuned']);
  });

  test('stays where the floor falls short, something is paused, or nothing is measured', () => {
    assertHolds({ ...covered, pause: paused(true, false) }, 'as-it-is');
    assertHolds({ ...covered, measured: { kind: 'missing', reason: 'No source answers' } }, 'as-it-is');
    const limits = { scaleUp: { selectPolicy: 'Disabled' as const } };
    assertHolds({ policy: policy({ tuning, limits }), wish: freshWish(12) }, 'limited');
  });

  test('is never made stricter than its owner has it', () => {
    assertHolds({ ...covered, policy: policy({ tuning: { utilization: 0.6 } }) }, 'as-it-is');
  });
});

test('what cannot be read, or is in other hands, is left alone; a pause of both gives everything back', () => {
  assertHolds({ target: { kind: 'unread', reason: 'timeout' } }, 'target-unread');
  assertHolds({ target: target(10, { conflicts: ['argocd sets spec.minReplicas'] }) }, 'conflict');
  assert.equal(decideScaling(situationOf({ pause: paused(true, true) })).kind, 'giveBack');
  const byOwner = { paused: { out: true, in: true, reason: 'autoscaling.keda.sh/paused' } };
  assert.equal(decideScaling(situationOf({ target: target(10, byOwner) })).kind, 'giveBack');
  assertHolds({ pause: paused(true, true), target: target(2) }, 'paused');
});

test('whatever the situation: within the bounds, up only on a fresh forecast, in only on a measurement', () => {
  fc.assert(
    fc.property(anySituation(), (situation) => {
      const decision = decideScaling(situation);
      assert.ok(decision.reasons.length > 0, 'a decision without a reason');
      if (decision.kind !== 'change' || situation.target.kind !== 'read') {
        return;
      }
      const { state } = situation.target;
      const { floor, utilization } = decision.set;
      const bottom = Math.max(situation.policy.min, state.isSoleOwner ? 0 : state.original.floor);
      if (floor !== state.setting.floor) {
        assert.equal(situation.wish.kind, 'fresh');
        assert.ok(floor >= Math.min(bottom, state.setting.floor));
        assert.ok(floor <= Math.max(bottom, Math.min(situation.policy.max, state.ceiling ?? 1e9)));
      }
      assert.equal(decision.direction, floor < state.setting.floor ? 'in' : 'out');
      if (decision.direction === 'in' && !codes(decision).includes('above-max')) {
        assert.equal(situation.measured.kind, 'observed');
        assert.ok(!situation.isSloViolated, 'lowered while the SLO is violated');
        assert.ok(!situation.pause.in, 'lowered while that is paused');
      }
      if (situation.isSloViolated || state.conflicts.length > 0) {
        assert.equal(utilization, state.original.utilization);
      }
      if (utilization !== state.original.utilization) {
        assert.equal(situation.wish.kind, 'fresh');
      }
    }),
    { numRuns: 2000 }
  );
});

test('what takes capacity away waits until the SLO is met', () => {
  assertHolds({ wish: freshWish(2), isSloViolated: true }, 'slo-violated');
  const lost = { kind: 'lost' as const, code: 'no-forecast' as const, reason: 'none', sinceSeconds: NOW - 90_000 };
  assertHolds({ wish: lost, isSloViolated: true }, 'no-forecast');
  assert.equal(decideScaling(situationOf({ wish: lost })).kind, 'giveBack');
});

test('where somebody else writes it, the utilisation target goes back at once, the floor with time', () => {
  const edited = {
    kind: 'read' as const,
    state: hpaState(10, { conflicts: ['set by hand'], setting: { floor: 10, utilization: 0.95 } }),
  };
  const decision = decideScaling(situationOf({ target: edited }));
  assert.deepEqual(decision.kind === 'change' && decision.set, { floor: 10, utilization: 0.7 });
  assert.equal(decideScaling(situationOf({ target: edited, conflictSinceSeconds: NOW - 1800 })).kind, 'giveBack');
  assert.equal(decideScaling(situationOf({ target: edited, pause: paused(true, true) })).kind, 'giveBack');
});

test("a person's floor stands beside the forecast's, with or without it, and says until when", () => {
  const approved = { floor: 15, who: 'ana', untilSeconds: NOW + 600 };
  const tuned = policy({ tuning: { utilization: 0.95 } });
  const fresh = { ...freshWish(15), approved };
  const raised = decideScaling(situationOf({ policy: tuned, wish: fresh }));
  assert.deepEqual(raised.kind === 'change' && raised.set, { floor: 15, utilization: 0.95 });
  assert.deepEqual(codes(raised), ['raise', 'approved', 'tuned']);
  assert.match(raised.reasons[0]!.text, /^What ana approved asks for/);
  const lost = {
    kind: 'lost' as const,
    code: 'stale-forecast' as const,
    reason: 'old',
    sinceSeconds: NOW - 90_000,
    approved,
  };
  const alone = decideScaling(situationOf({ policy: tuned, wish: lost }));
  assert.deepEqual(alone.kind === 'change' && alone.set, { floor: 15, utilization: 0.7 });
  const above = { kind: 'read' as const, state: hpaState(20) };
  const lowered = decideScaling(situationOf({ wish: lost, target: above }));
  assert.deepEqual(lowered.kind === 'change' && lowered.set.floor, 15, 'no further than the person, and measured');
  const missing = { kind: 'missing' as const, reason: 'no source' };
  assert.equal(decideScaling(situationOf({ wish: lost, target: above, measured: missing })).kind, 'hold');
  const young = { ...lost, sinceSeconds: NOW - 60 };
  assert.deepEqual(codes(decideScaling(situationOf({ wish: young, target: above }))), [
    'stale-forecast',
    'held',
    'approved',
  ]);
});

test('a floor above the most that is allowed stays while lowering is paused', () => {
  const above = { kind: 'read' as const, state: hpaState(55) };
  assert.equal(decideScaling(situationOf({ target: above })).kind, 'change');
  assertHolds({ target: above, pause: paused(false, true) }, 'paused-in');
});

test('a decision that was carried out is not decided again', () => {
  fc.assert(
    fc.property(anySituation(), (situation) => {
      const decision = decideScaling(situation);
      if (decision.kind !== 'change' || situation.target.kind !== 'read') {
        return;
      }
      const { state } = situation.target;
      const past = [
        ...situation.past,
        { atSeconds: situation.nowSeconds, from: state.setting.floor, to: decision.set.floor },
      ];
      const after = { ...state, setting: decision.set, isHeld: true };
      const again = decideScaling({ ...situation, past, target: { kind: 'read', state: after } });
      assert.ok(again.kind !== 'change' || again.set.floor === decision.set.floor || codes(again).includes('limited'));
    }),
    { numRuns: 1000 }
  );
});

function anySituation(): fc.Arbitrary<ScalingSituation> {
  const count = fc.integer({ min: 0, max: 60 });
  const utilization = fc.constantFrom(0.7, 0.95);
  return fc.record({
    nowSeconds: fc.constant(NOW),
    policy: fc
      .record({
        min: fc.integer({ min: 0, max: 5 }),
        max: fc.integer({ min: 5, max: 60 }),
        tuned: fc.boolean(),
        limited: fc.boolean(),
        budget: fc.boolean(),
      })
      .map(({ min, max, tuned, limited, budget }) =>
        policy({
          min,
          max,
          ...(tuned ? { tuning: { utilization: 0.95 } } : {}),
          ...(limited
            ? { limits: { scaleUp: { policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }] } } }
            : {}),
          ...(budget ? { budget: { costHourly: 2, replicaHour: 0.1 } } : {}),
        })
      ),
    wish: fc.oneof(
      fc.tuple(count, count).map(([floor, more]) => freshWish(floor, floor + more)),
      fc.record({
        kind: fc.constant('lost' as const),
        code: fc.constantFrom('no-forecast' as const, 'stale-forecast' as const, 'drift' as const),
        reason: fc.constant('lost'),
        sinceSeconds: fc.integer({ min: NOW - 4000, max: NOW }),
      })
    ),
    measured: fc.oneof(
      count.map((replicas) => ({ kind: 'observed' as const, replicas })),
      fc.constant({ kind: 'missing' as const, reason: 'No source answers' })
    ),
    target: fc
      .record({
        floor: count,
        original: fc.integer({ min: 1, max: 10 }),
        utilization,
        isSoleOwner: fc.boolean(),
        isEdited: fc.boolean(),
        ceiling: fc.option(fc.integer({ min: 10, max: 60 }), { nil: undefined }),
      })
      .map(({ floor, original, utilization: now, isSoleOwner, isEdited, ceiling }): ScalingSituation['target'] => ({
        kind: 'read',
        state: {
          setting: { floor, utilization: now },
          original: { floor: original, utilization: 0.7 },
          isHeld: floor !== original || now !== 0.7,
          isSoleOwner,
          ...(ceiling === undefined ? {} : { ceiling }),
          conflicts: isEdited ? ['set by hand'] : [],
        },
      })),
    isSloViolated: fc.boolean(),
    pause: fc.record({ out: fc.boolean(), in: fc.boolean() }).map((each) => ({ ...each, reason: 'by ana' })),
    past: fc
      .array(fc.record({ atSeconds: fc.integer({ min: NOW - 900, max: NOW }), from: count, to: count }), {
        maxLength: 4,
      })
      .map((changes) => changes.sort((a, b) => a.atSeconds - b.atSeconds)),
    fleet: fc.record({ others: count, loweredOfLate: fc.integer({ min: 0, max: 5 }) }),
  });
}
