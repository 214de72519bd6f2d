import type { WorkloadSummary } from '../../contract/api.ts';

/** Whether more is asked of a workload at present than its replicas carry, by the latest measurement of any resource. */
export function isShortNow({ resources }: Pick<WorkloadSummary, 'resources'>): boolean {
  return resources.some(({ latest, capacity }) => latest !== null && capacity !== null && latest > capacity);
}
