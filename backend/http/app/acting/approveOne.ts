import type { Decision, Recommendation } from '../../../../contract/index.ts';
import { HeadroomError } from '../../../errors/index.ts';
import type { Caller } from '../../caller.ts';
import type { ActingRouteDeps } from './actingRouteDeps.ts';
import { recommendationOf, requireOpen } from './lookUp.ts';
import { recommendationTag } from './recommendationTag.ts';

export interface ApprovalAsk {
  readonly id: string;
  /** The ETag of what was looked at. */
  readonly etag: string;
  readonly key: string;
}

/**
 * Does what a recommendation proposes, as far as it still says what the person saw; the same key acts once.
 *
 * Throws API_NOT_FOUND, ACTING_* and what the target throws.
 */
export async function approveOne(
  deps: ActingRouteDeps,
  { id, etag, key }: ApprovalAsk,
  caller: Caller,
  signal: AbortSignal
): Promise<{ readonly recommendation: Recommendation; readonly decision: Decision }> {
  const { acting, fleet } = deps;
  const recommendation = await recommendationOf(deps, id);
  acting.requireLeadership();
  // Read again in its turn: an approval before this one may have answered it.
  const check = async () => {
    const present = await recommendationOf(deps, id);
    requireOpen(present, 'approved', fleet.nowSeconds());
    if (etag !== recommendationTag(present)) {
      throw new HeadroomError('ACTING_OUTDATED', { id, now: wordsOfNow(present) });
    }
  };
  const decision = await acting
    .actor(recommendation.workload)
    .approve(recommendation, { who: caller.name, key, check }, signal);
  requireApplied(decision);
  return { recommendation: await recommendationOf(deps, id), decision };
}

/** What its version stands for. */
function wordsOfNow({ action, proposed, tiers }: Recommendation): string {
  return `it says ${action} now, to ${String(proposed.replicas)} replicas, ${String(tiers.total)} within the risk`;
}

/** A click that failed says so again, however often it is repeated; throws ACTING_HELD. */
export function requireApplied({ workload, outcome }: Decision): void {
  if (outcome !== 'applied') {
    throw new HeadroomError('ACTING_HELD', { workload: workload ?? '', reason: outcome });
  }
}
