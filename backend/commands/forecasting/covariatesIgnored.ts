import type { Forecaster } from '../../forecasting/index.ts';

/** What is said of the models that do not read the covariates they are given; undefined where all do. */
export function covariatesIgnored(models: readonly Forecaster[]): string | undefined {
  const ignoring = models.filter(({ readsCovariates }) => readsCovariates !== true).map(({ name }) => name);
  return ignoring.length === 0 ? undefined : `covariates are not read by ${ignoring.join(', ')}`;
}
