import { lastObservedSeconds, type Series } from '../../timeseries/index.ts';
import { STALE_STEPS } from '../workloadObserver.ts';

/** The latest measurement of a series; undefined where there is none, or it is too old to be called the present. */
export function presentValue(series: Series | undefined, nowSeconds: number): number | undefined {
  const atSeconds = series && lastObservedSeconds(series);
  return series === undefined ||
    atSeconds === undefined ||
    nowSeconds - atSeconds > (STALE_STEPS + 1) * series.grid.stepSeconds
    ? undefined
    : series.values.findLast((value) => !Number.isNaN(value));
}
