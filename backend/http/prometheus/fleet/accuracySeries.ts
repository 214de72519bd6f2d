import type { WorkloadView } from '../../../control/index.ts';
import type { Labels } from '../../../timeseries/index.ts';

/** A value that is known for the present only. */
export interface PresentValue {
  readonly labels: Labels;
  readonly value: number;
}

/** Live accuracy of the models: one value now for each metric or level, and lead time. */
export function accuracySeries(
  metric: 'headroom_forecast_error' | 'headroom_forecast_coverage',
  view: WorkloadView
): PresentValue[] {
  return view.accuracy.flatMap(({ resource, model, lead, crps, mase, coverage }): PresentValue[] => {
    const shared = { resource, model, lead };
    if (metric === 'headroom_forecast_coverage') {
      return Object.entries(coverage).map(([level, value]) => ({ labels: { ...shared, level }, value }));
    }
    return [
      { name: 'crps', value: crps },
      { name: 'mase', value: mase },
    ].flatMap(({ name, value }) => (value === null ? [] : [{ labels: { ...shared, metric: name }, value }]));
  });
}
