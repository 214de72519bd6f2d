import type { ExperimentPower } from '../../../contract/experiments.ts';
import { neededDays } from './neededDays';

function power(points: ReadonlyArray<readonly [days: number, relative: number | null]>, period = 86_400) {
  return {
    periodSeconds: period,
    points: points.map(([days, relative]) => ({ days, relative, minimumEffect: relative })),
  } as unknown as ExperimentPower;
}

const KNOWN = power([
  [8, 0.2],
  [14, 0.15],
  [28, 0.1],
]);

describe('the length that a test needs', () => {
  it('is what the past tells, in whole blocks of two periods', () => {
    expect(neededDays(KNOWN, 0.1)).toBe(28);
    expect(neededDays(KNOWN, 0.14)).toBe(18);
    expect(neededDays(power([[28, 0.1]], 7 * 86_400), 0.08)).toBe(56);
  });

  it('grows with the square of what is to be found, beyond what the past was asked', () => {
    expect(neededDays(KNOWN, 0.05)).toBe(112);
    expect(neededDays(KNOWN, 0.049)).toBeNull();
  });

  it('is never longer than a length that is known to be enough', () => {
    expect(neededDays(KNOWN, 0.5)).toBe(8);
    expect(
      neededDays(
        power([
          [8, 0.2],
          [14, 0.199],
        ]),
        0.199
      )
    ).toBeLessThanOrEqual(14);
  });

  it('is unknown where the past does not tell or did not vary, and for no difference at all', () => {
    expect(neededDays(power([[14, null]]), 0.1)).toBeNull();
    expect(neededDays(power([[14, 0]]), 0.1)).toBeNull();
    expect(neededDays(KNOWN, 0)).toBeNull();
  });
});
