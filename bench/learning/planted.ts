import { seededRandom, randomNormal } from '../../backend/random/index.ts';
import { seriesSlice, type Series } from '../../backend/timeseries/index.ts';

/** A change that is planted into a real trace from one value on, and the verdict that would be right. */
export interface Planted {
  readonly name: string;
  readonly kind: 'levelShift' | 'varianceChange' | 'sensorFreeze' | 'seasonChange' | 'growth';
  /** Hours after which a verdict that has not come is late. */
  readonly hours: number;
  readonly change: (series: Series, at: number, day: number) => Series;
}

const changed = (series: Series, at: number, value: (before: number, index: number) => number): Series => ({
  grid: series.grid,
  values: series.values.map((before, index) => (index < at ? before : value(before, index))),
});

/** Each value moves three times as far from the median of its two hours as it lay, and by noise of the same size. */
function louder(series: Series, at: number, day: number): Series {
  const half = Math.max(1, Math.round(day / 24));
  const random = seededRandom(at);
  return changed(series, at, (before, index) => {
    const near = seriesSlice(series, Math.max(0, index - half), Math.min(series.values.length, index + half)).values;
    const known = near.filter((value) => !Number.isNaN(value)).sort();
    const median = known[known.length >> 1] ?? before;
    const usual = known.reduce((sum, value) => sum + Math.abs(value - median), 0) / Math.max(1, known.length);
    return Math.max(0, median + 3 * (before - median) + 2 * usual * randomNormal(random));
  });
}

const DAILY_GROWTH = 1.03;

export const PLANTED: readonly Planted[] = [
  {
    ...{ name: 'level 30 % higher', kind: 'levelShift', hours: 12 },
    change: (series, at) => changed(series, at, (before) => 1.3 * before),
  },
  {
    ...{ name: 'level 30 % lower', kind: 'levelShift', hours: 12 },
    change: (series, at) => changed(series, at, (before) => 0.7 * before),
  },
  { name: 'three times the spread', kind: 'varianceChange', hours: 36, change: louder },
  {
    ...{ name: 'sensor stands still', kind: 'sensorFreeze', hours: 12 },
    change: (series, at) => changed(series, at, () => series.values[at - 1]!),
  },
  {
    ...{ name: 'course of the day six hours later', kind: 'seasonChange', hours: 48 },
    change: (series, at, day) => changed(series, at, (_, index) => series.values[index - day / 4]!),
  },
  {
    ...{ name: '3 % more each day', kind: 'growth', hours: 288 },
    change: (series, at, day) => changed(series, at, (before, index) => before * DAILY_GROWTH ** ((index - at) / day)),
  },
];
