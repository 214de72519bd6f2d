import type { Mode } from '../../../contract/index.ts';
import type { ScalingDecision, ScalingSituation, TargetState } from '../../scaling/index.ts';

/** What people ask for, and what takes a relaxed utilisation target back, waits for no rest. */
export function isDue(
  decision: ScalingDecision,
  { setting, original }: TargetState,
  mode: Mode,
  { pause }: ScalingSituation
): boolean {
  if (decision.kind === 'giveBack') {
    return mode === 'observe' || (pause.out && pause.in);
  }
  return (
    decision.kind === 'change' &&
    decision.set.floor === setting.floor &&
    decision.set.utilization === original.utilization
  );
}
