import { z } from 'zod';
import {
  jobSchema,
  modelRollbackRequestSchema,
  modelRolesSchema,
  modelsResponseSchema,
  promoteRequestSchema,
  trainRequestSchema,
  type ModelRoles,
  type ModelsResponse,
} from '../../../contract/index.ts';
import type { Champions, LearningStand, Tuner, WorkloadView } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { ModelInventory } from '../../learning/index.ts';
import { defineRoute, type ApiRoute } from './apiRoute.ts';
import { driftOf } from './driftOf.ts';
import { modelRolesOf } from './modelRolesOf.ts';
import { modelsOf } from './modelsOf.ts';

export interface ModelRouteDeps {
  readonly models: () => Promise<ModelInventory>;
  readonly tuner: Pick<Tuner, 'start'>;
  readonly champions: Pick<Champions, 'promote' | 'rollBack'>;
  readonly stand: (workload: string) => LearningStand | undefined;
  readonly promotion: 'auto' | 'approve';
  readonly workloads: () => readonly WorkloadView[];
  readonly nowSeconds: () => number;
}

const params = z.object({ name: z.string() });

/** `/models`: the learnt models, who is in charge among them, and tuning them. */
export function modelRoutes(deps: ModelRouteDeps): ApiRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/models',
      operation: 'listModels',
      summary:
        'Every learnt model, shipped and tuned: what it is made from, its scores, who uses it, its card; and who is champion, challenger or benched for which workload',
      permission: 'read',
      response: modelsResponseSchema,
      handle: async () => {
        const inventory = await deps.models();
        const workloads = deps.workloads().map(({ config }) => ({ name: config.name, model: config.forecast.model }));
        return {
          now: deps.nowSeconds(),
          models: modelsOf(inventory, workloads),
          roles: [...inventory.roles].flatMap(([workload, read]) => modelRolesOf(workload, read, deps.stand(workload))),
          drifting: deps.workloads().flatMap(driftingOf),
          promotion: deps.promotion,
        };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/models/:name/train',
      operation: 'trainModel',
      summary: "Tunes a model on one workload's own history; where it forecasts the end of it better it goes on trial",
      permission: 'admin',
      status: 202,
      params,
      body: trainRequestSchema,
      response: jobSchema,
      handle: ({ params: { name }, body: { workload, minutes } }) =>
        deps.tuner.start(name, workload, minutes === undefined ? {} : { minutes }),
    }),
    defineRoute({
      method: 'POST',
      path: '/models/:name/promote',
      operation: 'promoteModel',
      summary: 'Puts a version in charge of one workload, the challenger unless another is named',
      permission: 'admin',
      params,
      body: promoteRequestSchema,
      response: modelRolesSchema,
      handle: async ({ params: { name }, body: { workload, reason, origin, version }, caller }) => {
        requireWorkload(deps, workload);
        await deps.champions.promote(workload, name, {
          ...{ by: caller.name, why: reason },
          ...(origin === undefined || version === undefined ? {} : { version: { origin, version } }),
        });
        return rolesNow(deps, workload, name);
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/models/:name/rollback',
      operation: 'rollBackModel',
      summary: 'Puts the last good version in charge of one workload again; the champion is benched',
      permission: 'admin',
      params,
      body: modelRollbackRequestSchema,
      response: modelRolesSchema,
      handle: async ({ params: { name }, body: { workload, reason }, caller }) => {
        requireWorkload(deps, workload);
        await deps.champions.rollBack(workload, name, { by: caller.name, why: reason });
        return rolesNow(deps, workload, name);
      },
    }),
  ];
}

function driftingOf(view: WorkloadView): ModelsResponse['drifting'] {
  return driftOf(view)
    .filter(({ kind }) => kind !== 'steady' && kind !== 'unknown')
    .map((drift) => ({ workload: view.config.name, ...drift }));
}

function requireWorkload({ workloads }: ModelRouteDeps, name: string): void {
  if (!workloads().some(({ config }) => config.name === name)) {
    throw new HeadroomError('API_NOT_FOUND', { kind: 'workload', name, list: '/api/v1/workloads' });
  }
}

async function rolesNow(deps: ModelRouteDeps, workload: string, name: string): Promise<ModelRoles> {
  const { roles } = await deps.models();
  const read = roles.get(workload);
  const found = read && modelRolesOf(workload, read, deps.stand(workload)).find((each) => each.name === name);
  if (found === undefined) {
    throw new HeadroomError('API_NOT_FOUND', { kind: 'model', name, list: '/api/v1/models' });
  }
  return found;
}
