import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RowNeeds } from '../../scaling/index.ts';
import { NearFloor, type SeriesNeeds } from './nearFloor.ts';

const STEP = 60;
const NOW = 1_790_000_040;
const ROWS = 12;

function needs(counts: readonly number[]): RowNeeds {
  return {
    replicas: Int32Array.from({ length: ROWS }, (_, row) => counts[Math.min(row, counts.length - 1)]!),
    shortfall: new Float64Array(ROWS).fill(0.004),
  };
}

function series(name: string, present: number, counts: readonly number[]): SeriesNeeds {
  const ahead = needs(counts);
  return {
    name,
    present,
    ahead: [ahead, needs(counts.map((count) => count + 1)), needs(counts.map((count) => count - 1))],
  };
}

const decide = (floor: NearFloor, nowSeconds: number, ready: number, all: readonly SeriesNeeds[]) =>
  floor.decide({
    nowSeconds,
    ready,
    series: all,
    grid: { startSeconds: nowSeconds + STEP, stepSeconds: STEP, length: ROWS },
  });

test('capacity is asked for at the last chance of a row, not before', () => {
  const floor = new NearFloor(180, 60);
  const rising = [5, 5, 5, 5, 5, 9];
  assert.equal(decide(floor, NOW, 5, [series('requests', 5, rising)]).floor, 5);
  assert.equal(decide(floor, NOW + STEP, 5, [series('requests', 5, rising.slice(1))]).floor, 5);
  assert.equal(decide(floor, NOW + 2 * STEP, 5, [series('requests', 5, rising.slice(2))]).floor, 5);
  assert.equal(decide(floor, NOW + 3 * STEP, 5, [series('requests', 5, rising.slice(3))]).floor, 9);
});

test('what was asked for is kept as far as the nearer rows need it, and given up when none does', () => {
  const floor = new NearFloor(180, 60);
  assert.equal(decide(floor, NOW, 5, [series('requests', 5, [5, 5, 9])]).floor, 9);
  assert.equal(decide(floor, NOW + STEP, 5, [series('requests', 5, [5, 9, 4, 4])]).floor, 9);
  assert.equal(decide(floor, NOW + 2 * STEP, 5, [series('requests', 3, [3])]).floor, 3);
});

test('replicas that serve are kept though nobody here asked for them', () => {
  const floor = new NearFloor(180, 60);
  decide(floor, NOW, 4, [series('requests', 4, [4])]);
  assert.equal(decide(floor, NOW + STEP, 9, [series('requests', 9, [9, 9, 4])]).floor, 9);
});

test('between two forecasts it decides on the rows that are left, and gives up nothing that the next one asks for', () => {
  const floor = new NearFloor(180, 15);
  const grid = { startSeconds: NOW + STEP, stepSeconds: STEP, length: ROWS };
  const all = [series('requests', 9, [8, 5, 7, 6, 12, 2])];
  const at = (seconds: number, ready: number) =>
    floor.decide({ nowSeconds: NOW + seconds, ready, series: all, grid }).floor;
  assert.equal(at(0, 9), 9, 'the present row');
  assert.equal(at(60, 9), 8, 'which is over now; the next is the present');
  assert.equal(at(75, 8), 9, 'what served is kept for the row after those that can still be decided');
  assert.equal(at(120, 7), 12, 'the last chance of the fifth row, a start-up before it');
  assert.equal(at(135, 7), 12, 'asked for, and not given up before it serves');
  assert.equal(at(375, 12), 2);
});

test('the series that asks for most decides, and it is told', () => {
  const {
    floor,
    needs: rows,
    series: name,
    shortfall,
  } = decide(new NearFloor(180, 60), NOW, 8, [series('requests', 4, [4]), series('memory', 6, [7])]);
  assert.deepEqual([floor, rows[3], name], [7, 7, 'memory']);
  assert.equal(shortfall[0], 0.008);
});

test('more need never gives a lower floor, half the risk no lower and twice the risk no higher one', () => {
  const counts = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: ROWS, maxLength: ROWS });
  fc.assert(
    fc.property(
      counts,
      counts,
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 0, max: 900 }),
      (a, more, ready, lead) => {
        const low = decide(new NearFloor(lead, 60), NOW, ready, [series('requests', a[0]!, a)]);
        const high = decide(new NearFloor(lead, 60), NOW, ready, [
          series(
            'requests',
            a[0]! + more[0]!,
            a.map((count, row) => count + more[row]!)
          ),
        ]);
        assert.ok(high.floor >= low.floor);
        assert.ok(low.atHalfRisk >= low.floor && low.atDoubleRisk <= low.floor);
        assert.ok(low.floor <= Math.max(a[0]!, ...a));
      }
    )
  );
});
