import type { Series } from '../timeseries/index.ts';
import { needOf } from './needOf.ts';
import { hpaPolicy } from './policies/hpaPolicy.ts';
import { replayClock } from './replayClock.ts';
import type { ReplayService } from './replayService.ts';
import { runPolicy, type PolicyRun } from './runPolicy.ts';

/**
 * What the reactive HPA would have asked for on a trace, above a floor where one is given: `[row]` of the trace, NaN where
 * there is none. Yields now and then; the first `firstRow` rows are known before and not run.
 */
export function* reactiveRun(
  trace: Series,
  firstRow: number,
  service: ReplayService,
  floors?: Float64Array
): Generator<undefined, PolicyRun> {
  const clock = replayClock(trace, firstRow, service);
  const { min, hpa } = service;
  const last = trace.values.subarray(0, firstRow).findLast((value) => !Number.isNaN(value)) ?? trace.values[firstRow]!;
  const outset = needOf(last / hpa.targetUtilization, service);
  let floor = min;
  const policy = hpaPolicy(trace.values, service, hpa.targetUtilization, outset, () => floor);
  return yield* runPolicy(
    {
      decide: (moment) => {
        const row = Math.floor((moment.nowSeconds - trace.grid.startSeconds) / trace.grid.stepSeconds);
        const asked = floors?.[Math.min(row, trace.grid.length - 1)] ?? Number.NaN;
        floor = Number.isNaN(asked) ? min : Math.max(min, asked);
        return policy.decide(moment);
      },
    },
    clock,
    service,
    outset
  );
}
