import { forecastResponseSchema, type ForecastResponse } from '../../contract/api.ts';
import { ask } from './client';
import { previewForecast } from './preview';
import { useResource, type Polled } from './useResource';

const DAY_SECONDS = 86_400;
/** What a forecast is made from. */
const HISTORY_SECONDS = 28 * DAY_SECONDS;
/** All that are published: scores are means over them. */
export const LEVELS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99] as const;

export const ISSUED = 'issued';

export interface BacktestQuestion {
  readonly workload: string;
  readonly resource: string;
  /** The last instant that may be seen; epoch seconds. */
  readonly cutoff: number;
  /** Seconds ahead. */
  readonly horizon: number;
  /** A model that forecasts anew from the history up to the cutoff; `ISSUED` for what was issued then. */
  readonly model: string;
}

/** What was, or would have been, said at a cutoff; `times` begin some time before it, `actual` goes on with what came. */
export type Backtest = ForecastResponse;

/** A forecast from what was known at an instant in the past, over what came. */
export function useBacktest(question: BacktestQuestion): Polled<Backtest> {
  return useResource((signal) => backtest(question, signal), { key: `backtest ${JSON.stringify(question)}` });
}

async function backtest(question: BacktestQuestion, signal: AbortSignal): Promise<Backtest> {
  const { cutoff, horizon, model } = question;
  if (model === ISSUED) {
    return read(question, { start: cutoff - horizon, end: cutoff + horizon, issued: cutoff }, signal);
  }
  const measured = await read(question, { start: cutoff - HISTORY_SECONDS, end: cutoff + horizon }, signal);
  const { step, times, actual } = measured;
  const known = times.filter((time) => time <= cutoff).length;
  const ahead = times.length - known;
  const first = actual.findIndex((value) => value !== null);
  if (first < 0 || first >= known || ahead < 1) {
    return { ...measured, values: measured.values.map((row) => row.map(() => null)), model: null, issuedAt: null };
  }
  const made = await previewForecast(
    {
      series: { start: times[first] ?? 0, step, values: actual.slice(first, known) },
      horizon: ahead,
      levels: [...LEVELS],
      model,
    },
    signal
  );
  const shown = Math.max(0, known - Math.round(horizon / step));
  const future = known - first;
  const rest = <T>(values: readonly T[]): T[] => values.slice(shown);
  return {
    ...measured,
    model: made.model,
    issuedAt: cutoff,
    levels: made.levels,
    times: rest(times),
    actual: rest(actual),
    capacity: rest(measured.capacity),
    values: made.values.map((row) => rest([...Array<null>(known).fill(null), ...row.slice(future, future + ahead)])),
    warnings: made.warnings,
  };
}

function read(
  { workload, resource }: BacktestQuestion,
  { start, end, issued }: { readonly start: number; readonly end: number; readonly issued?: number },
  signal: AbortSignal
): Promise<ForecastResponse> {
  return ask({
    path: `api/v1/workloads/${encodeURIComponent(workload)}/forecast`,
    params: { resource, levels: LEVELS.join(','), start, end, issued },
    reader: forecastResponseSchema,
    signal,
  });
}
