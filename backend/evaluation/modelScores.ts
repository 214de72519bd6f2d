import type { SeriesOutcome } from './backtestSeries.ts';
import { emptySums, mergeSums, scoresOf, type ForecastScores } from './forecastScores.ts';

export interface SeriesScores extends ForecastScores {
  readonly series: string;
  readonly seasonSteps: number;
}

export interface ModelScores extends ForecastScores {
  readonly model: string;
  readonly secondsPerForecast: number;
  readonly perSeries: readonly SeriesScores[];
}

/**
 * The scores of a forecaster from what it did on each series, in their order, with as many windows each.
 *
 * Pooled as `shared/data/README.md` says: CRPS from sums over all series, windows and steps, MASE as the mean over all
 * measured steps. `levels` are those over which the weighted quantile loss is taken.
 */
export function modelScores(
  model: string,
  outcomes: readonly SeriesOutcome[],
  levels: readonly number[],
  windowCount: number
): ModelScores {
  const total = emptySums(outcomes[0]?.sums.quantiles.levels ?? levels);
  for (const { sums } of outcomes) {
    mergeSums(total, sums);
  }
  const seconds = outcomes.reduce((sum, each) => sum + each.seconds, 0);
  return {
    model,
    ...scoresOf(total, levels),
    secondsPerForecast: seconds / Math.max(1, outcomes.length * windowCount),
    perSeries: outcomes.map(({ series, seasonSteps, sums }) => ({ series, seasonSteps, ...scoresOf(sums, levels) })),
  };
}
