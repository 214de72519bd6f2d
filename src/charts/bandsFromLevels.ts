import type { FanBand, Values } from './fan';

/** Quantiles over time: `values` is `[level][time]`, levels ascending. */
export interface LevelValues {
  readonly levels: readonly number[];
  readonly values: readonly Values[];
}

const SAME = 1e-9;

/** Between levels further apart than this nothing is read: the line between them says too little. */
const WIDEST_GAP = 0.2;

/**
 * Central bands of the widths asked for, in per cent. A level that is not among the given ones is
 * read on the straight line between near neighbours, never beyond the outermost: such a band is left out.
 */
export function bandsFromLevels(quantiles: LevelValues, percents: readonly number[]): FanBand[] {
  return percents.flatMap((percent) => {
    const lower = quantileOf(quantiles, 0.5 - percent / 200);
    const upper = quantileOf(quantiles, 0.5 + percent / 200);
    return lower === undefined || upper === undefined ? [] : [{ percent, lower, upper }];
  });
}

/** One quantile over time; undefined where its level lies beyond the given ones or in too wide a gap between them. */
export function quantileOf({ levels, values }: LevelValues, level: number): Values | undefined {
  const above = levels.findIndex((each) => each >= level - SAME);
  const upperLevel = levels[above];
  const upper = values[above];
  if (upperLevel === undefined || upper === undefined) {
    return undefined;
  }
  if (Math.abs(upperLevel - level) <= SAME) {
    return upper;
  }
  const lowerLevel = levels[above - 1];
  const lower = values[above - 1];
  if (lowerLevel === undefined || lower === undefined || upperLevel - lowerLevel > WIDEST_GAP + SAME) {
    return undefined;
  }
  const share = (level - lowerLevel) / (upperLevel - lowerLevel);
  return upper.map((high, index) => {
    const low = lower[index];
    if (high === undefined || low === undefined) {
      return undefined;
    }
    return high === null || low === null ? null : low + share * (high - low);
  });
}
