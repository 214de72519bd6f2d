import type { History } from '../../forecasting/index.ts';
import { quantileSorted, sortedObserved } from '../../statistics/index.ts';
import type { Series } from '../../timeseries/index.ts';
import type { ImportanceGroup } from './importanceGroup.ts';

/** Covariates beyond so many are looked at together. */
const MOST_COVARIATES = 16;

type Lanes = ReadonlyMap<string, Series>;

/** The covariates of a history, each at its usual value throughout: their median, which says nothing of any moment. */
export function covariateGroups({ pastCovariates, knownCovariates }: History): ImportanceGroup[] {
  const names = [...new Set([...(pastCovariates?.keys() ?? []), ...(knownCovariates?.keys() ?? [])])];
  const own = names.length <= MOST_COVARIATES ? names : names.slice(0, MOST_COVARIATES - 1);
  const others = names.slice(own.length);
  return [
    ...own.map((name) => covariateGroup(name, [name], `the covariate ${name}`)),
    ...(others.length === 0
      ? []
      : [covariateGroup('other covariates', others, `${String(others.length)} more covariates together`)]),
  ];
}

function covariateGroup(name: string, lanes: readonly string[], description: string): ImportanceGroup {
  return {
    kind: 'covariate',
    name,
    description,
    neutralise(history) {
      const { pastCovariates, knownCovariates } = history;
      const isVarying = lanes.some((lane) =>
        [pastCovariates?.get(lane), knownCovariates?.get(lane)].some((series) => series && varies(series.values))
      );
      return isVarying
        ? {
            ...history,
            ...(pastCovariates === undefined ? {} : { pastCovariates: usual(pastCovariates, lanes) }),
            ...(knownCovariates === undefined ? {} : { knownCovariates: usual(knownCovariates, lanes) }),
          }
        : undefined;
    },
  };
}

function usual(all: Lanes, names: readonly string[]): Lanes {
  return new Map(
    Array.from(all, ([name, series]) => {
      if (!names.includes(name)) {
        return [name, series];
      }
      const middle = quantileSorted(sortedObserved(series.values), 0.5);
      return [name, { ...series, values: series.values.map((value) => (Number.isNaN(value) ? value : middle)) }];
    })
  );
}

function varies(values: Float64Array): boolean {
  const first = values.find((value) => !Number.isNaN(value));
  return values.some((value) => !Number.isNaN(value) && value !== first);
}
