import { toTimeRange } from '../../timeRange/toTimeRange';
import { forecastResponseSchema } from '../../../contract/api.ts';
import { ask } from '../../sidecar/client';
import { useResource } from '../../sidecar/useResource';
import type { Past } from './model/scenarioFans';

const INTERVAL_MS = 60_000;

/** What was measured of a series in the hours before now; null while it is not known, which no chart waits for. */
export function useMeasured(workload: string, resource: string, hours: number): Past | null {
  const { resource: measured } = useResource(
    async (signal) => {
      const { from, to } = toTimeRange(`now-${hours}h`, 'now');
      return ask({
        path: `api/v1/workloads/${encodeURIComponent(workload)}/forecast`,
        params: {
          resource,
          levels: '0.5',
          start: Math.floor(from.valueOf() / 1000),
          end: Math.ceil(to.valueOf() / 1000),
        },
        reader: forecastResponseSchema,
        signal,
      });
    },
    { key: `measured ${workload} ${resource} ${hours}`, intervalMs: INTERVAL_MS }
  );
  return measured.kind === 'ready' ? measured.value : null;
}
