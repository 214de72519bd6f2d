import {
  forecastResponseSchema,
  previewRequestSchema,
  type ForecastResponse,
  type PreviewRequest,
} from '../../../contract/index.ts';
import type { PreviewJob } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { PUBLISHED_LEVELS, type Forecast, type HistorySource } from '../../forecasting/index.ts';
import { gridEnd, parseDurationSeconds, timeAt, type Series, type TimeGrid } from '../../timeseries/index.ts';
import { defineRoute, type ApiRoute } from './apiRoute.ts';
import { orNull } from './orNull.ts';

export interface PreviewDeps {
  readonly fleet: {
    nowSeconds(): number;
    source(name: string): HistorySource | undefined;
    preview(job: PreviewJob): Promise<Forecast>;
  };
}

const DEFAULT_STEP = '5m';
const DEFAULT_HISTORY = '21d';
const MAX_HISTORY_STEPS = 50_000;
const SEED = 1;

/** `POST /forecasts/preview`: a forecast of a posted series or of any query; nothing is stored. */
export function previewRoute({ fleet }: PreviewDeps): ApiRoute {
  return defineRoute({
    method: 'POST',
    path: '/forecasts/preview',
    operation: 'previewForecast',
    summary: 'A forecast of a posted series or of any query; nothing is stored',
    permission: 'read',
    body: previewRequestSchema,
    response: forecastResponseSchema,
    handle: async ({ body, signal }) => {
      const { series, warnings } = await historyOf(body, fleet, signal);
      const levels = body.levels ?? PUBLISHED_LEVELS;
      const forecast = await fleet.preview({
        model: body.model ?? 'auto',
        history: { target: series },
        horizon: body.horizon,
        levels,
        seed: SEED,
      });
      return response(series, forecast, fleet.nowSeconds(), warnings);
    },
  });
}

async function historyOf(
  body: PreviewRequest,
  fleet: PreviewDeps['fleet'],
  signal: AbortSignal
): Promise<{ series: Series; warnings: readonly string[] }> {
  if (body.series !== undefined) {
    const { start, step, values } = body.series;
    return {
      series: {
        grid: { startSeconds: start, stepSeconds: step, length: values.length },
        values: Float64Array.from(values, (value) => value ?? Number.NaN),
      },
      warnings: [],
    };
  }
  const { source: name, query, step = DEFAULT_STEP, history = DEFAULT_HISTORY } = body.query!;
  const source = fleet.source(name);
  if (source === undefined) {
    throw new HeadroomError('API_NOT_FOUND', { kind: 'source', name, list: '/api/v1/status' });
  }
  const stepSeconds = positiveSeconds(step, 'query.step');
  const length = Math.floor(positiveSeconds(history, 'query.history') / stepSeconds) + 1;
  if (length > MAX_HISTORY_STEPS) {
    throw new HeadroomError('API_BODY_INVALID', {
      problem: `query.history: must be at most ${MAX_HISTORY_STEPS} steps`,
    });
  }
  const endSeconds = Math.floor(fleet.nowSeconds() / stepSeconds) * stepSeconds;
  const grid: TimeGrid = { startSeconds: endSeconds - (length - 1) * stepSeconds, stepSeconds, length };
  const result = await source.history({ query }, grid, signal);
  const [first, ...others] = result.series;
  if (first === undefined) {
    throw new HeadroomError('FORECAST_HISTORY_EMPTY', { series: typeof query === 'string' ? query : 'the query' });
  }
  if (others.length > 0) {
    throw new HeadroomError('API_BODY_INVALID', {
      problem: `query.query: returns ${result.series.length} series where one is needed; aggregate it`,
    });
  }
  return { series: first.series, warnings: result.warnings };
}

function positiveSeconds(text: string, field: string): number {
  const seconds = parseDurationSeconds(text);
  if (seconds === undefined || seconds <= 0) {
    throw new HeadroomError('API_BODY_INVALID', { problem: `${field}: must be a duration such as 5m` });
  }
  return seconds;
}

function response(series: Series, forecast: Forecast, now: number, warnings: readonly string[]): ForecastResponse {
  const past = series.grid.length;
  const future = forecast.grid.length;
  const padded = (values: Float64Array) => [...Array<null>(past).fill(null), ...Array.from(values, orNull)];
  return {
    workload: '',
    resource: '',
    unit: '',
    range: null,
    aggregate: null,
    issuedAt: gridEnd(series.grid),
    now,
    model: forecast.model,
    step: series.grid.stepSeconds,
    times: Array.from({ length: past + future }, (_, index) => timeAt(series.grid, index)),
    levels: [...forecast.levels],
    values: forecast.levels.map((_, row) => padded(forecast.values.subarray(row * future, (row + 1) * future))),
    mean: padded(forecast.mean),
    actual: [...Array.from(series.values, orNull), ...Array<null>(future).fill(null)],
    capacity: Array<null>(past + future).fill(null),
    shortfallProbability: Array<null>(past + future).fill(null),
    replicas: null,
    warnings: [...warnings, ...forecast.warnings],
  };
}
