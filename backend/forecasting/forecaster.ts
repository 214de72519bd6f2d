import type { Forecast } from './forecast.ts';
import type { History } from './history.ts';

export interface PredictOptions {
  /** Steps to forecast, 1 or more. */
  readonly horizon: number;
  /** Ascending, within (0, 1). */
  readonly levels: readonly number[];
}

/**
 * Trained and read-only: from a history to a distribution over the steps after it.
 *
 * Deterministic; sees nothing after the last instant of `history.target` but known covariates. Any history with at
 * least one measurement gets a finite, ordered forecast, else it throws FORECAST_HISTORY_EMPTY.
 */
export interface Predictor {
  readonly name: string;
  predict(history: History, options: PredictOptions): Forecast | Promise<Forecast>;
  /** The same, but of what it follows since its fit no more than `history` tells: cheaper to ask, where it follows anything. */
  settled?(history: History): Promise<Predictor>;
}

export interface FitOptions {
  /** Steps in the main season (a day, a week ...); `undefined` lets the forecaster find it, 1 means none. */
  readonly seasonSteps?: number;
  /** The horizon that the predictor will be asked for. */
  readonly horizon: number;
  readonly seed: number;
}

/** Trainable: from a history to a Predictor. Trivial models return themselves. */
export interface Forecaster {
  readonly name: string;
  /** Whether it reads the covariates of a history; absent, it ignores them. */
  readonly readsCovariates?: true;
  fit(history: History, options: FitOptions): Predictor | Promise<Predictor>;
}
