/** One alert, in the words of Prometheus' rule files. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  /** How long it must hold. */
  readonly for: string;
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

/**
 * Prometheus rules over the future, for a server that reads Headroom by remote read: a negative offset looks ahead,
 * and `for` outlasts a forecast that changes its mind.
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
        labels: { severity: 'warning' },
        annotations: {
          summary: `{{ $labels.workload }} is predicted to fall short of capacity within ${ahead}`,
          description: 'The highest probability at one time is {{ $value | humanizePercentage }}.',
        },
      },
      {
        alert: 'HeadroomForecastMissing',
        expr: `count by (workload) (headroom_actual) unless on (workload) count by (workload) (headroom_forecast{quantile="0.5"} offset -1h)`,
        for: '15m',
        labels: { severity: 'warning' },
        annotations: {
          summary: '{{ $labels.workload }} has no forecast for the next hour',
          description: 'Predicted shortfalls of it cannot be seen until there is one.',
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
        labels: { severity: 'warning' },
        annotations: {
          summary: `{{ $labels.workload }} is predicted to fall short of capacity within ${ahead}`,
          description: 'The probability of at least one shortfall is {{ $value | humanizePercentage }}.',
        },
      },
      {
        alert: 'HeadroomForecastStale',
        expr: 'time() - headroom_workload_last_success_timestamp_seconds > 3600',
        for: '5m',
        labels: { severity: 'warning' },
        annotations: {
          summary: 'The forecast of {{ $labels.workload }} is more than an hour old',
          description: 'Its last success was {{ $value | humanizeDuration }} ago.',
        },
      },
      {
        alert: 'HeadroomSourceDown',
        expr: 'increase(headroom_source_errors_total[15m]) > 0 and on (source) time() - headroom_source_last_success_timestamp_seconds > 900',
        for: '5m',
        labels: { severity: 'warning' },
        annotations: {
          summary: 'Headroom cannot read its source {{ $labels.source }}',
          description: 'Forecasts of its workloads go on from what was read before.',
        },
      },
    ],
  };
}
