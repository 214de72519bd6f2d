import { DEFAULT_HPA_BEHAVIOR, hpaController, utilizationReplicas } from '../../scaling/index.ts';
import type { ReplayService } from '../replayService.ts';

/** The controller of an HPA with the service's window for scaling down; `outset` is what it had asked for before. */
export function reactiveController({ hpa }: ReplayService, outset: number): ReturnType<typeof hpaController> {
  return hpaController(outset, {
    ...DEFAULT_HPA_BEHAVIOR,
    down: { ...DEFAULT_HPA_BEHAVIOR.down, stabilizationSeconds: hpa.downStabilizationSeconds },
  });
}

/** The replicas for the latest of the first `known` rows, by utilisation; the present ones where it is missing. */
export function replicasForLatest(
  demand: Float64Array,
  known: number,
  current: number,
  { perReplica, hpa }: ReplayService,
  targetUtilization: number
): number {
  const latest = known === 0 ? Number.NaN : demand[known - 1]!;
  return Number.isNaN(latest)
    ? current
    : utilizationReplicas({
        demand: latest,
        perReplica,
        current,
        ready: current,
        targetUtilization,
        tolerance: hpa.tolerance,
      });
}
