import { waitProbability } from './waitProbability.ts';

/** The probability that a request takes longer than so many seconds, waiting and service together. */
export type ResponseTail = (seconds: number) => number;

/**
 * The response time of `servers` that each take `serviceSeconds` on average (exponential) with `load` erlangs offered,
 * below their number (M/M/c, first come first served).
 */
export function responseTail(servers: number, load: number, serviceSeconds: number): ResponseTail {
  const waits = waitProbability(servers, load);
  const spare = servers - load;
  return (seconds) => {
    if (seconds <= 0) {
      return 1;
    }
    const served = Math.exp(-seconds / serviceSeconds);
    const gap = spare - 1;
    const waited =
      Math.abs(gap) < 1e-9
        ? (seconds / serviceSeconds) * served
        : (served - Math.exp((-spare * seconds) / serviceSeconds)) / gap;
    return Math.min(1, served + waits * waited);
  };
}
