import { statusSchema, type Status } from '../../contract/api.ts';
import { ask } from './client';
import { useResource, type Polled } from './useResource';

const INTERVAL_MS = 30_000;

/** The sidecar itself: who acts, what is paused, what failed. */
export function useStatus(): Polled<Status> {
  return useResource((signal) => ask({ path: 'api/v1/status', reader: statusSchema, signal }), {
    key: 'status',
    intervalMs: INTERVAL_MS,
  });
}
