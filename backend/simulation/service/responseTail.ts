import { servicePhases } from './servicePhases.ts';
import { EXPONENTIAL, waitFactor, type Variability } from './variability.ts';
import { waitProbability } from './waitProbability.ts';

/** The probability that a request takes longer than so many seconds, waiting and service together. */
export type ResponseTail = (seconds: number) => number;

/**
 * The response time of `servers` that each take `serviceSeconds` on average with `load` erlangs offered, below their
 * number, first come first served.
 *
 * Who waits, waits an exponential time: exact for M/M/c; else its mean is that of Allen and Cunneen.
 */
export function responseTail(
  servers: number,
  load: number,
  serviceSeconds: number,
  variability: Variability = EXPONENTIAL
): ResponseTail {
  const waits = waitProbability(servers, load);
  const waitRate = (servers - load) / (serviceSeconds * waitFactor(variability));
  const { delaySeconds, phases } = servicePhases(serviceSeconds, variability.service);
  return (seconds) => {
    const rest = seconds - delaySeconds;
    if (rest <= 0) {
      return 1;
    }
    let tail = 0;
    for (const { share, meanSeconds } of phases) {
      tail += share * sumTail(rest, meanSeconds, waits, waitRate);
    }
    return Math.min(1, tail);
  };
}

/** P(S + W > t): S exponential, W exponential with probability `waits` and else 0. */
function sumTail(seconds: number, meanSeconds: number, waits: number, waitRate: number): number {
  const served = Math.exp(-seconds / meanSeconds);
  if (waitRate === Number.POSITIVE_INFINITY) {
    return served;
  }
  const gap = waitRate * meanSeconds - 1;
  const waited =
    Math.abs(gap) < 1e-9 ? (seconds / meanSeconds) * served : (served - Math.exp(-waitRate * seconds)) / gap;
  return served + waits * waited;
}
