import { seriesSlice, type Series } from '../../timeseries/index.ts';
import { needOf } from '../needOf.ts';
import type { NearFloors } from '../nearFloors.ts';
import { cappedPolicy, type CappedPolicy } from '../policies/cappedPolicy.ts';
import { headroomPolicy } from '../policies/headroomPolicy.ts';
import { hpaPolicy } from '../policies/hpaPolicy.ts';
import { replayClock } from '../replayClock.ts';
import type { ReplayService } from '../replayService.ts';
import { runPolicy } from '../runPolicy.ts';
import { capJudge } from './capJudge.ts';
import { practiceRow } from './warmupFloors.ts';

export interface HeadroomAtRisk {
  readonly floors: NearFloors;
  /** The index of its risk. */
  readonly risk: number;
  /** The target of the HPA above the floor. */
  readonly relaxedTarget: number;
}

/** Headroom's policy from `firstRow` on, with a judge of its cap that has seen the warm-up decided on. */
export function* judgedHeadroom(
  trace: Series,
  firstRow: number,
  service: ReplayService,
  { floors, risk, relaxedTarget }: HeadroomAtRisk
): Generator<undefined, CappedPolicy> {
  const { stepSeconds } = trace.grid;
  const { targetUtilization } = service.hpa;
  const judge = capJudge(trace, service);
  const outsetBefore = (row: number): number => {
    const last = trace.values.subarray(0, row).findLast((value) => !Number.isNaN(value)) ?? 0;
    return needOf(last / targetUtilization, service);
  };
  const policyOn = (seen: Series, row: number): CappedPolicy => {
    const outset = outsetBefore(row);
    return cappedPolicy(seen, service, {
      floored: headroomPolicy(seen, service, { floors, risk, targetUtilization: relaxedTarget, outset }),
      alone: hpaPolicy(seen.values, service, targetUtilization, outset),
      judge,
      priceAt: (known) => floors.priceAt(known, risk),
      firstRow: row,
    });
  };
  const practised = practiceRow(firstRow, stepSeconds);
  if (practised < firstRow) {
    const warmup = seriesSlice(trace, 0, firstRow);
    const clock = replayClock(warmup, practised, service);
    yield* runPolicy(policyOn(warmup, practised), clock, service, outsetBefore(practised));
  }
  return policyOn(trace, firstRow);
}
