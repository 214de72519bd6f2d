import { z } from 'zod';
import {
  jobSchema,
  simulationReportSchema,
  simulationRequestSchema,
  type Job,
  type SimulationReport,
  type SimulationRequest,
} from '../../../contract/index.ts';
import type { Simulator, WorkloadView } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { defineRoute, type ApiRoute } from './apiRoute.ts';

export interface SimulationRouteDeps {
  readonly simulator: Pick<Simulator, 'start'>;
  readonly workload: (name: string) => WorkloadView | undefined;
}

/**
 * `POST /workloads/{name}/simulations`: what if, of the workload's latest forecast; and `POST /simulations?workload=`,
 * the same for a proxy that opens one path to readers and nothing below it.
 */
export function simulationRoutes({ simulator, workload }: SimulationRouteDeps): ApiRoute[] {
  const simulate = async (name: string, body: SimulationRequest, signal: AbortSignal) => {
    const view = workload(name);
    if (view === undefined) {
      throw new HeadroomError('API_NOT_FOUND', { kind: 'workload', name, list: '/api/v1/workloads' });
    }
    const simulated = await simulator.start(view, body, signal);
    return simulated.kind === 'done' ? simulated.report : simulated.job;
  };
  const shared = {
    method: 'POST' as const,
    permission: 'read' as const,
    body: simulationRequestSchema,
    response: z.union([simulationReportSchema, jobSchema]),
    extras: jobLocation,
  };
  return [
    defineRoute({
      ...shared,
      path: '/workloads/:name/simulations',
      operation: 'simulateWorkload',
      summary:
        'Scenarios and plans on the latest forecast: answers when done up to 2,000 paths, with 202 and a job beyond, whose result is the same report',
      params: z.object({ name: z.string() }),
      handle: ({ params, body, signal }) => simulate(params.name, body, signal),
    }),
    defineRoute({
      ...shared,
      path: '/simulations',
      operation: 'simulate',
      summary: 'The same with the workload in the query, for proxies that open exact paths',
      query: z.object({ workload: z.string() }),
      handle: ({ query, body, signal }) => simulate(query.workload, body, signal),
    }),
  ];
}

function jobLocation(answer: SimulationReport | Job): { status?: number; headers?: Record<string, string> } {
  return 'state' in answer ? { status: 202, headers: { location: `/api/v1/jobs/${answer.id}` } } : {};
}
