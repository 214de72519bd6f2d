import type { z } from 'zod';
import { workloadScenariosSchema } from '../../contract/scenario.ts';
import { ask } from './client';
import { useResource, type Polled } from './useResource';

export type WorkloadScenarios = z.infer<typeof workloadScenariosSchema>;

const INTERVAL_MS = 30_000;

/** The scenarios kept for a workload, and how far the present follows each, asked for again every half minute. */
export function useWorkloadScenarios(workload: string): Polled<WorkloadScenarios> {
  return useResource(
    (signal) =>
      ask({
        path: `api/v1/workloads/${encodeURIComponent(workload)}/scenarios`,
        reader: workloadScenariosSchema,
        signal,
      }),
    { key: `scenarios of ${workload}`, intervalMs: INTERVAL_MS }
  );
}
