import type { Reason, RequestAdvice } from '../../../contract/index.ts';
import { observedCount, type Series } from '../../timeseries/index.ts';
import type { AssessedSeries } from '../assessment.ts';
import { foreseenUse } from './foreseenUse.ts';
import { measuredUse } from './measuredUse.ts';
import { requestFor } from './requestFor.ts';
import { requestKind } from './requestKind.ts';
import { requestReason, requestUnknownReason } from './requestReason.ts';

const DAY_SECONDS = 86_400;

export interface RequestsInput {
  readonly series: readonly AssessedSeries[];
  /** Ready replicas as measured; absent: nothing is known of one of them. */
  readonly replicaHistory?: Series;
  /** Replicas that serve, `[step]` of the forecasts. */
  readonly planned: ArrayLike<number>;
  /** What was recommended last. */
  readonly standing?: readonly RequestAdvice[];
}

/** Requests of one replica, with why, and why there is none where too little is known. */
export interface AdvisedRequests {
  readonly requests: readonly RequestAdvice[];
  readonly reasons: readonly Reason[];
}

/** What one replica should request of cpu and memory, as far as at least a day of it was measured. */
export function adviseRequests({ series, replicaHistory, planned, standing = [] }: RequestsInput): AdvisedRequests {
  const requests: RequestAdvice[] = [];
  const reasons: Reason[] = [];
  for (const one of series) {
    const kind = one.kind === 'resource' ? requestKind(one) : undefined;
    if (kind === undefined) {
      continue;
    }
    const { name, unit, history, forecast, perReplica = null } = one;
    const measured = replicaHistory === undefined ? new Float64Array(0) : measuredUse(history, replicaHistory);
    const days = (measured.length * history.grid.stepSeconds) / DAY_SECONDS;
    if (days < 1) {
      reasons.push(
        requestUnknownReason(name, measured.length * history.grid.stepSeconds, observedCount(history) === 0)
      );
      continue;
    }
    const before = standing.find(({ resource }) => resource === name)?.target;
    const figures = requestFor({
      kind,
      unit,
      measured,
      foreseen: foreseenUse(forecast, planned),
      days,
      ...(before === undefined ? {} : { standing: before }),
    });
    const advice: RequestAdvice = { resource: name, kind, unit, ...figures, offered: perReplica };
    requests.push(advice);
    reasons.push(requestReason(advice, days));
  }
  return { requests, reasons };
}
