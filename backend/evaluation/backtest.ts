import type { Forecaster, History } from '../forecasting/index.ts';
import { backtestSeries, type SeriesBacktestOptions, type SeriesOutcome } from './backtestSeries.ts';
import { modelScores, type ModelScores } from './modelScores.ts';

export interface BacktestOptions extends SeriesBacktestOptions {
  /** By name; each history reaches over all windows, and all have targets of the same length. */
  readonly series: ReadonlyMap<string, History>;
  readonly models: readonly Forecaster[];
}

/**
 * Scores forecasters on the last windows of every series, each window seeing only what was before its cutoff.
 *
 * Throws BACKTEST_TOO_SHORT, what the forecasters throw, and the signal's reason when it is aborted.
 */
export async function backtest(options: BacktestOptions): Promise<ModelScores[]> {
  const results: ModelScores[] = [];
  for (const model of options.models) {
    const outcomes: SeriesOutcome[] = [];
    for (const [name, history] of options.series) {
      outcomes.push(await backtestSeries(model, name, history, options));
    }
    results.push(modelScores(model.name, outcomes, options.levels, options.windowCount));
  }
  return results;
}
