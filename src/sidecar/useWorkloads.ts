import { workloadsResponseSchema, type WorkloadsResponse } from '../../contract/api.ts';
import { ask } from './client';
import { FLEET } from './early';
import { useResource, type Polled } from './useResource';

const INTERVAL_MS = 30_000;

/** The fleet without its sparklines, asked for again every half minute. */
export function useWorkloads(): Polled<WorkloadsResponse> {
  return useResource(loadWorkloads, { key: 'workloads', intervalMs: INTERVAL_MS });
}

function loadWorkloads(signal: AbortSignal): Promise<WorkloadsResponse> {
  return ask({ ...FLEET, reader: workloadsResponseSchema, signal });
}
