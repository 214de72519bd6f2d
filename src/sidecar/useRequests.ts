import type { RequestsResponse } from '../../contract/requestViews.ts';
import { previewRequests, readRequests, type RequestsPreview } from './requests';
import { useResource, type Polled } from './useResource';

const INTERVAL_MS = 15_000;

/** How the requests of a workload stand, asked for again as often as they are decided on. */
export function useRequests(workload: string): Polled<RequestsResponse> {
  return useResource((signal) => readRequests(workload, signal), {
    key: `requests ${workload}`,
    intervalMs: INTERVAL_MS,
  });
}

/** The same as they stand once, which does not change under the eyes of whoever decides on it. */
export function useSeenRequests(workload: string): Polled<RequestsResponse> {
  return useResource((signal) => readRequests(workload, signal), { key: `seen requests ${workload}` });
}

/** The exact change that a version of the advice makes, asked of the target once. */
export function useRequestsPreview({ workload, etag }: RequestsResponse): Polled<RequestsPreview> {
  return useResource((signal) => previewRequests(workload, signal), { key: `requests preview ${workload} ${etag}` });
}
