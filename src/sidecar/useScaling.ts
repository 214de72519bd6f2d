import { scalingResponseSchema, type ScalingResponse } from '../../contract/acting.ts';
import { ask } from './client';
import { useResource, type Polled } from './useResource';

const INTERVAL_MS = 15_000;

/** How acting on a workload stands, asked for again as often as it is decided. */
export function useScaling(workload: string): Polled<ScalingResponse> {
  return useResource(
    (signal) =>
      ask({
        path: `api/v1/workloads/${encodeURIComponent(workload)}/scaling`,
        reader: scalingResponseSchema,
        signal,
      }),
    { key: `scaling ${workload}`, intervalMs: INTERVAL_MS }
  );
}
