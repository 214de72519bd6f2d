import type { TemplateDays } from './templateDays.ts';
import type { TimeCorrelation } from './timeCorrelation.ts';

/**
 * How the series of a simulation hang together over time and among each other.
 *
 * `gaussian`: each series is a recursion with correlation `times`, its innovations correlated by `factor`, the lower
 * Cholesky factor `[series][series]`. `schaake`: past days lead, blurred by such recursions of deviation `blur`.
 */
export type Dependence = { readonly times: readonly TimeCorrelation[]; readonly factor: Float64Array } & (
  { readonly kind: 'gaussian' } | { readonly kind: 'schaake'; readonly template: TemplateDays; readonly blur: number }
);

/** No dependence at all: every step of every series is drawn alone. */
export function independence(seriesCount: number): Dependence {
  const factor = new Float64Array(seriesCount * seriesCount);
  for (let i = 0; i < seriesCount; i++) {
    factor[i * seriesCount + i] = 1;
  }
  return {
    kind: 'gaussian',
    times: Array.from({ length: seriesCount }, () => ({ weight: 0, persistence: 0 })),
    factor,
  };
}
