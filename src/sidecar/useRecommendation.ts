import { recommendationSchema, type Recommendation } from '../../contract/recommendation.ts';
import { askWhole } from './client';
import { useResource, type Polled } from './useResource';

const INTERVAL_MS = 15_000;

/** A recommendation as it was looked at; `etag` names that version. */
export interface SeenRecommendation {
  readonly recommendation: Recommendation;
  readonly etag: string;
  /** Epoch seconds of the answer, by the clock of whoever gave it. */
  readonly nowSeconds: number;
}

/** One recommendation, asked for again every quarter of a minute. */
export function useRecommendation(id: string): Polled<SeenRecommendation> {
  return useResource((signal) => readRecommendation(id, signal), {
    key: `recommendation ${id}`,
    intervalMs: INTERVAL_MS,
  });
}

/** One recommendation as it stands, which does not change under the eyes of whoever decides on it. */
export function useSeenRecommendation(id: string): Polled<SeenRecommendation> {
  return useResource((signal) => readRecommendation(id, signal), { key: `seen recommendation ${id}` });
}

/** One recommendation with its version. */
export async function readRecommendation(id: string, signal: AbortSignal): Promise<SeenRecommendation> {
  const { value, header } = await askWhole({
    path: `api/v1/recommendations/${encodeURIComponent(id)}`,
    reader: recommendationSchema,
    signal,
  });
  const answeredMs = Date.parse(header('date') ?? '');
  return {
    recommendation: value,
    etag: header('etag') ?? '',
    nowSeconds: (Number.isNaN(answeredMs) ? Date.now() : answeredMs) / 1000,
  };
}
