import type { ExperimentPlanRequest, ExperimentPower } from '../../contract/experiments.ts';
import { planExperiment } from './experiments';
import { useResource, type Polled } from './useResource';

/** What a test would find, asked anew for each design. */
export function useExperimentPlan(request: ExperimentPlanRequest): Polled<ExperimentPower> {
  return useResource((signal) => planExperiment(request, signal), { key: `plan ${JSON.stringify(request)}` });
}
