import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { courseDistance } from './courseDistance.ts';

const DAY = 24;

function days(count: number, seed: number, hourOf: (hour: number) => number = (hour) => hour): Array<number | null> {
  const random = seededRandom(seed);
  return Array.from(
    { length: count * DAY },
    (_, hour) => 100 + 40 * Math.sin((2 * Math.PI * hourOf(hour)) / DAY) + 4 * randomNormal(random)
  );
}

describe('courseDistance', () => {
  it('is small where the day is as others were, and tells one that came six hours later', () => {
    const usual = courseDistance(days(10, 1), DAY)!;
    assert.ok(usual.season < 0.4 && usual.moved < 1, JSON.stringify(usual));
    const later = courseDistance(
      days(10, 1, (hour) => (hour < 9 * DAY ? hour : hour - 6)),
      DAY
    )!;
    assert.ok(later.season > 1 && later.moved > 3, JSON.stringify(later));
  });

  it('is the same at another level, and on another scale', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.double({ min: 0.1, max: 9, noNaN: true }), (seed, factor) => {
        const means = days(9, seed);
        const lifted = means.map((mean, hour) => (hour < 8 * DAY ? mean : mean! + 77));
        const scaled = means.map((mean) => factor * mean!);
        const plain = courseDistance(means, DAY)!;
        for (const other of [courseDistance(lifted, DAY)!, courseDistance(scaled, DAY)!]) {
          assert.ok(Math.abs(other.season - plain.season) < 1e-6);
          assert.ok(Math.abs(other.moved - plain.moved) < 1e-6);
        }
      }),
      { numRuns: 20 }
    );
  });

  it('takes a day like any of the last seven for usual: a weekend is no change', () => {
    const means = days(16, 3).map((mean, hour) => (Math.floor(hour / DAY) % 7 < 2 ? 50 + mean! / 9 : mean!));
    assert.ok(courseDistance(means.slice(0, 15 * DAY), DAY)!.season < 1);
  });

  it('says nothing of too few days, of what is missing and of a standstill', () => {
    assert.equal(courseDistance(days(3, 1), DAY), undefined);
    assert.equal(courseDistance([], DAY), undefined);
    const missing = days(9, 1).map((mean, hour) => (hour < 8 * DAY + 12 ? mean : null));
    assert.equal(courseDistance(missing, DAY), undefined);
    assert.equal(courseDistance(new Array<number>(9 * DAY).fill(5), DAY), undefined);
    assert.equal(courseDistance(days(9, 1).slice(0, 9), 1), undefined, 'a block of a day has no course');
  });
});
