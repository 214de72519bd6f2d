import { MODEL_BENCHED, RETRAINING_FAILED } from '../prometheus/rules/alertRules.ts';
import type { GrafanaAlertOptions } from './grafanaAlertRules.ts';
import { PRESENT, rule } from './grafanaRule.ts';
import type { GrafanaRule } from './grafanaRuleFile.ts';
import { grafanaRuleSteps } from './grafanaRuleSteps.ts';

/** A learnt model gave nonsense; one that never did has no such series, and nothing is wrong. */
export function modelBenched({ metricsDatasourceUid }: GrafanaAlertOptions): GrafanaRule {
  return rule({
    uid: 'headroom-model-benched',
    title: 'A model was benched',
    data: grafanaRuleSteps({
      datasourceUid: metricsDatasourceUid,
      expression: MODEL_BENCHED.age,
      ...PRESENT,
      condition: 'lt',
      limit: MODEL_BENCHED.within,
    }),
    noDataState: 'OK',
    for: '0s',
    annotations: {
      summary: '{{ $labels.model }} {{ $labels.version }} gave nonsense for {{ $labels.workload }} and was benched',
      description:
        'The last good version forecasts since {{ humanizeDuration $values.B.Value }}. GET /api/v1/models and the ' +
        'Models page say what it gave.',
    },
  });
}

/** Trainings of a model fail one after another; where nothing is trained there is no such series. */
export function retrainingFailed({ metricsDatasourceUid }: GrafanaAlertOptions): GrafanaRule {
  return rule({
    uid: 'headroom-retraining-failed',
    title: 'Trainings fail',
    data: grafanaRuleSteps({
      datasourceUid: metricsDatasourceUid,
      expression: RETRAINING_FAILED.metric,
      ...PRESENT,
      condition: 'gt',
      limit: RETRAINING_FAILED.above,
    }),
    noDataState: 'OK',
    for: '5m',
    annotations: {
      summary: 'Trainings of {{ $labels.model }} for {{ $labels.workload }} fail',
      description:
        '{{ $values.B.Value }} in a row. The champion goes on; GET /api/v1/models and the Models page say why they ' +
        'failed.',
    },
  });
}
