import { recommendationsResponseSchema, type RecommendationsResponse } from '../../contract/api.ts';
import type { RecommendationState } from '../../contract/recommendation.ts';
import { ask } from './client';
import { useResource, type Polled } from './useResource';

const INTERVAL_MS = 30_000;
const LIMIT = 1000;

/** The recommendations of one state; `open` are those that wait for an answer, snoozed ones included. */
export function useRecommendations(state: RecommendationState | 'open'): Polled<RecommendationsResponse> {
  return useResource(
    (signal) =>
      ask({
        path: 'api/v1/recommendations',
        params: { state: state === 'open' ? undefined : state, limit: LIMIT },
        reader: recommendationsResponseSchema,
        signal,
      }),
    { key: `recommendations ${state}`, intervalMs: INTERVAL_MS }
  );
}
