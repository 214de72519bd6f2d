import { z } from 'zod';
import { modeRequestSchema, scalingResponseSchema } from '../../../../contract/index.ts';
import { defineRoute, type ApiRoute } from '../apiRoute.ts';
import type { ActingRouteDeps } from './actingRouteDeps.ts';
import { workloadNamed } from './lookUp.ts';
import { recordBy } from './recordBy.ts';
import { scalingOf } from './scalingOf.ts';

const nameParams = z.object({ name: z.string() });

/** How acting on a workload stands, and how far it goes. */
export function modeRoutes(deps: ActingRouteDeps): ApiRoute[] {
  const { acting, fleet } = deps;
  const { consent } = acting;
  return [
    defineRoute({
      method: 'GET',
      path: '/workloads/:name/scaling',
      operation: 'getScaling',
      summary: 'How acting on a workload stands: mode, target, the last decision with its reasons',
      permission: 'read',
      params: nameParams,
      response: scalingResponseSchema,
      handle: ({ params }) => scalingOf(acting, workloadNamed(deps, params.name), fleet.nowSeconds()),
    }),
    defineRoute({
      method: 'PUT',
      path: '/workloads/:name/mode',
      operation: 'putMode',
      summary: 'Lets Headroom observe, ask for approval, or act by itself; survives a restart',
      permission: 'scale',
      params: nameParams,
      body: modeRequestSchema,
      response: scalingResponseSchema,
      handle: async ({ params, body, caller }) => {
        const view = workloadNamed(deps, params.name);
        const before = consent.modeOf(view.config);
        await consent.setMode(view.config, body.mode, caller.name);
        await recordBy(deps, caller, {
          what: 'mode',
          workload: params.name,
          why: [],
          before: { mode: before },
          after: { mode: body.mode },
        });
        return scalingOf(acting, workloadNamed(deps, params.name), fleet.nowSeconds());
      },
    }),
  ];
}
