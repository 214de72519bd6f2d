import { z } from 'zod';
import { jobSchema, simulationReportSchema, simulationRequestSchema } from '../../../contract/index.ts';
import type { Simulator, WorkloadView } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { defineRoute, type ApiRoute } from './apiRoute.ts';

export interface SimulationRouteDeps {
  readonly simulator: Pick<Simulator, 'start'>;
  readonly workload: (name: string) => WorkloadView | undefined;
}

/** `POST /workloads/{name}/simulations`: what if, of the workload's latest forecast. */
export function simulationRoute({ simulator, workload }: SimulationRouteDeps): ApiRoute {
  return defineRoute({
    method: 'POST',
    path: '/workloads/:name/simulations',
    operation: 'simulateWorkload',
    summary:
      'Scenarios and plans on the latest forecast: answers when done up to 2,000 paths, with 202 and a job beyond, whose result is the same report',
    permission: 'read',
    params: z.object({ name: z.string() }),
    body: simulationRequestSchema,
    response: z.union([simulationReportSchema, jobSchema]),
    handle: async ({ params, body, signal }) => {
      const view = workload(params.name);
      if (view === undefined) {
        throw new HeadroomError('API_NOT_FOUND', { kind: 'workload', name: params.name, list: '/api/v1/workloads' });
      }
      const simulated = await simulator.start(view, body, signal);
      return simulated.kind === 'done' ? simulated.report : simulated.job;
    },
    extras: (answer) => ('state' in answer ? { status: 202, headers: { location: `/api/v1/jobs/${answer.id}` } } : {}),
  });
}
