import { availableParallelism } from 'node:os';
import { MAX_HORIZON } from '../../forecasting/index.ts';
import { parseTimestampMs } from '../../sources/index.ts';
import { CRPS_LEVELS } from '../../statistics/index.ts';
import { OptionValues } from '../forecasting/optionValues.ts';
import { covariateNames, type CovariateNames } from '../forecasting/tableHistories.ts';

const MAX_STEPS = 1_000_000;
const MAX_WORKERS = 256;

/** What commander hands over. */
export interface RawBacktestOptions {
  readonly input: string;
  readonly horizon: string;
  readonly windows: string;
  readonly stride?: string;
  readonly season?: string;
  readonly columns?: string;
  readonly covariates?: string;
  readonly models: string;
  readonly artefacts?: string;
  readonly levels?: string;
  readonly originEnd?: string;
  readonly resample?: string;
  readonly forecasts?: string;
  readonly workers?: string;
  readonly seed: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export interface BacktestCommandOptions {
  readonly input: string;
  readonly horizon: number;
  readonly windowCount: number;
  readonly stride: number;
  readonly seasonSteps: number | undefined;
  readonly columns: readonly string[] | undefined;
  readonly covariates: CovariateNames | undefined;
  readonly models: readonly string[];
  readonly artefacts: string | undefined;
  readonly levels: readonly number[];
  readonly originEndSeconds: number | undefined;
  readonly resampleSeconds: number | undefined;
  readonly forecasts: string | undefined;
  readonly workerCount: number;
  readonly seed: number;
  readonly isJson: boolean;
  readonly isQuiet: boolean;
}

/** Checks the options of `headroom backtest`; throws USAGE with the one that is wrong. */
export function backtestOptions(raw: RawBacktestOptions): BacktestCommandOptions {
  const values = new OptionValues('backtest');
  const horizon = values.whole('--horizon', raw.horizon, 1, MAX_HORIZON);
  return {
    input: raw.input,
    horizon,
    windowCount: values.whole('--windows', raw.windows, 1, MAX_STEPS),
    stride: given(raw.stride, (text) => values.whole('--stride', text, 1, MAX_STEPS)) ?? horizon,
    seasonSteps: given(raw.season, (text) => values.whole('--season', text, 1, MAX_STEPS)),
    columns: given(raw.columns, (text) => values.names('--columns', text)),
    covariates: given(raw.covariates, (text) => covariateNames(values, text)),
    models: values.names('--models', raw.models),
    artefacts: raw.artefacts,
    levels: given(raw.levels, (text) => values.levels('--levels', text)) ?? CRPS_LEVELS,
    originEndSeconds: given(raw.originEnd, (text) => {
      const timeMs = parseTimestampMs(text);
      return timeMs === undefined
        ? values.fail(`--origin-end must be an instant (ISO 8601 or epoch seconds), not ${text}`)
        : timeMs / 1000;
    }),
    resampleSeconds: given(raw.resample, (text) => values.duration('--resample', text)),
    forecasts: raw.forecasts,
    workerCount:
      given(raw.workers, (text) => values.whole('--workers', text, 1, MAX_WORKERS)) ?? availableParallelism(),
    seed: values.whole('--seed', raw.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    isJson: raw.json === true,
    isQuiet: raw.quiet === true,
  };
}

function given<T>(text: string | undefined, read: (text: string) => T): T | undefined {
  return text === undefined ? undefined : read(text);
}
