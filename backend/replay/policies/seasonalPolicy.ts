import type { Series } from '../../timeseries/index.ts';
import { needOf } from '../needOf.ts';
import type { ReplayPolicy } from '../replayPolicy.ts';
import type { ReplayService } from '../replayService.ts';

const DAY = 86_400;
const DAYS = 7;

/** A schedule: what the busiest of the last seven days took from now until a replica asked for now would be ready. */
export function seasonalPolicy(trace: Series, service: ReplayService): ReplayPolicy {
  const { startSeconds, stepSeconds } = trace.grid;
  const daySteps = Math.max(1, Math.round(DAY / stepSeconds));
  const ahead = Math.ceil(service.startSeconds / stepSeconds) + 1;
  let lastRow = -1;
  let replicas = service.min;
  return {
    decide({ nowSeconds, known }) {
      const row = Math.floor((nowSeconds - startSeconds) / stepSeconds + 1e-9);
      if (row !== lastRow) {
        lastRow = row;
        replicas = service.min;
        for (let day = 1; day <= DAYS; day++) {
          for (let past = row - day * daySteps; past <= row - day * daySteps + ahead; past++) {
            if (past >= 0 && past < known) {
              replicas = Math.max(replicas, needOf(trace.values[past]!, service));
            }
          }
        }
      }
      return replicas;
    },
  };
}
