import type { ReplayService } from './replayService.ts';

/**
 * The target of the HPA above a floor that carries the risk: as long as the ready replicas serve all demand, it lies
 * below the tolerance, so that the HPA holds nothing which the floor gives up.
 */
export function relaxedTarget({ hpa }: ReplayService): number {
  return Math.max(hpa.targetUtilization, 1 / (1 - Math.min(0.5, hpa.tolerance)));
}
