import { workloadDetailSchema, type WorkloadDetail } from '../../contract/api.ts';
import { ask } from './client';
import { useResource, type Polled } from './useResource';

const INTERVAL_MS = 30_000;

/** One workload: summary, declaration, accuracy and recommendation, asked for again every half minute. */
export function useWorkload(name: string): Polled<WorkloadDetail> {
  return useResource(
    (signal) => ask({ path: `api/v1/workloads/${encodeURIComponent(name)}`, reader: workloadDetailSchema, signal }),
    { key: `workload ${name}`, intervalMs: INTERVAL_MS }
  );
}
