import { z } from 'zod';
import { jobSchema, modelsResponseSchema, trainRequestSchema } from '../../../contract/index.ts';
import type { Tuner, WorkloadView } from '../../control/index.ts';
import type { ModelInventory } from '../../learning/index.ts';
import { defineRoute, type ApiRoute } from './apiRoute.ts';
import { modelsOf } from './modelsOf.ts';

export interface ModelRouteDeps {
  readonly models: () => Promise<ModelInventory>;
  readonly tuner: Pick<Tuner, 'start'>;
  readonly workloads: () => readonly WorkloadView[];
  readonly nowSeconds: () => number;
}

/** `/models`: the learnt models, and tuning them. */
export function modelRoutes(deps: ModelRouteDeps): ApiRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/models',
      operation: 'listModels',
      summary: 'Every learnt model, shipped and tuned: what it is made from, its scores, who uses it, its card',
      permission: 'read',
      response: modelsResponseSchema,
      handle: async () => ({
        now: deps.nowSeconds(),
        models: modelsOf(
          await deps.models(),
          deps.workloads().map(({ config }) => ({ name: config.name, model: config.forecast.model }))
        ),
      }),
    }),
    defineRoute({
      method: 'POST',
      path: '/models/:name/train',
      operation: 'trainModel',
      summary: "Tunes a model on one workload's own history; kept only where it forecasts better",
      permission: 'admin',
      status: 202,
      params: z.object({ name: z.string() }),
      body: trainRequestSchema,
      response: jobSchema,
      handle: ({ params, body }) => deps.tuner.start(params.name, body.workload, body.minutes),
    }),
  ];
}
