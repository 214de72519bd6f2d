import { z } from 'zod';
import {
  answeredResponseSchema,
  approvalsRequestSchema,
  approvalsResponseSchema,
  dismissRequestSchema,
  previewResponseSchema,
  snoozeRequestSchema,
  type Recommendation,
  type RecommendationState,
} from '../../../../contract/index.ts';
import { HeadroomError } from '../../../errors/index.ts';
import type { Caller } from '../../caller.ts';
import { problemOf } from '../../problem.ts';
import { defineRoute, type ApiRoute } from '../apiRoute.ts';
import type { ActingRouteDeps } from './actingRouteDeps.ts';
import { approveOne, requireApplied } from './approveOne.ts';
import { keyOf, requiredHeader } from './clickHeaders.ts';
import { recommendationOf, requireOpen } from './lookUp.ts';
import { recordBy } from './recordBy.ts';

const SNOOZE_SECONDS = 3600;
const LONGEST_SNOOZE_SECONDS = 7 * 86_400;
const BASE = '/api/v1/recommendations';

const idParams = z.object({ id: z.string() });

/** What people make of recommendations. */
export function answerRoutes(deps: ActingRouteDeps): ApiRoute[] {
  const { acting, fleet } = deps;
  const answered = async (
    caller: Caller,
    { id, workload, state }: Recommendation,
    to: RecommendationState,
    { reason, until }: { readonly reason: string; readonly until: number | null }
  ) => {
    const answer = { who: caller.name, at: fleet.nowSeconds(), reason, until };
    const recommendation = (await fleet.answer(id, to, answer)) ?? (await recommendationOf(deps, id));
    const decision = await recordBy(deps, caller, {
      what: to === 'dismissed' ? 'dismiss' : 'snooze',
      workload,
      why: reason === '' ? [] : [reason],
      before: { recommendation: id, state },
      after: { recommendation: id, state: to, ...(until === null ? {} : { until }) },
    });
    return { recommendation, decision };
  };
  const approvalOf = async (ask: Parameters<typeof approveOne>[1], caller: Caller, signal: AbortSignal) => {
    try {
      const { recommendation, decision } = await approveOne(deps, ask, caller, signal);
      return { id: ask.id, recommendation, decision, problem: null };
    } catch (error) {
      if (!(error instanceof HeadroomError)) {
        deps.onFailure(error);
      }
      const coded = error instanceof HeadroomError ? error : new HeadroomError('INTERNAL', { requestId: ask.key });
      const problem = problemOf(coded, `${BASE}/${encodeURIComponent(ask.id)}/approve`);
      return { id: ask.id, recommendation: null, decision: null, problem };
    }
  };

  return [
    defineRoute({
      method: 'POST',
      path: '/recommendations/approve',
      operation: 'approveRecommendations',
      summary: 'Approves many at once, each by itself: one that fails stops no other; each key acts once',
      permission: 'approve',
      body: approvalsRequestSchema,
      response: approvalsResponseSchema,
      handle: async ({ body, caller, signal }) => ({
        results: await Promise.all(body.map((ask) => approvalOf(ask, caller, signal))),
      }),
    }),
    defineRoute({
      method: 'POST',
      path: '/recommendations/:id/preview',
      operation: 'previewRecommendation',
      summary: 'The exact change that approving would make, and the target’s own dry run of it',
      permission: 'read',
      params: idParams,
      response: previewResponseSchema,
      handle: async ({ params, signal }) => {
        const recommendation = await recommendationOf(deps, params.id);
        const actor = acting.actor(recommendation.workload);
        const { set, differences, dryRun, warnings } = await actor.preview(recommendation, signal);
        return {
          recommendation: params.id,
          target: actor.target.name,
          set: { ...set },
          differences: differences.map((each) => ({ ...each })),
          dryRun: { ...dryRun },
          warnings: [...warnings],
        };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/recommendations/:id/approve',
      operation: 'approveRecommendation',
      summary: 'Does it: needs If-Match and an Idempotency-Key; the same key acts once',
      permission: 'approve',
      params: idParams,
      response: answeredResponseSchema,
      handle: ({ params, headers, caller, signal }) => {
        const key = keyOf(headers);
        return approveOne(deps, { id: params.id, etag: requiredHeader(headers, 'If-Match'), key }, caller, signal);
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/recommendations/:id/rollback',
      operation: 'rollBackRecommendation',
      summary: 'Puts back what stood before it was carried out; needs an Idempotency-Key',
      permission: 'approve',
      params: idParams,
      response: answeredResponseSchema,
      handle: async ({ params, headers, caller, signal }) => {
        const key = keyOf(headers);
        const { workload } = await recommendationOf(deps, params.id);
        acting.requireLeadership();
        const check = async () => {
          if ((await recommendationOf(deps, params.id)).state === 'rolled-back') {
            throw new HeadroomError('ACTING_NOTHING_TO_ROLL_BACK', { id: params.id, reason: 'it is rolled back' });
          }
        };
        const decision = await acting.actor(workload).rollBack(params.id, { who: caller.name, key, check }, signal);
        requireApplied(decision);
        const answer = { who: caller.name, at: fleet.nowSeconds(), reason: '', until: null };
        const recommendation = await fleet.answer(params.id, 'rolled-back', answer);
        return { recommendation: recommendation ?? (await recommendationOf(deps, params.id)), decision };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/recommendations/:id/dismiss',
      operation: 'dismissRecommendation',
      summary: 'Says no: the same advice is not given again before it expires',
      permission: 'propose',
      params: idParams,
      body: dismissRequestSchema.optional(),
      response: answeredResponseSchema,
      handle: async ({ params, body, caller }) => {
        const recommendation = await recommendationOf(deps, params.id);
        requireOpen(recommendation, 'dismissed', fleet.nowSeconds());
        return answered(caller, recommendation, 'dismissed', { reason: body?.reason ?? '', until: null });
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/recommendations/:id/snooze',
      operation: 'snoozeRecommendation',
      summary: 'Says later: it stands again after a while',
      permission: 'propose',
      params: idParams,
      body: snoozeRequestSchema.optional(),
      response: answeredResponseSchema,
      handle: async ({ params, body, caller }) => {
        const recommendation = await recommendationOf(deps, params.id);
        const now = fleet.nowSeconds();
        requireOpen(recommendation, 'snoozed', now);
        const until = body?.until ?? now + SNOOZE_SECONDS;
        if (until <= now || until > now + LONGEST_SNOOZE_SECONDS) {
          throw new HeadroomError('API_BODY_INVALID', { problem: 'until must be ahead, and at most 7 days' });
        }
        return answered(caller, recommendation, 'snoozed', { reason: body?.reason ?? '', until });
      },
    }),
  ];
}
