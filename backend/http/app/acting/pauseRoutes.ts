import { z } from 'zod';
import {
  pauseDirectionSchema,
  pauseRequestSchema,
  pausesResponseSchema,
  resumeRequestSchema,
} from '../../../../contract/index.ts';
import { HeadroomError } from '../../../errors/index.ts';
import { defineRoute, type ApiRoute } from '../apiRoute.ts';
import type { ActingRouteDeps } from './actingRouteDeps.ts';
import { workloadNamed } from './lookUp.ts';
import { recordBy } from './recordBy.ts';

/** What is paused, and who may take it back: pausing needs less than resuming. */
export function pauseRoutes(deps: ActingRouteDeps): ApiRoute[] {
  const { acting, fleet } = deps;
  const { consent } = acting;
  const pauses = () => ({
    now: fleet.nowSeconds(),
    pauses: [...consent.pauses()].map(([scope, pause]) => ({ scope, ...pause })),
  });
  return [
    defineRoute({
      method: 'GET',
      path: '/pause',
      operation: 'getPauses',
      summary: 'What is paused, by whom and why',
      permission: 'read',
      response: pausesResponseSchema,
      handle: pauses,
    }),
    defineRoute({
      method: 'PUT',
      path: '/pause',
      operation: 'pause',
      summary: 'Pauses scaling out, in or both, of one workload or of all; both give back what is held',
      permission: 'propose',
      body: pauseRequestSchema,
      response: pausesResponseSchema,
      handle: async ({ body, caller }) => {
        const { scope, direction = 'both', reason = '' } = body;
        if (scope !== 'all') {
          workloadNamed(deps, scope);
        }
        await consent.pause({ scope, direction, reason, who: caller.name });
        await recordBy(deps, caller, {
          what: 'pause',
          workload: scope === 'all' ? null : scope,
          why: reason === '' ? [] : [reason],
          before: null,
          after: { scope, direction },
        });
        return pauses();
      },
    }),
    defineRoute({
      method: 'DELETE',
      path: '/pause',
      operation: 'resume',
      summary: 'Takes a pause back: what the query or the body names; nothing happens where nothing is paused',
      permission: 'scale',
      query: z.strictObject({ scope: z.string().min(1).optional(), direction: pauseDirectionSchema.optional() }),
      body: resumeRequestSchema.optional(),
      response: pausesResponseSchema,
      handle: async ({ query, body, caller }) => {
        const scope = oneOf('scope', query.scope, body?.scope);
        const direction = oneOf('direction', query.direction, body?.direction) ?? 'both';
        if (scope === undefined) {
          throw new HeadroomError('API_PARAMETER_INVALID', {
            name: 'scope',
            problem: 'must be all, or the name of a workload, in the query or the body',
          });
        }
        const paused = consent.pauses().get(scope);
        if (paused === undefined && scope !== 'all') {
          workloadNamed(deps, scope);
        }
        const isPaused = direction === 'both' ? paused !== undefined : paused?.[direction] === true;
        if (isPaused) {
          await consent.resume({ scope, direction, who: caller.name });
          await recordBy(deps, caller, {
            what: 'resume',
            workload: scope === 'all' ? null : scope,
            why: [],
            before: { scope, out: paused?.out === true, in: paused?.in === true },
            after: { scope, direction },
          });
        }
        return pauses();
      },
    }),
  ];
}

function oneOf<T>(name: string, inQuery: T | undefined, inBody: T | undefined): T | undefined {
  if (inQuery !== undefined && inBody !== undefined && inQuery !== inBody) {
    throw new HeadroomError('API_PARAMETER_INVALID', { name, problem: 'is another one in the body' });
  }
  return inQuery ?? inBody;
}
