import type { Reason } from '../../../contract/index.ts';
import type { TargetState } from '../target/scaleTarget.ts';
import { reasonOf } from './reasonOf.ts';
import type { Pause, ScalingSituation } from './scalingSituation.ts';

/**
 * How busy the autoscaler may let replicas be: relaxed only where the operator allows it, nothing is paused, demand is
 * measured and the SLO met, and the floor that goes into force with it covers all that the fresh forecast asks for; else as its owner set it.
 */
export function tunedUtilization(
  { policy, wish, measured, isSloViolated }: ScalingSituation,
  { setting, original }: TargetState,
  pause: Pause,
  floor: number
): { readonly utilization: number | undefined; readonly reasons: readonly Reason[] } {
  const { tuning } = policy;
  // Autoscalers take whole percents: a part of one would never be read back as it was set.
  const utilization = tuning === undefined ? 0 : Math.floor(tuning.utilization * 100 + 1e-6) / 100;
  if (original.utilization === undefined || utilization <= original.utilization) {
    return { utilization: original.utilization, reasons: untuned(setting.utilization, original.utilization) };
  }
  const isCovered = wish.kind === 'fresh' && wish.isUncarried !== true && floor >= wish.floor;
  if (!isCovered || measured.kind === 'missing' || isSloViolated || pause.out || pause.in) {
    return { utilization: original.utilization, reasons: untuned(setting.utilization, original.utilization) };
  }
  return {
    utilization,
    reasons: [
      reasonOf('tuned', `The floor carries the risk, so the utilisation target may be ${String(utilization)}`, {
        utilization,
        original: original.utilization,
      }),
    ],
  };
}

function untuned(standing: number | undefined, original: number | undefined): Reason[] {
  return standing === original
    ? []
    : [reasonOf('untuned', 'The utilisation target goes back to what its owner set, until the floor carries the risk')];
}
