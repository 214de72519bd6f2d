import type { Reason } from '../../../contract/index.ts';
import type { Direction } from '../decision/scalingPolicy.ts';
import type { Pause } from '../decision/scalingSituation.ts';
import { reasonOf } from '../decision/reasonOf.ts';
import type { RequestKind } from './requestTarget.ts';

/** Why a request must not go in a direction now, for a person's click as for Headroom; undefined where it may. */
export function requestObjection(
  {
    pause,
    isSloViolated,
    isMeasured,
  }: { readonly pause: Pause; readonly isSloViolated: boolean; readonly isMeasured: boolean },
  kind: RequestKind,
  direction: Direction
): Reason | undefined {
  if (pause[direction]) {
    return reasonOf(`paused-${direction}`, `The request of ${kind} stays: it is paused (${pause.reason})`);
  }
  if (direction === 'out') {
    return undefined;
  }
  if (!isMeasured) {
    return reasonOf('not-measured', `The request of ${kind} is not lowered: what is used now is not measured`);
  }
  return isSloViolated
    ? reasonOf('slo-violated', `The request of ${kind} is not lowered: the SLO is violated now`)
    : undefined;
}
