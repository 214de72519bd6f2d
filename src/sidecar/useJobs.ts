import { jobsResponseSchema, type JobsResponse } from '../../contract/job.ts';
import { ask } from './client';
import { useResource, type Polled } from './useResource';

const INTERVAL_MS = 10_000;

/** Jobs under way and those that are over, newest first. */
export function useJobs(): Polled<JobsResponse> {
  return useResource((signal) => ask({ path: 'api/v1/jobs', reader: jobsResponseSchema, signal }), {
    key: 'jobs',
    intervalMs: INTERVAL_MS,
  });
}
