import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { leastPlans } from './leastPlans.ts';
import { replicasNeeded, type NeedPaths } from './needPaths.ts';
import { planOutcome } from './planOutcome.ts';
import type { PlanProblem } from './planProblem.ts';
import { needScale } from './needScale.ts';
import { priceLadders, replicasAtPrice } from './priceLadder.ts';
import { steadyCounts } from './steadyCounts.ts';
import { windowPeaks } from './windowPeaks.ts';
import { windowRisk } from './windowRisk.ts';

const STEPS = 12;

const futuresOf = (most: number): fc.Arbitrary<NeedPaths> =>
  fc
    .array(fc.array(fc.integer({ min: 0, max: most }), { minLength: STEPS, maxLength: STEPS }), {
      minLength: 1,
      maxLength: 30,
    })
    .map((paths) => ({
      pathCount: paths.length,
      stepCount: STEPS,
      needs: Int32Array.from(
        { length: STEPS * paths.length },
        (_, i) => paths[i % paths.length]![Math.floor(i / paths.length)]!
      ),
      weight: 1,
    }));

const problemOf: fc.Arbitrary<PlanProblem> = fc
  .record({
    futures: futuresOf(20),
    min: fc.integer({ min: 0, max: 5 }),
    span: fc.integer({ min: 0, max: 20 }),
    windowSteps: fc.integer({ min: 1, max: 5 }),
    firstStep: fc.integer({ min: 0, max: STEPS - 1 }),
    blockSteps: fc.integer({ min: 1, max: 4 }),
    holdBlocks: fc.integer({ min: 0, max: 2 }),
    current: fc.integer({ min: 0, max: 30 }),
  })
  .map(({ futures, min, span, blockSteps, ...rest }) => ({
    ...rest,
    futures: [futures],
    min,
    max: min + span,
    blocks: Int32Array.from({ length: STEPS }, (_, step) => Math.floor(step / blockSteps)),
  }));

const riskOf = fc.double({ min: 0.001, max: 0.9, noNaN: true });

/** The mean share of paths with a shortfall in a window, by looking at each. */
function slowRisk({ futures, windowSteps, firstStep }: PlanProblem, counts: Int32Array): number {
  const { pathCount, needs } = futures[0]!;
  const starts = Array.from({ length: STEPS }, (_, i) => i).filter(
    (start) => start >= firstStep && (start + windowSteps <= STEPS || start === firstStep)
  );
  let short = 0;
  for (const start of starts) {
    for (let path = 0; path < pathCount; path++) {
      const steps = Array.from({ length: Math.min(windowSteps, STEPS - start) }, (_, i) => start + i);
      short += steps.some((step) => needs[step * pathCount + path]! > counts[step]!) ? 1 : 0;
    }
  }
  return short / pathCount / starts.length;
}

test('the risk of a plan is the mean share of windows with a shortfall', () => {
  fc.assert(
    fc.property(
      problemOf,
      fc.array(fc.integer({ min: 0, max: 20 }), { minLength: STEPS, maxLength: STEPS }),
      (problem, counts) => {
        const plan = Int32Array.from(counts);
        assert.ok(Math.abs(windowRisk(problem, plan) - slowRisk(problem, plan)) < 1e-12);
      }
    )
  );
});

test('a plan stays within [min, max], changes between blocks only, and keeps the risk where max can', () => {
  fc.assert(
    fc.property(problemOf, riskOf, (problem, risk) => {
      const plan = leastPlans(problem)(risk);
      plan.counts.forEach((count, step) => {
        assert.ok(count >= problem.min && count <= problem.max);
        assert.ok(step === 0 || problem.blocks[step] !== problem.blocks[step - 1] || count === plan.counts[step - 1]);
      });
      assert.ok(Math.abs(plan.risk - slowRisk(problem, plan.counts)) < 1e-12);
      const most = windowRisk(problem, new Int32Array(STEPS).fill(problem.max));
      assert.equal(plan.isWithinRisk, plan.risk <= risk);
      if (most <= risk) {
        assert.ok(plan.isWithinRisk, `${String(most)} with max, ${String(plan.risk)} with the plan`);
      } else {
        assert.ok(Math.abs(plan.risk - most) < 1e-12);
      }
    })
  );
});

test('more accepted risk never gives a bigger plan anywhere', () => {
  fc.assert(
    fc.property(problemOf, riskOf, riskOf, (problem, a, b) => {
      const plans = leastPlans(problem);
      const [small, large] = [plans(Math.min(a, b)), plans(Math.max(a, b))];
      small.counts.forEach((count, step) => {
        assert.ok(count >= large.counts[step]!);
      });
    })
  );
});

test('at any price a block takes the replicas with the least cost of replicas and shortfalls', () => {
  fc.assert(
    fc.property(futuresOf(9), fc.double({ min: 0, max: 50, noNaN: true }), (future, price) => {
      const problem: PlanProblem = {
        futures: [future],
        min: 0,
        max: 9,
        windowSteps: 1,
        firstStep: 0,
        blocks: new Int32Array(STEPS),
        holdBlocks: 0,
        current: 0,
      };
      const [ladder] = priceLadders(problem, needScale([future], 0, 9));
      const sorted = future.needs.slice().sort();
      const weight = Math.sqrt(Math.max(1, sorted[Math.ceil(sorted.length / 2) - 1]!));
      const costOf = (count: number) =>
        STEPS * count + price * weight * STEPS * windowRisk(problem, new Int32Array(STEPS).fill(count));
      const chosen = costOf(replicasAtPrice(ladder!, price));
      for (let count = 0; count <= 9; count++) {
        assert.ok(chosen <= costOf(count) + 1e-6);
      }
    })
  );
});

test('with one block the plan is the least count within the risk', () => {
  fc.assert(
    fc.property(futuresOf(20), riskOf, (future, risk) => {
      const problem: PlanProblem = {
        futures: [future],
        min: 0,
        max: 20,
        windowSteps: 2,
        firstStep: 0,
        blocks: new Int32Array(STEPS),
        holdBlocks: 0,
        current: 0,
      };
      const counts = Array.from({ length: 21 }, (_, count) => count);
      const least = counts.find((count) => windowRisk(problem, new Int32Array(STEPS).fill(count)) <= risk);
      assert.equal(leastPlans(problem)(risk).counts[0], least);
    })
  );
});

test('needs far apart are rounded up to a plan that still carries them', () => {
  const needs = Int32Array.from([1, 1_000_000, 2_000_000, 500_000]);
  const problem: PlanProblem = {
    futures: [{ pathCount: 2, stepCount: 2, needs, weight: 1 }],
    min: 1,
    max: 3_000_000,
    windowSteps: 1,
    firstStep: 0,
    blocks: Int32Array.of(0, 1),
    holdBlocks: 0,
    current: 1,
  };
  const { counts, risk } = leastPlans(problem)(0.01);
  assert.equal(risk, 0);
  assert.ok(counts[0]! >= 1_000_000 && counts[0]! < 1_000_100);
  assert.ok(counts[1]! >= 2_000_000 && counts[1]! < 2_000_100);
});

const countsOf = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 12 });

test('steady counts carry the least, and never grow when less is asked for', () => {
  fc.assert(
    fc.property(
      countsOf,
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 0, max: 3 }),
      fc.nat(5),
      (least, current, hold, slack) => {
        const enough = least.map((count) => count + slack);
        const counts = steadyCounts(least, enough, current, hold);
        const smaller = steadyCounts(
          least.map((count) => Math.max(0, count - 1)),
          enough.map((count) => Math.max(0, count - 1)),
          Math.max(0, current - 1),
          hold
        );
        counts.forEach((count, block) => {
          assert.ok(count >= least[block]!);
          assert.ok(count <= Math.max(current, ...enough));
          assert.ok(smaller[block]! <= count);
        });
      }
    )
  );
});

test('dips up to the hold are not followed, longer ones are', () => {
  const dip = (length: number) => [5, 5, ...Array.from({ length }, () => 2), 5, 5];
  assert.deepEqual([...steadyCounts(dip(2), dip(2), 5, 2)], [5, 5, 5, 5, 5, 5]);
  assert.deepEqual([...steadyCounts(dip(3), dip(3), 5, 2)], [5, 5, 2, 2, 2, 5, 5]);
});

test('between what is needed and what is enough the count before stays', () => {
  assert.deepEqual([...steadyCounts([4, 5, 4, 3, 2], [6, 7, 6, 5, 3], 5, 0)], [5, 5, 5, 5, 3]);
});

test('window peaks are the largest needs of each window within the steps it touches', () => {
  const steps = fc.tuple(fc.integer({ min: 0, max: STEPS - 1 }), fc.integer({ min: 1, max: STEPS }));
  fc.assert(
    fc.property(futuresOf(9), steps, fc.integer({ min: 1, max: STEPS + 3 }), (future, [start, length], window) => {
      const end = Math.min(STEPS, start + length);
      const peaks = windowPeaks(future, start, end, window);
      assert.equal(peaks.length, (end - start + window - 1) * future.pathCount);
      for (let i = 0; i < peaks.length; i++) {
        const first = start - window + 1 + Math.floor(i / future.pathCount);
        let largest = 0;
        for (let s = Math.max(start, first); s < Math.min(end, first + window); s++) {
          largest = Math.max(largest, future.needs[s * future.pathCount + (i % future.pathCount)]!);
        }
        assert.equal(peaks[i], largest);
      }
    })
  );
});

test('futures weigh as their probability', () => {
  const future = (need: number, weight: number): NeedPaths => ({
    pathCount: 1,
    stepCount: 1,
    needs: Int32Array.of(need),
    weight,
  });
  const { probability, anyProbability, shortSteps } = planOutcome([future(3, 0.2), future(1, 0.8)], Int32Array.of(2));
  assert.deepEqual([probability[0], anyProbability, shortSteps], [0.2, 0.2, 0.2]);
});

test('replicas needed are the least whose capacity the demand does not exceed', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      (demand, perReplica) => {
        const count = replicasNeeded(demand, perReplica);
        assert.ok(demand <= count * perReplica);
        assert.ok(demand > (count - 1) * perReplica);
      }
    )
  );
  assert.equal(replicasNeeded(0, 5), 0);
  assert.equal(replicasNeeded(-3, 5), 0);
  assert.equal(replicasNeeded(0.3, 0.1), 3);
  assert.equal(replicasNeeded(1e300, 1e-300), 2 ** 31 - 1);
});
