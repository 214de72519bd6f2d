import { EXPONENTIAL, waitFactor, type Variability } from './variability.ts';
import { waitProbability } from './waitProbability.ts';

/**
 * The mean time in the queue of `servers` with `load` erlangs offered, `serviceSeconds` each; Infinity where it fills them.
 *
 * Exact for M/M/c and M/G/1. Source: Allen, Probability, Statistics and Queueing Theory (1990), section 5.3.5.
 */
export function meanWaitSeconds(
  servers: number,
  load: number,
  serviceSeconds: number,
  variability: Variability = EXPONENTIAL
): number {
  return load >= servers
    ? Number.POSITIVE_INFINITY
    : (waitProbability(servers, load) * serviceSeconds * waitFactor(variability)) / (servers - load);
}
