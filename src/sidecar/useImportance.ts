import { featuresResponseSchema, type Importance } from '../../contract/api.ts';
import { ask } from './client';
import { useResource, type Polled } from './useResource';

/** The sidecar makes it once for each forecast, so asking again costs little. */
const INTERVAL_MS = 300_000;
const TIMEOUT_SECONDS = 120;
/** The answer holds features of the series too; this is a single one. */
const ONE_FEATURE = 'age';

/** What the latest forecast of one series used, null where it has none. */
export function useImportance(workload: string, resource: string): Polled<Importance | null> {
  return useResource(
    async (signal) => {
      const { importance } = await ask({
        path: `api/v1/workloads/${encodeURIComponent(workload)}/features`,
        params: { resource, feature: ONE_FEATURE },
        reader: featuresResponseSchema,
        signal,
        timeoutSeconds: TIMEOUT_SECONDS,
      });
      return importance;
    },
    { key: ['importance', workload, resource].join(' '), intervalMs: INTERVAL_MS }
  );
}
