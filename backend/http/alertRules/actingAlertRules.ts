import { ROLLED_BACK, TARGET_DOWN } from '../prometheus/rules/alertRules.ts';
import type { GrafanaAlertOptions } from './grafanaAlertRules.ts';
import { PRESENT, rule } from './grafanaRule.ts';
import type { GrafanaRule } from './grafanaRuleFile.ts';
import { grafanaRuleSteps } from './grafanaRuleSteps.ts';

/** What is scaled cannot be read or changed; without a target there is no such series, and nothing is wrong. */
export function targetFailing({ metricsDatasourceUid }: GrafanaAlertOptions): GrafanaRule {
  return rule({
    uid: 'headroom-target-failing',
    title: 'Target cannot be read or changed',
    data: grafanaRuleSteps({
      datasourceUid: metricsDatasourceUid,
      expression: TARGET_DOWN.metric,
      ...PRESENT,
      condition: 'lt',
      limit: 1,
    }),
    noDataState: 'OK',
    for: '5m',
    annotations: {
      summary: 'The target of {{ $labels.workload }} cannot be read or changed',
      description:
        'Its floor stays as it is. Check that what is scaled is there and that Headroom may still change it; ' +
        'GET /api/v1/workloads/{{ $labels.workload }}/scaling says what failed.',
    },
  });
}

/** A change did not take, or the SLO worsened. */
export function rolledBack({ metricsDatasourceUid }: GrafanaAlertOptions): GrafanaRule {
  return rule({
    uid: 'headroom-rolled-back',
    title: 'A change was rolled back',
    data: grafanaRuleSteps({
      datasourceUid: metricsDatasourceUid,
      expression: ROLLED_BACK.age,
      ...PRESENT,
      condition: 'lt',
      limit: ROLLED_BACK.within,
    }),
    noDataState: 'OK',
    for: '0s',
    annotations: {
      summary: 'A change of {{ $labels.workload }} was rolled back',
      description:
        'It did not take, or the SLO worsened, {{ humanizeDuration $values.B.Value }} ago. GET /api/v1/decisions says ' +
        'which; the page of {{ $labels.workload }} shows what stands now.',
    },
  });
}
