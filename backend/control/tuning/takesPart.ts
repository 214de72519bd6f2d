import type { WorkloadConfig } from '../../config/index.ts';

/** Whether a learnt model of this name has a part in a workload's forecasts. */
export function takesPart({ forecast }: Pick<WorkloadConfig, 'forecast'>, name: string): boolean {
  return forecast.model === 'auto' || forecast.model === name;
}
