import { gridIndexAt, type Series } from '../../timeseries/index.ts';

/** Whole replicas as measured so many seconds before now; `current` where they were not. */
export function replicasBefore(measured: Series, nowSeconds: number, current: number): (seconds: number) => number {
  const { grid, values } = measured;
  return (seconds) => {
    const count = values[gridIndexAt(grid, nowSeconds - seconds)] ?? Number.NaN;
    return Number.isFinite(count) ? Math.floor(count) : current;
  };
}
