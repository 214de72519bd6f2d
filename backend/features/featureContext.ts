import { formatDuration, gridIndexAt, type Series, type TimeGrid } from '../timeseries/index.ts';
import { calendarFeatures } from './calendarFeatures.ts';
import { decompose, type Decomposition } from './decompose.ts';
import type { Driver, FeatureInput } from './feature.ts';
import { rollingMoments, type RollingMoments } from './rollingMoments.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const WEEK = 604_800;
const WINDOWS = [15 * MINUTE, HOUR, 6 * HOUR, DAY, WEEK, 4 * WEEK] as const;
const LEAST_WINDOW_STEPS = 3;
const MOST_WINDOW_STEPS = 4096;
const LEAST_SEASON_STEPS = 4;
/** A week of minutes; a longer trend would cost more than it tells. */
const MOST_TREND_STEPS = 10_080;
const TREND_STEPS_WITHOUT_SEASON = 8;

/** A trailing window: its steps, and its duration as it stands in a feature's name. */
export interface Window {
  readonly steps: number;
  readonly seconds: number;
  readonly label: string;
}

/** What the features of one series share, each part made once and only when it is asked for. */
export interface FeatureContext {
  readonly input: FeatureInput;
  readonly unit: string;
  /** The target's grid with the horizon after it. */
  readonly aheadGrid: TimeGrid;
  readonly windows: readonly Window[];
  readonly seasons: readonly Window[];
  readonly moments: (window: Window) => RollingMoments;
  readonly decomposition: () => Decomposition;
  readonly calendar: () => ReadonlyMap<string, Series>;
  /** A driver's values on the target's grid and over the horizon, NaN where it has none. */
  readonly driverAhead: (driver: Driver) => Float64Array;
}

/**
 * The context of one series. Windows and seasons follow from the step alone, so that what comes later changes no
 * feature of before.
 */
export function featureContext(input: FeatureInput): FeatureContext {
  const { grid, values } = input.target;
  const windows = WINDOWS.map((seconds) => windowOf(seconds, grid.stepSeconds)).filter(
    ({ steps }) => Number.isInteger(steps) && steps >= LEAST_WINDOW_STEPS && steps <= MOST_WINDOW_STEPS
  );
  const seasons = seasonsOf(input.seasonSeconds, grid.stepSeconds);
  const aheadGrid = { ...grid, length: grid.length + (input.horizon ?? 0) };
  const moments = new Map<number, RollingMoments>();
  let parts: Decomposition | undefined;
  let calendar: ReadonlyMap<string, Series> | undefined;
  return {
    input,
    unit: input.unit ?? '',
    aheadGrid,
    windows,
    seasons,
    moments: ({ steps }) => {
      const known = moments.get(steps) ?? rollingMoments(values, steps);
      moments.set(steps, known);
      return known;
    },
    decomposition: () => (parts ??= decompose(values, planOf(seasons))),
    calendar: () => (calendar ??= calendarFeatures(aheadGrid, input)),
    driverAhead: ({ series }) => {
      const first = gridIndexAt(series.grid, aheadGrid.startSeconds);
      return Float64Array.from({ length: aheadGrid.length }, (_, i) => series.values[first + i] ?? Number.NaN);
    },
  };
}

function windowOf(seconds: number, stepSeconds: number): Window {
  return { steps: seconds / stepSeconds, seconds, label: formatDuration(seconds) };
}

function seasonsOf(own: number | undefined, stepSeconds: number): Window[] {
  const all = [...new Set([DAY, WEEK, ...(own === undefined ? [] : [own])])].sort((a, b) => a - b);
  return all
    .map((seconds) => windowOf(seconds, stepSeconds))
    .filter(({ steps }) => steps >= LEAST_SEASON_STEPS && Number.isFinite(steps));
}

function planOf(seasons: readonly Window[]): {
  readonly seasons: readonly number[];
  readonly trendSteps: number;
  readonly minCount: number;
} {
  const spans = seasons.map(({ steps }) => Math.round(steps)).filter((steps) => steps <= MOST_TREND_STEPS);
  const shortest = spans[0] ?? TREND_STEPS_WITHOUT_SEASON;
  return {
    seasons: seasons.map(({ steps }) => steps),
    trendSteps: spans.at(-1) ?? TREND_STEPS_WITHOUT_SEASON,
    minCount: Math.max(1, Math.ceil(shortest / 2)),
  };
}
