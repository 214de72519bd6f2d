import fc from 'fast-check';
import { aWorkload, NOW } from '../testing/fixtures';
import { compareUrgency, hourlySaving, isForeseen } from './urgencyOrder';

const workload = fc
  .record({
    name: fc.constantFrom('a', 'b', 'c'),
    firstShortfallAt: fc.option(fc.integer({ min: NOW, max: NOW + 10 })),
    shortfallProbability: fc.option(
      fc.record({ '1h': fc.double({ min: 0, max: 1, noNaN: true }) }).map((each): Record<string, number> => each)
    ),
  })
  .map((changes) => aWorkload(changes));

describe('compareUrgency', () => {
  it('puts the sooner shortfall first, at one instant the likelier', () => {
    const soon = aWorkload({ name: 'soon', firstShortfallAt: NOW + 60, shortfallProbability: { '1h': 0.1 } });
    const sure = aWorkload({ name: 'sure', firstShortfallAt: NOW + 60, shortfallProbability: { '1h': 0.9 } });
    const late = aWorkload({ name: 'late', firstShortfallAt: NOW + 600, shortfallProbability: { '1h': 1 } });
    expect([late, soon, sure].sort(compareUrgency).map(({ name }) => name)).toEqual(['sure', 'soon', 'late']);
  });

  it('puts what is short already, as measured, before what is foreseen', () => {
    const [resource] = aWorkload().resources;
    const short = aWorkload({
      name: 'short',
      firstShortfallAt: null,
      resources: resource === undefined ? [] : [{ ...resource, latest: 11, capacity: 10 }],
    });
    const soon = aWorkload({ name: 'soon', firstShortfallAt: NOW + 60 });
    expect([soon, short].sort(compareUrgency).map(({ name }) => name)).toEqual(['short', 'soon']);
  });

  it('is an order: antisymmetric and transitive', () => {
    fc.assert(
      fc.property(workload, workload, workload, (a, b, c) => {
        expect(Math.sign(compareUrgency(a, b))).toBe(-Math.sign(compareUrgency(b, a)) + 0);
        if (compareUrgency(a, b) <= 0 && compareUrgency(b, c) <= 0) {
          expect(compareUrgency(a, c)).toBeLessThanOrEqual(0);
        }
      })
    );
  });
});

it('hourlySaving is unknown where either price is', () => {
  expect(hourlySaving(aWorkload())).toBe(0.5);
  expect(hourlySaving(aWorkload({ costHourly: { current: null, proposed: 3, currency: 'USD' } }))).toBeNull();
  expect(hourlySaving(aWorkload({ costHourly: { current: 3, proposed: null, currency: 'USD' } }))).toBeNull();
});

it('isForeseen needs a probability of some window', () => {
  expect(isForeseen(aWorkload())).toBe(true);
  expect(isForeseen(aWorkload({ shortfallProbability: {} }))).toBe(false);
  expect(isForeseen(aWorkload({ shortfallProbability: null }))).toBe(false);
});
