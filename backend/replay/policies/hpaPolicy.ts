import type { ReplayPolicy } from '../replayPolicy.ts';
import type { ReplayService } from '../replayService.ts';
import { reactiveController, replicasForLatest } from './reactiveHpa.ts';

/**
 * An HPA on demand a replica (a metric of type AverageValue, which counts all replicas asked for, ready or not): at each
 * sync it sees the latest row that is known; a missing one moves nothing.
 *
 * `outset` is what it had asked for before the first sync.
 */
export function hpaPolicy(
  demand: Float64Array,
  service: ReplayService,
  targetUtilization: number,
  outset: number,
  floorOf: () => number = () => service.min
): ReplayPolicy {
  const { max } = service;
  const controller = reactiveController(service, outset);
  return {
    decide({ nowSeconds, known, current }) {
      const recommended = replicasForLatest(demand, known, current, service, targetUtilization);
      return controller.sync(nowSeconds, current, recommended, { min: Math.min(max, floorOf()), max });
    },
  };
}
