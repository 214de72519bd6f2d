import { CAPACITY_EXHAUSTED, FORECAST_DRIFT, MODEL_STALE } from '../prometheus/rules/alertRules.ts';
import { rolledBack, targetFailing } from './actingAlertRules.ts';
import { PRESENT, rule } from './grafanaRule.ts';
import type { GrafanaRule, GrafanaRuleFile } from './grafanaRuleFile.ts';
import { grafanaRuleSteps } from './grafanaRuleSteps.ts';
import { modelBenched, retrainingFailed } from './learningAlertRules.ts';

export interface GrafanaAlertOptions {
  /** The uid of the Prometheus data source whose address is the sidecar's `/prometheus`. */
  readonly datasourceUid: string;
  /** The uid of the data source of a Prometheus that scrapes the sidecar's `/metrics`: Headroom's own health. */
  readonly metricsDatasourceUid: string;
  readonly folder: string;
  /** The probability of a shortfall above which to alert, 0..1. */
  readonly probability: number;
  /** Seconds without a new forecast of a workload after which its forecast is stale. */
  readonly staleSeconds: number;
}

export const GRAFANA_ALERT_DEFAULTS: GrafanaAlertOptions = {
  datasourceUid: 'headroom',
  metricsDatasourceUid: 'prometheus',
  folder: 'Headroom',
  probability: 0.05,
  staleSeconds: 3600,
};

const DAY_SECONDS = 86_400;
const WORKLOAD_DASHBOARD = { dashboardUid: 'headroom-workload', panelId: 5 } as const;

/**
 * Headroom's alert rules for Grafana: a predicted shortfall, capacity that growth exhausts, a forecast that is missing
 * or stale, a model that has become worse or was benched, trainings that fail, a source or a target that is down, a
 * change that was rolled back, and Headroom itself not answering.
 *
 * A rule keeps its last state when it can't be evaluated (an alert must not go away because Headroom did); that
 * Headroom can't be asked is a rule of its own. Where an expression is empty while all is well, no data means so.
 */
export function grafanaAlertRules(options: GrafanaAlertOptions = GRAFANA_ALERT_DEFAULTS): GrafanaRuleFile {
  const { folder } = options;
  return {
    apiVersion: 1,
    groups: [
      {
        orgId: 1,
        name: 'Headroom forecasts',
        folder,
        interval: '5m',
        rules: [predictedShortfall(options), capacityExhausted(options)],
      },
      {
        orgId: 1,
        name: 'Headroom health',
        folder,
        interval: '1m',
        rules: [
          forecastMissing(options),
          forecastStale(options),
          forecastDrift(options),
          modelStale(options),
          modelBenched(options),
          retrainingFailed(options),
          sourceDown(options),
          targetFailing(options),
          rolledBack(options),
          headroomDown(options),
        ],
      },
    ],
  };
}

function predictedShortfall({ datasourceUid, probability }: GrafanaAlertOptions): GrafanaRule {
  return rule({
    uid: 'headroom-predicted-shortfall',
    title: 'Capacity shortfall predicted within 24 hours',
    data: grafanaRuleSteps({
      datasourceUid,
      expression: 'headroom_shortfall_probability{resource="any"}',
      from: 0,
      to: -DAY_SECONDS,
      stepSeconds: 300,
      reducer: 'max',
      condition: 'gt',
      limit: probability,
    }),
    ...WORKLOAD_DASHBOARD,
    noDataState: 'KeepLast',
    for: '5m',
    keepFiringFor: '15m',
    annotations: {
      summary: '{{ $labels.workload }}: {{ humanizePercentage $values.B.Value }} probability of too little capacity',
      description:
        'At some time within the next 24 hours the demand of {{ $labels.workload }} ({{ $labels.account }}) is above ' +
        'its usable capacity with a probability of {{ humanizePercentage $values.B.Value }}. Headroom recommends what ' +
        'to do about it, with its reasons, on the page of that workload.',
    },
  });
}

/** Its value is a date: when the first day ends whose peak is above what stands now. */
function capacityExhausted({ datasourceUid }: GrafanaAlertOptions): GrafanaRule {
  return rule({
    uid: 'headroom-capacity-exhausted',
    title: 'Growth exhausts the capacity within 30 days',
    data: grafanaRuleSteps({
      datasourceUid,
      expression: CAPACITY_EXHAUSTED,
      ...PRESENT,
      condition: 'gt',
      limit: 0,
    }),
    noDataState: 'OK',
    for: '1h',
    keepFiringFor: '6h',
    annotations: {
      summary: '{{ $labels.resource }} of {{ $labels.workload }} outgrows the capacity of now within 30 days',
      description:
        'The first day whose peak is above it, as 9 of 10 futures have it, ends after ' +
        '{{ humanizeTimestamp $values.B.Value }}. What must be bought takes longer than a replica.',
    },
  });
}

function forecastDrift({ metricsDatasourceUid }: GrafanaAlertOptions): GrafanaRule {
  return rule({
    uid: 'headroom-forecast-drift',
    title: 'Forecasts have become worse',
    data: grafanaRuleSteps({
      datasourceUid: metricsDatasourceUid,
      expression: FORECAST_DRIFT.metric,
      ...PRESENT,
      condition: 'gt',
      limit: FORECAST_DRIFT.above,
    }),
    noDataState: 'KeepLast',
    for: '1h',
    keepFiringFor: '1h',
    annotations: {
      summary: 'Forecasts of {{ $labels.workload }} have become worse',
      description:
        'It is at another level, or has another course of the day: {{ humanize $values.B.Value }} times what noise does. ' +
        'Look for what changed in the workload; its models are fitted anew by themselves.',
    },
  });
}

function modelStale({ datasourceUid }: GrafanaAlertOptions): GrafanaRule {
  return rule({
    uid: 'headroom-model-stale',
    title: 'A model forecasts worse than the last season',
    data: grafanaRuleSteps({
      datasourceUid,
      expression: MODEL_STALE.metric,
      ...PRESENT,
      condition: 'gt',
      limit: MODEL_STALE.above,
    }),
    noDataState: 'KeepLast',
    for: '6h',
    keepFiringFor: '1h',
    annotations: {
      summary:
        '{{ $labels.model }} forecasts {{ $labels.resource }} of {{ $labels.workload }} worse than its last season',
      description:
        'Its error a day ahead is {{ humanize $values.B.Value }} times that of the seasonal-naive baseline. Tune it, ' +
        'or leave the choice to auto.',
    },
  });
}

function forecastMissing({ datasourceUid }: GrafanaAlertOptions): GrafanaRule {
  return rule({
    uid: 'headroom-forecast-missing',
    title: 'Forecast is missing',
    data: grafanaRuleSteps({
      datasourceUid,
      expression:
        'count by (workload) (headroom_actual) unless on (workload) ' +
        'count by (workload) (headroom_forecast{quantile="0.5"} offset -1h)',
      ...PRESENT,
      condition: 'gt',
      limit: 0,
    }),
    noDataState: 'OK',
    for: '15m',
    annotations: {
      summary: '{{ $labels.workload }} has no forecast for the next hour',
      description:
        'It is measured, but a shortfall of it cannot be foreseen until there is a forecast. GET /api/v1/status says ' +
        'what failed last.',
    },
  });
}

function forecastStale({ metricsDatasourceUid, staleSeconds }: GrafanaAlertOptions): GrafanaRule {
  return rule({
    uid: 'headroom-forecast-stale',
    title: 'Forecast is stale',
    data: grafanaRuleSteps({
      datasourceUid: metricsDatasourceUid,
      expression: 'time() - headroom_workload_last_success_timestamp_seconds',
      ...PRESENT,
      condition: 'gt',
      limit: staleSeconds,
    }),
    noDataState: 'KeepLast',
    for: '0s',
    annotations: {
      summary: '{{ $labels.workload }}: no new forecast for {{ humanizeDuration $values.B.Value }}',
      description:
        'Headroom has not made a forecast of {{ $labels.workload }} since then: what it shows is what was last known. ' +
        'The page of that workload and GET /api/v1/status say why.',
    },
  });
}

function sourceDown({ metricsDatasourceUid }: GrafanaAlertOptions): GrafanaRule {
  return rule({
    uid: 'headroom-source-down',
    title: 'Source of history is down',
    data: grafanaRuleSteps({
      datasourceUid: metricsDatasourceUid,
      expression:
        'sum by (source) (increase(headroom_source_errors_total[15m])) unless on (source) ' +
        '(time() - headroom_source_last_success_timestamp_seconds < 900)',
      ...PRESENT,
      condition: 'gt',
      limit: 0,
    }),
    noDataState: 'OK',
    for: '0s',
    annotations: {
      summary: '{{ $labels.source }} has not answered Headroom for a quarter of an hour',
      description:
        'Forecasts of the workloads that read {{ $labels.source }} grow old. Check that it runs and that the token ' +
        'Headroom sends is still good; GET /api/v1/status has the last error.',
    },
  });
}

/** Fires when the query itself fails: then every other rule on that data source only keeps its last state. */
function headroomDown({ datasourceUid }: GrafanaAlertOptions): GrafanaRule {
  return rule({
    uid: 'headroom-down',
    title: 'Headroom cannot be asked',
    data: grafanaRuleSteps({
      datasourceUid,
      expression: 'vector(1)',
      ...PRESENT,
      condition: 'lt',
      limit: 1,
    }),
    noDataState: 'Alerting',
    execErrState: 'Alerting',
    for: '5m',
    annotations: {
      summary: 'The Headroom data source does not answer',
      description:
        'No predicted shortfall can be seen or cleared until it does. Check that the sidecar runs (GET /healthz, ' +
        'GET /readyz) and that the address and the token of the data source are right.',
    },
    severity: 'critical',
  });
}
