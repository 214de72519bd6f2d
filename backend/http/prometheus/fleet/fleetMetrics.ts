/** A metric of the Prometheus API: what it means, in the words of its documentation. */
export interface FleetMetric {
  readonly name: string;
  readonly help: string;
}

/** The metrics that exist in the past and in the future (interfaces 2.1). */
export const FLEET_METRICS = {
  headroom_actual: 'What was measured',
  headroom_forecast:
    'Forecast, by quantile; in the past what the then latest forecast with at least the lead time said',
  headroom_forecast_mean: 'Mean of the forecast; in the past as headroom_forecast',
  headroom_near_forecast: 'Forecast of the next hour at a finer step, by quantile; in the past as headroom_forecast',
  headroom_near_forecast_mean: 'Mean of the forecast of the next hour',
  headroom_planning_actual: 'What was measured of whole days: aggregate="mean" or "peak", each at the end of its day',
  headroom_planning_forecast: 'Forecast of the days of the next months, by aggregate and quantile',
  headroom_planning_forecast_mean: 'Mean of the forecast of the days of the next months, by aggregate',
  headroom_feature: 'What is to be seen in a series: rolling mean, deviation, rate, trend, season, calendar ...',
  headroom_capacity: 'Usable capacity: in the past as measured, in the future as planned',
  headroom_shortfall_probability: 'Probability of a shortfall at its time; resource="any": of at least one resource',
  headroom_shortfall_probability_window: 'Probability of at least one shortfall within the window after its time',
  headroom_recommended_replicas: 'Recommended replicas: committed + reserved = total, burst on top',
  headroom_recommended_request:
    'What one replica should request of cpu or memory, by what was measured of one and what is foreseen',
  headroom_scenario_forecast: 'Forecast in a scenario that the workload keeps, by quantile; of the future only',
  headroom_scenario_shortfall_probability:
    'Probability of a shortfall at its time in a scenario; resource="any": of at least one resource',
  headroom_scenario_weight: 'How far the present follows a scenario, the baseline among them; they add up to 1',
  headroom_cost_hourly: 'Planned cost of an hour',
  headroom_savings_hourly: 'What an hour of the plan saves against a reactive autoscaler on the expected demand',
  headroom_slo_attainment: 'Share of measured steps within the window until now that kept the SLO',
  headroom_forecast_error: 'Live forecast error of a model, by metric and lead time',
  headroom_forecast_coverage: 'Share of truths inside the central band of a model, by its level and lead time',
} as const satisfies Readonly<Record<string, string>>;

export type FleetMetricName = keyof typeof FLEET_METRICS;

/** All of their names, in the order of the documentation. */
export const FLEET_METRIC_NAMES = Object.keys(FLEET_METRICS) as readonly FleetMetricName[];
