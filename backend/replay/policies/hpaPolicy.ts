import { DEFAULT_HPA_BEHAVIOR, hpaController, utilizationReplicas } from '../../scaling/index.ts';
import type { ReplayPolicy } from '../replayPolicy.ts';
import type { ReplayService } from '../replayService.ts';

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
  const { perReplica, max, hpa } = service;
  const controller = hpaController(outset, {
    ...DEFAULT_HPA_BEHAVIOR,
    down: { ...DEFAULT_HPA_BEHAVIOR.down, stabilizationSeconds: hpa.downStabilizationSeconds },
  });
  return {
    decide({ nowSeconds, known, current }) {
      const latest = known === 0 ? Number.NaN : demand[known - 1]!;
      const recommended = Number.isNaN(latest)
        ? current
        : utilizationReplicas({
            demand: latest,
            perReplica,
            current,
            ready: current,
            targetUtilization,
            tolerance: hpa.tolerance,
          });
      return controller.sync(nowSeconds, current, recommended, { min: Math.min(max, floorOf()), max });
    },
  };
}
