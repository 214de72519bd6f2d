import type { GrafanaRule } from './grafanaRuleFile.ts';

/** The last value of the past ten minutes. */
export const PRESENT = { from: 600, to: 0, reducer: 'last' } as const;

type RuleDraft = Omit<GrafanaRule, 'condition' | 'execErrState' | 'isPaused' | 'labels'> &
  Partial<Pick<GrafanaRule, 'execErrState'>> & { readonly severity?: 'warning' | 'critical' };

/** A rule with what all have in common: a warning that keeps its last state while its query fails. */
export function rule({
  uid,
  title,
  data,
  noDataState,
  execErrState = 'KeepLast',
  annotations,
  severity = 'warning',
  for: pending,
  keepFiringFor,
  ...panel
}: RuleDraft): GrafanaRule {
  return {
    uid,
    title,
    condition: 'C',
    data,
    ...panel,
    noDataState,
    execErrState,
    for: pending,
    ...(keepFiringFor === undefined ? {} : { keepFiringFor }),
    isPaused: false,
    annotations,
    labels: { severity, product: 'headroom' },
  };
}
