import {
  experimentPowerSchema,
  experimentSchema,
  type Experiment,
  type ExperimentPlanRequest,
  type ExperimentPower,
  type ExperimentRequest,
} from '../../contract/experiments.ts';
import { ask } from './client';

/** How small a difference such a test would find, by the past; nothing is started. */
export function planExperiment(request: ExperimentPlanRequest, signal: AbortSignal): Promise<ExperimentPower> {
  return ask({
    path: 'api/v1/experiments/plan',
    method: 'POST',
    body: request,
    reader: experimentPowerSchema,
    signal,
    timeoutSeconds: 60,
  });
}

/** Starts a test at the next window. */
export function startExperiment(request: ExperimentRequest): Promise<Experiment> {
  return ask({
    path: 'api/v1/experiments',
    route: 'scale',
    method: 'POST',
    body: request,
    reader: experimentSchema,
    timeoutSeconds: 60,
  });
}

/** Ends a test; what is declared is in force at once. */
export function stopExperiment(id: string, reason: string): Promise<Experiment> {
  return ask({
    path: `api/v1/experiments/${encodeURIComponent(id)}/stop`,
    route: 'propose',
    method: 'POST',
    body: { reason },
    reader: experimentSchema,
  });
}
