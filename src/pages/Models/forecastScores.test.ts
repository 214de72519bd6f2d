import { calibrationPoints, forecastScores } from './forecastScores';

const SCORED = {
  times: [1, 2, 3, 4],
  levels: [0.1, 0.5, 0.9],
  values: [
    [null, 8, 8, 8],
    [null, 10, 10, 10],
    [null, 12, 12, 12],
  ],
  actual: [5, 10, 20, null],
};

describe('scores of what was said', () => {
  it('count only where both forecast and truth are known', () => {
    const { count, held80 } = forecastScores(SCORED);
    expect(count).toBe(2);
    expect(held80).toBe(0.5);
  });

  it('are twice the mean pinball loss, as a share of what came', () => {
    // Of 10: 2*0.1*2, 0, 2*0.1*2; of 20: 2*0.1*12, 2*0.5*10, 2*0.9*8.
    const loss = (0.4 + 0 + 0.4 + 2.4 + 10 + 14.4) / 3;
    expect(forecastScores(SCORED).crps).toBeCloseTo(loss / 30, 12);
  });

  it('say nothing where nothing was foreseen, and of truths that are all zero', () => {
    expect(forecastScores({ ...SCORED, values: [[], [], []] })).toEqual({ count: 0, crps: null, held80: null });
    expect(forecastScores({ ...SCORED, actual: [0, 0, 0, 0] }).crps).toBeNull();
    expect(calibrationPoints({ ...SCORED, actual: [null, null, null, null] })).toEqual([]);
  });

  it('tell how often truths lay at or below each level', () => {
    expect(calibrationPoints(SCORED)).toEqual([
      { nominal: 0.1, held: 0 },
      { nominal: 0.5, held: 0.5 },
      { nominal: 0.9, held: 0.5 },
    ]);
  });
});
