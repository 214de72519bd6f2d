/** One alert, in the words of Prometheus' rule files. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  /** How long it must hold. */
  readonly for: string;
  /** How long it goes on after it no longer holds: a forecast may change its mind at each training. */
  readonly keep_firing_for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface AlertGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly AlertRule[];
}

/** When a predicted shortfall is worth an alert. */
export interface AlertOptions {
  /** Probability of a shortfall above which to alert; default 0.05. */
  readonly probability?: number;
  /** How far ahead; default 24h. */
  readonly ahead?: '1h' | '6h' | '24h';
}

/** What Alertmanager routes by, beside the workload's own labels. */
const WARNING = { severity: 'warning', product: 'headroom' } as const;
const WORKLOAD = 'workload, account, tier, industry, region';
/** Planning looks this far for capacity that must be bought. */
const PLANNED = '30d';
const PEAK = 'aggregate="peak",quantile="0.9"';

/** When growth exhausts what stands now, in epoch seconds; absent where it does not. */
export const CAPACITY_EXHAUSTED = `min_over_time(timestamp(headroom_planning_forecast{${PEAK}} > ignoring (aggregate, quantile, unit) headroom_capacity @ end())[${PLANNED}:6h] offset -${PLANNED})`;
/** How far series are off the course their forecasts take them for, over what noise does; the brake of acting, too. */
export const FORECAST_DRIFT = { metric: 'headroom_workload_drift', above: 1 } as const;
/** A day ahead, over the error of the seasonal-naive baseline. */
export const MODEL_STALE = {
  metric: 'headroom_forecast_error{metric="mase",lead="24h",model!="seasonal-naive"}',
  above: 1.2,
} as const;

/** Whether what is scaled could be read and changed. */
export const TARGET_DOWN = { metric: 'headroom_workload_target_up' } as const;
/** Seconds since Headroom took a change back by itself, and how long that is told. */
export const ROLLED_BACK = {
  age: 'time() - headroom_workload_last_action_timestamp_seconds{action="rollback",by="headroom"}',
  within: 1800,
} as const;

/** Seconds since a learnt model gave nonsense for a workload, and how long that is told. */
export const MODEL_BENCHED = { age: 'time() - headroom_workload_benched_timestamp_seconds', within: 86_400 } as const;
/** Trainings of a model that failed in a row. */
export const RETRAINING_FAILED = { metric: 'headroom_workload_training_failures', above: 2 } as const;

/**
 * Prometheus rules over the future, for a server that reads Headroom by remote read: a negative offset looks ahead,
 * and `for` and `keep_firing_for` outlast a forecast that changes its mind.
 */
export function remoteReadAlerts({ probability = 0.05, ahead = '24h' }: AlertOptions = {}): AlertGroup {
  const shortfall = 'headroom_shortfall_probability{resource="any"}';
  return {
    name: 'headroom-future',
    interval: '5m',
    rules: [
      {
        alert: 'HeadroomPredictedShortfall',
        expr: `max_over_time(${shortfall}[${ahead}] offset -${ahead}) > ${String(probability)}`,
        for: '10m',
        keep_firing_for: '15m',
        labels: WARNING,
        annotations: {
          summary: `{{ $labels.workload }} is predicted to fall short of capacity within ${ahead}`,
          description: 'The highest probability at one time is {{ $value | humanizePercentage }}.',
        },
      },
      {
        alert: 'HeadroomCapacityExhausted',
        expr: CAPACITY_EXHAUSTED,
        for: '1h',
        keep_firing_for: '6h',
        labels: WARNING,
        annotations: {
          summary: `{{ $labels.resource }} of {{ $labels.workload }} outgrows the capacity of now within ${PLANNED}`,
          description: 'The first day whose peak is above it ends after {{ $value | humanizeTimestamp }}.',
        },
      },
      {
        alert: 'HeadroomForecastMissing',
        expr: `count by (${WORKLOAD}) (headroom_actual) unless on (workload) count by (workload) (headroom_forecast{quantile="0.5"} offset -1h)`,
        for: '15m',
        labels: WARNING,
        annotations: {
          summary: '{{ $labels.workload }} has no forecast for the next hour',
          description: 'Predicted shortfalls of it cannot be seen until there is one.',
        },
      },
      {
        alert: 'HeadroomModelStale',
        expr: `${MODEL_STALE.metric} > ${String(MODEL_STALE.above)}`,
        for: '6h',
        keep_firing_for: '1h',
        labels: WARNING,
        annotations: {
          summary:
            '{{ $labels.model }} forecasts {{ $labels.resource }} of {{ $labels.workload }} worse than its last season',
          description: 'Its error is {{ $value | humanize }} times that of the seasonal-naive baseline.',
        },
      },
    ],
  };
}

/** The same on the gauges of `/metrics`, for any server that scrapes them, with the sidecar's own health. */
export function horizonAlerts({ probability = 0.05, ahead = '24h' }: AlertOptions = {}): AlertGroup {
  const shortfall = `headroom_horizon_shortfall_probability_window{resource="any",window="${ahead}",horizon="0s"}`;
  return {
    name: 'headroom-horizons',
    interval: '1m',
    rules: [
      {
        alert: 'HeadroomPredictedShortfallWindow',
        expr: `${shortfall} > ${String(probability)}`,
        for: '10m',
        keep_firing_for: '15m',
        labels: WARNING,
        annotations: {
          summary: `{{ $labels.workload }} is predicted to fall short of capacity within ${ahead}`,
          description: 'The probability of at least one shortfall is {{ $value | humanizePercentage }}.',
        },
      },
      {
        alert: 'HeadroomCapacityExhaustedHorizon',
        expr: `headroom_horizon_planning_forecast{${PEAK},horizon="${PLANNED}"} > ignoring (aggregate, quantile, unit, horizon) headroom_horizon_capacity{horizon="0s"}`,
        for: '1h',
        keep_firing_for: '6h',
        labels: WARNING,
        annotations: {
          summary: `{{ $labels.resource }} of {{ $labels.workload }} outgrows the capacity of now within ${PLANNED}`,
          description: `The peak of the day ${PLANNED} ahead stays below {{ $value | humanize }} in 9 of 10 futures.`,
        },
      },
      ...HEALTH_RULES,
      {
        alert: 'HeadroomSourceDown',
        expr: 'increase(headroom_source_errors_total[15m]) > 0 and on (source) time() - headroom_source_last_success_timestamp_seconds > 900',
        for: '5m',
        labels: WARNING,
        annotations: {
          summary: 'Headroom cannot read its source {{ $labels.source }}',
          description: 'Forecasts of its workloads go on from what was read before.',
        },
      },
    ],
  };
}

/** Rules on the workloads' gauges, which queries and `/metrics` have under the same names. */
const HEALTH_RULES: readonly AlertRule[] = [
  {
    alert: 'HeadroomForecastStale',
    expr: 'time() - headroom_workload_last_success_timestamp_seconds > 3600',
    for: '5m',
    labels: WARNING,
    annotations: {
      summary: 'The forecast of {{ $labels.workload }} is more than an hour old',
      description: 'Its last success was {{ $value | humanizeDuration }} ago.',
    },
  },
  {
    alert: 'HeadroomForecastDrift',
    expr: `${FORECAST_DRIFT.metric} > ${String(FORECAST_DRIFT.above)}`,
    for: '1h',
    keep_firing_for: '1h',
    labels: WARNING,
    annotations: {
      summary: 'Forecasts of {{ $labels.workload }} have become worse',
      description:
        'It is at another level, or has another course of the day: {{ $value | humanize }} times what noise does.',
    },
  },
  {
    alert: 'HeadroomTargetFailing',
    expr: `${TARGET_DOWN.metric} == 0`,
    for: '5m',
    labels: WARNING,
    annotations: {
      summary: 'The target of {{ $labels.workload }} cannot be read or changed',
      description: 'Its floor stays as it is; GET /api/v1/workloads/{{ $labels.workload }}/scaling says why.',
    },
  },
  {
    alert: 'HeadroomRolledBack',
    expr: `${ROLLED_BACK.age} < ${String(ROLLED_BACK.within)}`,
    for: '0s',
    labels: WARNING,
    annotations: {
      summary: 'A change of {{ $labels.workload }} was rolled back',
      description:
        'It did not take, or the SLO worsened, {{ $value | humanizeDuration }} ago; GET /api/v1/decisions says which.',
    },
  },
  {
    alert: 'HeadroomModelBenched',
    expr: `${MODEL_BENCHED.age} < ${String(MODEL_BENCHED.within)}`,
    for: '0s',
    labels: WARNING,
    annotations: {
      summary: '{{ $labels.model }} {{ $labels.version }} gave nonsense for {{ $labels.workload }} and was benched',
      description: 'The last good version forecasts since; GET /api/v1/models says what it gave.',
    },
  },
  {
    alert: 'HeadroomRetrainingFailed',
    expr: `${RETRAINING_FAILED.metric} > ${String(RETRAINING_FAILED.above)}`,
    for: '5m',
    labels: WARNING,
    annotations: {
      summary: 'Trainings of {{ $labels.model }} for {{ $labels.workload }} fail',
      description: '{{ $value }} in a row; the champion goes on, and GET /api/v1/models says why they failed.',
    },
  },
];

/** The rules that Headroom evaluates itself, for its `rules` and `alerts`: those over the future, and its health. */
export function ownAlerts(options: AlertOptions = {}): readonly AlertGroup[] {
  return [
    remoteReadAlerts(options),
    {
      name: 'headroom-health',
      interval: '1m',
      rules: [
        ...HEALTH_RULES,
        {
          alert: 'HeadroomWorkloadFailing',
          expr: 'headroom_workload_health{state="failing"}',
          for: '15m',
          labels: WARNING,
          annotations: {
            summary: '{{ $labels.workload }} cannot be forecast',
            description: 'Its source or its forecast has been failing; GET /api/v1/status says what failed last.',
          },
        },
      ],
    },
  ];
}
