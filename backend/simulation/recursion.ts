import type { TimeCorrelation } from './timeCorrelation.ts';

/** The same as an ARMA(1,1) recursion `x = persistence * x' + e + echo * e'` with innovations of `deviation`. */
export interface Recursion {
  readonly persistence: number;
  readonly echo: number;
  readonly deviation: number;
}

/** The recursion whose stationary form has unit variance and the given correlation. */
export function recursionOf({ weight, persistence }: TimeCorrelation): Recursion {
  const gamma0 = weight * (1 - persistence ** 2) + (1 - weight) * (1 + persistence ** 2);
  const gamma1 = -persistence * (1 - weight);
  const echo = (2 * gamma1) / (gamma0 + Math.sqrt(Math.max(0, gamma0 ** 2 - 4 * gamma1 ** 2)));
  return { persistence, echo, deviation: Math.sqrt(gamma0 / (1 + echo ** 2)) };
}

/** The deviation of the recursion at each step when it starts from nothing known at the cutoff, `[step]`. */
export function deviationSinceCutoff(recursion: Recursion, stepCount: number): Float64Array {
  const { persistence, echo, deviation } = recursion;
  const deviations = new Float64Array(stepCount);
  let square = 1;
  let response = persistence + echo;
  for (let step = 0; step < stepCount; step++) {
    deviations[step] = deviation * Math.sqrt(square);
    square += response ** 2;
    response *= persistence;
  }
  return deviations;
}
