import type { ProposalRequest } from '../../contract/acting.ts';
import { recommendationSchema, type Recommendation } from '../../contract/recommendation.ts';
import { ask } from './client';

/** It is simulated before it stands. */
const TIMEOUT_SECONDS = 120;

/** A person's plan: simulated beside what there is now, then a recommendation to approve or dismiss. */
export function proposePlan(workload: string, request: ProposalRequest): Promise<Recommendation> {
  return ask({
    path: `api/v1/workloads/${encodeURIComponent(workload)}/recommendations`,
    route: 'propose',
    method: 'POST',
    body: request,
    reader: recommendationSchema,
    timeoutSeconds: TIMEOUT_SECONDS,
  });
}
