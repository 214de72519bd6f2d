import { needOf } from '../needOf.ts';
import type { ReplayPolicy } from '../replayPolicy.ts';
import type { ReplayService } from '../replayService.ts';

/** As many replicas as the highest demand seen so far took. */
export function staticPolicy(demand: Float64Array, service: ReplayService): ReplayPolicy {
  let peak = service.min;
  let seen = 0;
  return {
    decide({ known }) {
      for (; seen < known; seen++) {
        peak = Math.max(peak, needOf(demand[seen]!, service));
      }
      return peak;
    },
  };
}
