import { z } from 'zod';
import { proposalRequestSchema, recommendationSchema } from '../../../../contract/index.ts';
import { defineRoute, type ApiRoute } from '../apiRoute.ts';
import type { ActingRouteDeps } from './actingRouteDeps.ts';
import { workloadNamed } from './lookUp.ts';
import { recommendationTag } from './recommendationTag.ts';
import { recordBy } from './recordBy.ts';

/** `POST /workloads/{name}/recommendations`: a person's plan beside what Headroom advises. */
export function proposalRoute(deps: ActingRouteDeps): ApiRoute {
  return defineRoute({
    method: 'POST',
    path: '/workloads/:name/recommendations',
    operation: 'proposePlan',
    summary: 'Proposes a plan: simulated beside what there is now, then as a recommendation to approve or dismiss',
    permission: 'propose',
    params: z.object({ name: z.string() }),
    body: proposalRequestSchema,
    response: recommendationSchema,
    status: 201,
    handle: async ({ params, body, caller, signal }) => {
      const view = workloadNamed(deps, params.name);
      const { plan, reason = '' } = body;
      const recommendation = await deps.proposals.propose(view, { plan, reason, who: caller.name }, signal);
      await recordBy(deps, caller, {
        what: 'propose',
        workload: params.name,
        why: reason === '' ? [] : [reason],
        before: null,
        after: { recommendation: recommendation.id, plan: recommendation.plan },
      });
      return recommendation;
    },
    extras: (body) => ({
      status: 201,
      headers: { etag: recommendationTag(body), location: `/api/v1/recommendations/${body.id}` },
    }),
  });
}
