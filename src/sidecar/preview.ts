import { forecastResponseSchema, type ForecastResponse, type PreviewRequest } from '../../contract/api.ts';
import { ask } from './client';

const TIMEOUT_SECONDS = 60;

/** A forecast of a posted series; nothing is stored. */
export function previewForecast(request: PreviewRequest, signal: AbortSignal): Promise<ForecastResponse> {
  return ask({
    path: 'api/v1/forecasts/preview',
    method: 'POST',
    body: request,
    reader: forecastResponseSchema,
    signal,
    timeoutSeconds: TIMEOUT_SECONDS,
  });
}
