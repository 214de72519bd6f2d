import { featureContext, rollingMoments, type Window } from '../../features/index.ts';
import { detectSeasonSteps } from '../../forecasting/index.ts';
import { quantileSorted, sortedObserved } from '../../statistics/index.ts';
import type { Series } from '../../timeseries/index.ts';

const LEAST_LEVEL_SECONDS = 3600;
const MOST_LEVELS = 2;

/** What a target is made of, as its features tell it: where it is measured, value = expected + rest. `[step]` each. */
export interface SeriesParts {
  /** Known at every step, from the first known one backwards too; `undefined` where it is never known. */
  readonly trend: Float64Array | undefined;
  readonly seasons: ReadonlyArray<{ readonly window: Window; readonly values: Float64Array }>;
  /** Trend and seasons; the median where there is no trend. */
  readonly expected: Float64Array;
  readonly rest: Float64Array;
  /** The rest, averaged over the shortest window of a level; the rest itself where no window is so short. */
  readonly smoothRest: Float64Array;
  /** The two shortest windows of at least an hour. */
  readonly levels: readonly Window[];
}

/** The parts of a target; `seasonSteps` is its main season, found where it is absent, 1 for none. */
export function seriesParts(target: Series, seasonSteps = detectSeasonSteps(target)): SeriesParts {
  const { grid, values } = target;
  const context = featureContext({
    target,
    ...(seasonSteps > 1 ? { seasonSeconds: seasonSteps * grid.stepSeconds } : {}),
  });
  const decomposition = context.decomposition();
  const firstTrend = decomposition.trend.find((value) => !Number.isNaN(value));
  const trend = firstTrend === undefined ? undefined : known(decomposition.trend, 1);
  const seasons = context.seasons.map((window, i) => ({
    window,
    values: known(decomposition.seasons[i]!, Math.round(window.steps)).map((value) =>
      trend === undefined || Number.isNaN(value) ? 0 : value
    ),
  }));
  const middle = quantileSorted(sortedObserved(values), 0.5);
  const expected = values.map((_, t) =>
    seasons.reduce((sum, season) => sum + season.values[t]!, trend === undefined ? middle : trend[t]!)
  );
  const rest = values.map((value, t) => value - expected[t]!);
  const levels = context.windows.filter(({ seconds }) => seconds >= LEAST_LEVEL_SECONDS).slice(0, MOST_LEVELS);
  const smoothRest = levels[0] === undefined ? rest : rollingMoments(rest, levels[0].steps, 1).mean;
  return { trend, seasons, expected, rest, smoothRest, levels };
}

/** With what is not known as it is `steps` later, and after the last known one as it was `steps` before. */
function known(values: Float64Array, steps: number): Float64Array {
  const filled = values.slice();
  for (let t = filled.length - 1 - steps; t >= 0; t--) {
    if (Number.isNaN(filled[t]!)) {
      filled[t] = filled[t + steps]!;
    }
  }
  for (let t = steps; t < filled.length; t++) {
    if (Number.isNaN(filled[t]!)) {
      filled[t] = filled[t - steps]!;
    }
  }
  return filled;
}
