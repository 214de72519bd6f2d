import type { ReplayPolicy } from '../replayPolicy.ts';
import type { ReplayService } from '../replayService.ts';
import { reactiveController, replicasForLatest } from './reactiveHpa.ts';

/** A point forecast that takes in rows one by one. */
export interface PointForecast {
  /** What is expected `steps` rows after the last of the first `known`; NaN where nothing can be said. */
  ahead(known: number, steps: number): number;
}

/**
 * An HPA on two metrics, the demand that is seen and the one that is predicted for when a new replica would be ready; as
 * with several metrics of an HPA, the larger recommendation wins.
 */
export function predictiveHpaPolicy(
  demand: Float64Array,
  stepSeconds: number,
  service: ReplayService,
  { forecast, outset }: { readonly forecast: PointForecast; readonly outset: number }
): ReplayPolicy {
  const { perReplica, min, max, hpa, startSeconds, metricLagSeconds } = service;
  const { targetUtilization } = hpa;
  const steps = Math.max(1, Math.ceil((startSeconds + metricLagSeconds) / stepSeconds));
  const controller = reactiveController(service, outset);
  return {
    decide({ nowSeconds, known, current }) {
      const seen = replicasForLatest(demand, known, current, service, targetUtilization);
      const predicted = forecast.ahead(known, steps);
      const asked = Number.isNaN(predicted) ? 0 : Math.ceil(predicted / (perReplica * targetUtilization) - 1e-9);
      return controller.sync(nowSeconds, current, Math.max(seen, asked), { min, max });
    },
  };
}
