import type { Series } from '../timeseries/index.ts';

/**
 * What is known of one series before the cutoff, which is the last instant of `target`.
 *
 * Covariates lie on the target's grid: `past` ones end with it, `known` ones go on over the horizon.
 */
export interface History {
  readonly target: Series;
  readonly pastCovariates?: ReadonlyMap<string, Series>;
  readonly knownCovariates?: ReadonlyMap<string, Series>;
  /** Static metadata of account and workload: tier, industry, region, provisioned size ... */
  readonly metadata?: Readonly<Record<string, string | number>>;
}
