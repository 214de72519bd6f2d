import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DriftBlock } from './driftBlock.ts';
import { shiftSize } from './shiftSize.ts';

const HOUR = 3600;
const foreseen = (hour: number) => 100 + 40 * Math.sin((2 * Math.PI * hour) / 24);

/** Hours beside forecasts from six hours before, which know of a shift only after that. */
function blocksOf(count: number, truth: (foreseen: number) => number): DriftBlock[] {
  return Array.from({ length: count }, (_, hour) => ({
    startSeconds: hour * HOUR,
    mean: truth(foreseen(hour)),
    farMean: hour < 6 ? foreseen(hour) : truth(foreseen(hour)),
    ...{ near: null, far: null, spread: null },
  }));
}

describe('shiftSize', () => {
  it('finds the factor and the addend, from six hours of a course', () => {
    const factor = shiftSize(
      blocksOf(24, (value) => 1.3 * value),
      0
    )!;
    assert.ok(Math.abs(factor.ratio! - 1.3) < 1e-9);
    const addend = shiftSize(
      blocksOf(24, (value) => value + 30),
      0
    )!;
    assert.equal(addend.ratio, null);
    assert.ok(Math.abs(addend.offset - 30) < 1e-9);
  });

  it('takes what both explain for a factor, and what touches zero for an addend', () => {
    const flat = blocksOf(3, () => 130).map((block) => ({ ...block, farMean: 100 }));
    assert.equal(shiftSize(flat, 0)!.ratio, 1.3);
    assert.equal(
      shiftSize(
        blocksOf(3, () => 0),
        0
      )!.ratio,
      null
    );
    assert.equal(
      shiftSize(
        blocksOf(3, () => 1),
        9 * HOUR
      ),
      null
    );
  });
});
