import { seriesSlice, type Series } from '../timeseries/index.ts';
import type { History } from './history.ts';

/**
 * What was known when only the first `length` steps of the target were: past covariates end there, known ones go on for
 * `horizon` steps.
 */
export function historyUntil(history: History, length: number, horizon: number): History {
  return sliced(history, 0, length, length + horizon);
}

/** The history without its first `steps`, nor those of its covariates. */
export function historyFrom(history: History, steps: number): History {
  return sliced(history, steps, history.target.values.length, Number.POSITIVE_INFINITY);
}

function sliced(history: History, from: number, to: number, knownTo: number): History {
  const { target, pastCovariates, knownCovariates, metadata } = history;
  const cut = (covariates: ReadonlyMap<string, Series>, end: number): ReadonlyMap<string, Series> =>
    new Map(
      Array.from(covariates, ([name, series]) => [name, seriesSlice(series, from, Math.min(end, series.values.length))])
    );
  return {
    target: seriesSlice(target, from, to),
    ...(pastCovariates === undefined ? {} : { pastCovariates: cut(pastCovariates, to) }),
    ...(knownCovariates === undefined ? {} : { knownCovariates: cut(knownCovariates, knownTo) }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}
