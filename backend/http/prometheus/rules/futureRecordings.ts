/** One recording rule, in the words of Prometheus' rule files. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
}

export interface RecordingGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly RecordingRule[];
}

/** Recording rules over the future, for a server that reads Headroom by remote read: each keeps what was foreseen when. */
export function futureRecordings(): RecordingGroup {
  return {
    name: 'headroom-future-recordings',
    interval: '5m',
    rules: [
      {
        record: 'workload:headroom_shortfall_probability:max24h_ahead',
        expr: 'max_over_time(headroom_shortfall_probability{resource="any"}[24h] offset -24h)',
      },
      {
        record: 'workload:headroom_shortfall_seconds:min24h_ahead',
        expr: 'min_over_time(timestamp(headroom_shortfall_probability{resource="any"} > 0.05)[24h:5m] offset -24h) - time()',
      },
      {
        record: 'workload_resource:headroom_forecast_p95:max24h_ahead',
        expr: 'max_over_time(headroom_forecast{quantile="0.95"}[24h] offset -24h)',
      },
      {
        record: 'workload_resource:headroom_utilization_p95:max24h_ahead',
        expr: 'max_over_time((headroom_forecast{quantile="0.95"} / ignoring (quantile, unit) headroom_capacity)[24h:5m] offset -24h)',
      },
      {
        record: 'workload:headroom_recommended_replicas:max1h_ahead',
        expr: 'max_over_time(headroom_recommended_replicas{kind="total"}[1h] offset -1h)',
      },
      {
        record: 'workload:headroom_cost:sum24h_ahead',
        expr: 'avg_over_time(headroom_cost_hourly[24h] offset -24h) * 24',
      },
    ],
  };
}
