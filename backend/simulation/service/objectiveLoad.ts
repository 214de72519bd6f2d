import { responseTail } from './responseTail.ts';
import type { ServiceModel } from './serviceModel.ts';

const HALVINGS = 40;

/**
 * Units of demand up to which one replica of `workers` keeps the objective of `model`; 0 where service alone takes too long.
 */
export function objectiveLoad(
  {
    serviceSeconds,
    latencySeconds,
    objective,
    unitSeconds,
    variability,
  }: Pick<ServiceModel, 'serviceSeconds' | 'latencySeconds' | 'objective' | 'unitSeconds' | 'variability'>,
  workers: number
): number {
  let [low, high] = [0, workers];
  for (let i = 0; i < HALVINGS; i++) {
    const load = (low + high) / 2;
    const late = responseTail(workers, load, serviceSeconds, variability)(latencySeconds);
    [low, high] = late <= 1 - objective ? [load, high] : [low, load];
  }
  return (low / serviceSeconds) * unitSeconds;
}
