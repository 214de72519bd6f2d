import type { WorkloadView } from '../../../control/index.ts';
import { gridIndexAt, type Series } from '../../../timeseries/index.ts';
import type { PresentValue } from './accuracySeries.ts';

const WINDOWS = { '1h': 3600, '1d': 86_400, '7d': 604_800 } as const;

/**
 * The share of measured steps that kept the SLO, latency and errors both, within each window until now; absent where one of
 * the two is not measured.
 */
export function sloAttainment({ config, latency, errors }: WorkloadView, nowSeconds: number): PresentValue[] {
  const { latencySeconds, objective } = config.slo;
  if (latency === undefined || errors === undefined || latencySeconds === undefined || objective === undefined) {
    return [];
  }
  return Object.entries(WINDOWS).flatMap(([window, seconds]) => {
    const value = attainedSince(latency, errors, nowSeconds - seconds, { latencySeconds, objective });
    return value === undefined ? [] : [{ labels: { window }, value }];
  });
}

function attainedSince(
  latency: Series,
  errors: Series,
  sinceSeconds: number,
  { latencySeconds, objective }: { readonly latencySeconds: number; readonly objective: number }
): number | undefined {
  const { grid, values } = latency;
  const shift = gridIndexAt(errors.grid, grid.startSeconds);
  let [measured, met] = [0, 0];
  for (let row = Math.max(0, gridIndexAt(grid, sinceSeconds) + 1); row < values.length; row++) {
    const [seconds, failed] = [values[row]!, errors.values[row + shift] ?? Number.NaN];
    if (!Number.isNaN(seconds) && !Number.isNaN(failed)) {
      measured++;
      met += seconds <= latencySeconds && failed <= 1 - objective ? 1 : 0;
    }
  }
  return measured === 0 ? undefined : met / measured;
}
