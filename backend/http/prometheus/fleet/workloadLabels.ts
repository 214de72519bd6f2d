import type { WorkloadView } from '../../../control/index.ts';
import type { LabelMatcher } from '../../../promql/index.ts';
import type { Labels } from '../../../timeseries/index.ts';

/** The labels that every series of a workload has. */
export function workloadLabels({ config }: WorkloadView): Labels {
  const { name, tier, industry, region } = config.account;
  return { workload: config.name, account: name, tier, industry, region };
}

/** Whether a label set fulfils those matchers that are on one of the given names; an absent label counts as `''`. */
export function matchesOn(matchers: readonly LabelMatcher[], labels: Labels, names?: readonly string[]): boolean {
  return matchers.every(
    (matcher) => (names !== undefined && !names.includes(matcher.name)) || matcher.matches(labels[matcher.name] ?? '')
  );
}
