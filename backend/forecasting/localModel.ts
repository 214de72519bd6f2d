import type { FitOptions, PredictOptions } from './forecaster.ts';
import type { History } from './history.ts';

/** What a model says before it is put in order: `values` as `[level][step]`, `mean` as `[step]`, possibly not finite. */
export interface RawForecast {
  readonly values: Float64Array;
  readonly mean: Float64Array;
  readonly warnings: readonly string[];
  readonly reason?: string;
}

/** Options of a fit whose season is known: steps in a cycle, 1 for none. */
export type SeasonalFitOptions = FitOptions & { readonly seasonSteps: number };

/** A trained model; deterministic, and blind to everything after its history's last instant. */
export interface FittedModel {
  predict(history: History, options: PredictOptions): RawForecast | Promise<RawForecast>;
  /** As `predict` of each history of one series, in the same order, for models to which many at once are cheaper. */
  predictMany?(histories: readonly History[], options: PredictOptions): Promise<RawForecast[]>;
  /** The same, but following no more of what came since its fit than `history` tells. */
  settled?(history: History): Promise<FittedModel>;
}

/**
 * The heart of a forecaster, free of what all forecasters share: `guardedForecaster` checks its input and puts its
 * output in order.
 */
export interface LocalModel {
  readonly name: string;
  /** Whether it keeps to a published definition: it reads an idle start too, and its quantiles may lie below zero. */
  readonly isAsPublished?: true;
  /** Whether it reads the covariates of a history. */
  readonly readsCovariates?: true;
  fit(history: History, options: SeasonalFitOptions): FittedModel | Promise<FittedModel>;
}
