import { modelsResponseSchema, type ModelsResponse } from '../../contract/models.ts';
import { ask } from './client';
import { useResource, type Polled } from './useResource';

const INTERVAL_MS = 30_000;

/** The learnt models, who has which role among them for which workload, and what drifts. */
export function useModels(): Polled<ModelsResponse> {
  return useResource((signal) => ask({ path: 'api/v1/models', reader: modelsResponseSchema, signal }), {
    key: 'models',
    intervalMs: INTERVAL_MS,
  });
}
