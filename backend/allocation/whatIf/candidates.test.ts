import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { NeedPaths } from '../needPaths.ts';
import { windowRisk } from '../windowRisk.ts';
import { judge, staticCounts, type CandidateSetting } from './candidates.ts';
import { reactiveCounts } from './reactiveCounts.ts';

const REACTIVE = { targetUtilization: 0.5, delaySeconds: 120, downStabilizationSeconds: 60 };

const futureOf = (needs: readonly number[], pathCount = 1): NeedPaths => ({
  needs: Int32Array.from(needs),
  pathCount,
  stepCount: needs.length / pathCount,
  weight: 1,
});

const settingOf = (future: NeedPaths, changes: Partial<CandidateSetting> = {}): CandidateSetting => ({
  futures: [future],
  stepSeconds: 60,
  current: 4,
  min: 1,
  max: 50,
  startSeconds: 0,
  drainSeconds: 0,
  windowSteps: 1,
  firstStep: 0,
  ...changes,
});

test('a reactive autoscaler has ready what the need of a delay ago asked for, and falls after its window', () => {
  const counts = reactiveCounts(futureOf([2, 6, 2, 2, 2, 2]), REACTIVE, settingOf(futureOf([1])));
  assert.deepEqual([...counts], [4, 4, 4, 12, 12, 4]);
});

const future = fc
  .record({
    pathCount: fc.integer({ min: 1, max: 6 }),
    stepCount: fc.integer({ min: 1, max: 8 }),
    seed: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 48, maxLength: 48 }),
  })
  .map(({ pathCount, stepCount, seed }) => futureOf(seed.slice(0, pathCount * stepCount), pathCount));
const heldAt = (setting: CandidateSetting, risk: number): Int32Array =>
  staticCounts(setting, (counts) => windowRisk(setting, counts))(risk);
const risks = fc.double({ min: 0.01, max: 0.9, noNaN: true });

test('the static candidate is the least count within the risk', () => {
  fc.assert(
    fc.property(future, risks, fc.integer({ min: 1, max: 3 }), (one, risk, windowSteps) => {
      const setting = settingOf(one, { windowSteps });
      const counts = heldAt(setting, risk);
      const { risk: reached } = judge(setting, counts, undefined);
      assert.equal(new Set(counts).size, 1);
      assert.ok(reached <= risk);
      assert.ok(Math.abs(reached - windowRisk(setting, counts)) < 1e-12);
      const fewer = counts.map((count) => count - 1);
      assert.ok(counts[0] === setting.min || windowRisk(setting, fewer) > risk);
    })
  );
});

test('where even the maximum falls short the static candidate is the maximum', () => {
  const setting = settingOf(futureOf([9, 9]), { max: 5 });
  const counts = heldAt(setting, 0.1);
  const { risk } = judge(setting, counts, undefined);
  assert.deepEqual([...counts], [5, 5]);
  assert.equal(risk, 1);
});

test('what an autoscaler adds never raises the risk, and is counted in hours', () => {
  fc.assert(
    fc.property(future, fc.integer({ min: 1, max: 10 }), (one, floor) => {
      const setting = settingOf(one);
      const counts = new Int32Array(one.stepCount).fill(floor);
      const alone = judge(setting, counts, undefined);
      const both = judge(setting, counts, [reactiveCounts(one, REACTIVE, setting)]);
      assert.ok(both.risk <= alone.risk && both.shortMinutes <= alone.shortMinutes && both.missing <= alone.missing);
      assert.ok(both.reactiveHours >= 0 && alone.reactiveHours === 0);
      assert.ok(Math.abs(both.replicaHours - alone.replicaHours - both.reactiveHours) < 1e-9);
    })
  );
});
