import type { PolicyRun, ReplayService } from '../../../backend/replay/index.ts';
import { nearFloors } from '../../../backend/replay/nearFloors.ts';
import { needOf } from '../../../backend/replay/needOf.ts';
import { headroomPolicy } from '../../../backend/replay/policies/headroomPolicy.ts';
import { hpaPolicy } from '../../../backend/replay/policies/hpaPolicy.ts';
import { replayClock } from '../../../backend/replay/replayClock.ts';
import { runPolicy } from '../../../backend/replay/runPolicy.ts';
import type { Series } from '../../../backend/timeseries/index.ts';

/** What the replay's policies do by themselves: the floor below a relaxed HPA, without its cap, and the HPA alone. */
export function offlineFloor(
  trace: Series,
  firstRow: number,
  service: ReplayService
): { readonly floored: PolicyRun; readonly alone: PolicyRun } {
  const clock = replayClock(trace, firstRow, service);
  const { hpa } = service;
  const last = trace.values.subarray(0, firstRow).findLast((value) => !Number.isNaN(value)) ?? 0;
  const outset = needOf(last / hpa.targetUtilization, service);
  const floors = ended(nearFloors(trace, clock, service, [service.risk]));
  const targetUtilization = Math.max(hpa.targetUtilization, 1 / (1 - hpa.tolerance));
  const floored = headroomPolicy(trace, service, { floors, risk: 0, targetUtilization, outset });
  const alone = hpaPolicy(trace.values, service, hpa.targetUtilization, outset);
  return {
    floored: ended(runPolicy(floored, clock, service, outset)),
    alone: ended(runPolicy(alone, clock, service, outset)),
  };
}

function ended<T>(steps: Generator<unknown, T>): T {
  for (let next = steps.next(); ; next = steps.next()) {
    if (next.done === true) {
      return next.value;
    }
  }
}
