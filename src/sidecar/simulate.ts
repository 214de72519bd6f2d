import { simulationReportSchema, type SimulationReport, type SimulationRequest } from '../../contract/simulation.ts';
import { ask } from './client';

const TIMEOUT_SECONDS = 60;

/** What if, of a workload's latest forecast; up to 2,000 paths are answered when they are done. */
export function simulate(workload: string, request: SimulationRequest, signal: AbortSignal): Promise<SimulationReport> {
  return ask({
    path: 'api/v1/simulations',
    method: 'POST',
    params: { workload },
    body: request,
    reader: simulationReportSchema,
    signal,
    timeoutSeconds: TIMEOUT_SECONDS,
  });
}
