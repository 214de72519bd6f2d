import { z } from 'zod';
import { workloadScenariosSchema } from '../../../contract/index.ts';
import type { FleetView, ScenariosView } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { defineRoute, type ApiRoute } from './apiRoute.ts';

/** `GET /workloads/{name}/scenarios`: the scenarios kept for a workload, and how far its present follows each. */
export function workloadScenariosRoute(fleet: FleetView): ApiRoute {
  return defineRoute({
    method: 'GET',
    path: '/workloads/:name/scenarios',
    operation: 'getWorkloadScenarios',
    summary: 'The scenarios kept for a workload, their weights now and over the last steps',
    permission: 'read',
    params: z.object({ name: z.string() }),
    response: workloadScenariosSchema,
    handle: ({ params }) => {
      const view = fleet.workload(params.name);
      if (view === undefined) {
        throw new HeadroomError('API_NOT_FOUND', { kind: 'workload', name: params.name, list: '/api/v1/workloads' });
      }
      const { scenarios } = view;
      return {
        now: fleet.nowSeconds(),
        workload: params.name,
        at: scenarios?.atSeconds ?? null,
        scenarios: (scenarios?.names ?? []).map((scenario, index) => ({
          scenario,
          weight: scenarios!.weights[index]!,
          prior: scenarios!.priors[index]!,
          declaredPrior: scenarios!.declared[index]!,
          priorReason: priorReason(scenarios!, index),
          shortfallProbability: highest(scenarios!.outlooks.find(({ name }) => name === scenario)?.anyShortfall),
        })),
        history: (scenarios?.history ?? []).map(({ at, weights }) => ({ at, weights: [...weights] })),
      };
    },
  });
}

/** Of the baseline: it has what the scenarios leave. */
function priorReason({ days, priors, declared }: ScenariosView, index: number): string | null {
  const counted = days[index];
  if (priors[index] === declared[index]) {
    return null;
  }
  if (counted === null || counted === undefined) {
    return 'What the scenarios leave';
  }
  const { followed, decided } = counted;
  return decided === 0
    ? 'The others weigh more than before, and all together at most a half'
    : `The present followed it on ${String(Math.round(followed))} of ${String(Math.round(decided))} days that were decided`;
}

function highest(probability: Float64Array | undefined): number | null {
  return probability === undefined
    ? null
    : probability.reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, value)), 0);
}
