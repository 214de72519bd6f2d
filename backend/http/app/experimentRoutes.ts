import { z } from 'zod';
import {
  experimentPlanRequestSchema,
  experimentPowerSchema,
  experimentRequestSchema,
  experimentSchema,
  experimentsResponseSchema,
  experimentStopRequestSchema,
} from '../../../contract/index.ts';
import type { Experiments } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { defineRoute, type ApiRoute } from './apiRoute.ts';

export interface ExperimentRouteDeps {
  readonly experiments: Pick<Experiments, 'list' | 'experiment' | 'plan' | 'start' | 'stop'>;
  readonly nowSeconds: () => number;
}

const params = z.object({ id: z.string() });

/** `/experiments`: switchback tests of a workload's risk, policy or model. */
export function experimentRoutes({ experiments, nowSeconds }: ExperimentRouteDeps): ApiRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/experiments',
      operation: 'listExperiments',
      summary: 'Every switchback test, newest first, each with its windows, looks and verdict in words',
      permission: 'read',
      response: experimentsResponseSchema,
      handle: () => ({ now: nowSeconds(), experiments: experiments.list() }),
    }),
    defineRoute({
      method: 'GET',
      path: '/experiments/:id',
      operation: 'getExperiment',
      summary: 'One switchback test',
      permission: 'read',
      params,
      response: experimentSchema,
      handle: ({ params: { id } }) => experiments.experiment(id),
    }),
    defineRoute({
      method: 'POST',
      path: '/experiments/plan',
      operation: 'planExperiment',
      summary: 'How small a difference tests of some lengths would find, by the past; starts nothing',
      permission: 'read',
      body: experimentPlanRequestSchema,
      response: experimentPowerSchema,
      handle: async ({ body }) => {
        const power = await experiments.plan(body);
        if (power === null) {
          throw new HeadroomError('EXPERIMENT_IMPOSSIBLE', {
            workload: body.workload,
            reason: 'its past has fewer than four periods of demand and ready replicas to learn from',
          });
        }
        return power;
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/experiments',
      operation: 'startExperiment',
      summary:
        'Starts a test: another risk, policy or model alternates with what is declared, by windows that coins choose',
      permission: 'scale',
      status: 201,
      body: experimentRequestSchema,
      response: experimentSchema,
      handle: ({ body, caller }) => experiments.start(body, caller.name),
    }),
    defineRoute({
      method: 'POST',
      path: '/experiments/:id/stop',
      operation: 'stopExperiment',
      summary: 'Ends a test; what is declared is in force at once',
      permission: 'propose',
      params,
      body: experimentStopRequestSchema,
      response: experimentSchema,
      handle: ({ params: { id }, body: { reason }, caller }) => experiments.stop(id, caller.name, reason),
    }),
  ];
}
