import type { ErrorCode, ErrorDetails } from '../../errors/index.ts';
import type { BacktestForecast, SeriesBacktestOptions, SeriesOutcome } from '../../evaluation/index.ts';
import type { History } from '../../forecasting/index.ts';
import type { ForecastersPlan } from './backtestForecasters.ts';

/** The part of a backtest's options that is plain data. */
export type SeriesPlan = Omit<SeriesBacktestOptions, 'monotonicSeconds' | 'signal' | 'onForecast'>;

/** What a thread of a backtest is started with. */
export interface BacktestThreadData {
  readonly forecasters: ForecastersPlan;
  readonly plan: SeriesPlan;
  /** Whether the forecasts themselves are sent back, or only that they were made. */
  readonly sendsForecasts: boolean;
}

/** One forecaster on one series. */
export interface BacktestJob {
  readonly modelIndex: number;
  readonly series: string;
  readonly history: History;
}

export type BacktestReply =
  | { readonly kind: 'forecast'; readonly forecast: BacktestForecast | undefined }
  | { readonly kind: 'outcome'; readonly outcome: SeriesOutcome }
  | { readonly kind: 'coded'; readonly code: ErrorCode; readonly details: ErrorDetails }
  | { readonly kind: 'failed'; readonly message: string };
