import fc from 'fast-check';
import { bandsFromLevels, quantileOf } from './bandsFromLevels';

const LEVELS = [0.1, 0.3, 0.5, 0.7, 0.9];
const values = LEVELS.map((level) => [level * 100, null, level]);

describe('quantileOf', () => {
  it('is the given one where its level is given', () => {
    expect(quantileOf({ levels: LEVELS, values }, 0.3)).toBe(values[1]);
    expect(quantileOf({ levels: LEVELS, values }, 0.1 + 0.2)).toBe(values[1]);
  });

  it('lies on the straight line between its neighbours, and keeps gaps', () => {
    const [first, second, third] = quantileOf({ levels: LEVELS, values }, 0.25) ?? [];
    expect(first).toBeCloseTo(25);
    expect(second).toBeNull();
    expect(third).toBeCloseTo(0.25);
  });

  it('is nothing beyond the outermost levels', () => {
    expect(quantileOf({ levels: LEVELS, values }, 0.05)).toBeUndefined();
    expect(quantileOf({ levels: LEVELS, values }, 0.95)).toBeUndefined();
    expect(quantileOf({ levels: [], values: [] }, 0.5)).toBeUndefined();
  });

  it('is nothing between levels that lie too far apart', () => {
    const ends = { levels: [0.1, 0.9], values: [[1], [9]] };
    expect(quantileOf(ends, 0.5)).toBeUndefined();
    expect(bandsFromLevels(ends, [50, 80]).map(({ percent }) => percent)).toEqual([80]);
  });

  it('never crosses another: a higher level is never below a lower one', () => {
    const level = fc.double({ min: 0.1, max: 0.9, noNaN: true });
    const ascending = fc
      .array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 5, maxLength: 5 })
      .map((numbers) => [...numbers].sort((a, b) => a - b));
    fc.assert(
      fc.property(ascending, level, level, (numbers, a, b) => {
        const quantiles = { levels: LEVELS, values: numbers.map((number) => [number]) };
        const low = quantileOf(quantiles, Math.min(a, b))?.[0] ?? NaN;
        const high = quantileOf(quantiles, Math.max(a, b))?.[0] ?? NaN;
        expect(high).toBeGreaterThanOrEqual(low - 1e-6 * Math.max(1, Math.abs(low)));
      })
    );
  });
});

describe('bandsFromLevels', () => {
  it('leaves out a band that the levels do not reach', () => {
    expect(bandsFromLevels({ levels: LEVELS, values }, [50, 80, 95]).map(({ percent }) => percent)).toEqual([50, 80]);
  });
});
