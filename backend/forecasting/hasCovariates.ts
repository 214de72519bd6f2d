import type { History } from './history.ts';

/** Whether a history comes with covariates, past or known ones. */
export function hasCovariates({ pastCovariates, knownCovariates }: History): boolean {
  return (pastCovariates?.size ?? 0) + (knownCovariates?.size ?? 0) > 0;
}
