import type { Forecaster } from '../../forecasting/index.ts';
import { namedForecasters } from '../forecasting/namedForecasters.ts';

/** What a thread needs to make the forecasters of a backtest for itself; plain data. */
export interface ForecastersPlan {
  readonly models: readonly string[];
  /** The folder of learnt models that was asked for. */
  readonly artefacts: string | undefined;
}

/**
 * The forecasters of a backtest, in the order of their names: made once in each thread, so that what they load is loaded
 * once there.
 *
 * Rejects with FORECAST_MODEL_UNKNOWN or MODEL_ARTEFACT_INVALID.
 */
export async function backtestForecasters({ models, artefacts }: ForecastersPlan): Promise<readonly Forecaster[]> {
  return (await namedForecasters(models, artefacts)).forecasters;
}
