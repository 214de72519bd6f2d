import type { History } from '../../forecasting/index.ts';
import { gridEnd, gridIndexAt, observedCount, seriesSlice } from '../../timeseries/index.ts';
import type { WorkloadView } from '../fleetView.ts';

/** The measured series of a workload on one grid, as far as all of them reach; without those never measured. */
export function tuningHistories({ config, actual }: WorkloadView): Map<string, History> {
  const measured = [...actual].filter(([, series]) => observedCount(series) > 0);
  const start = Math.max(...measured.map(([, { grid }]) => grid.startSeconds));
  const end = Math.min(...measured.map(([, { grid }]) => gridEnd(grid)));
  const { tier, industry, region } = config.account;
  return new Map(
    measured.flatMap(([name, series]) => {
      const [from, to] = [gridIndexAt(series.grid, start), gridIndexAt(series.grid, end) + 1];
      return to <= from
        ? []
        : [[name, { target: seriesSlice(series, from, to), metadata: { tier, industry, region } }] as const];
    })
  );
}
