import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Outlook } from '../allocation/index.ts';
import { answeringOutlooks } from './answeringOutlooks.ts';

function issuedAt(seconds: number): Outlook {
  return {
    workload: 'shop',
    issuedAtSeconds: seconds,
    cutoffSeconds: seconds,
    grid: { startSeconds: seconds, stepSeconds: 300, length: 289 },
    series: [],
    currency: 'USD',
    warnings: [],
  };
}

describe('answeringOutlooks', () => {
  it('answers each instant with the newest outlook made at least the lead time before, the future with the latest', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 4 }),
        (steps, leadSteps) => {
          const all = steps.sort((a, b) => a - b).map((step) => issuedAt(step * 300));
          const latest = all.at(-1)!;
          const lead = leadSteps * 300;
          const spans = answeringOutlooks(all, latest, lead, 0, 100 * 300);
          for (let time = 0; time <= 100 * 300; time += 300) {
            const expected =
              time > latest.cutoffSeconds ? latest : all.findLast((outlook) => outlook.issuedAtSeconds + lead <= time);
            const answering = spans.filter((span) => span.fromSeconds <= time && time <= span.toSeconds);
            assert.equal(answering.length, expected === undefined ? 0 : 1);
            assert.equal(answering[0]?.outlook, expected);
          }
        }
      )
    );
  });

  it('has nothing to answer without outlooks', () => {
    assert.deepEqual(answeringOutlooks([], undefined, 180, 0, 1e6), []);
  });
});
