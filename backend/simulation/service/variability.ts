/** Squared coefficients of variation: 1 is what chance alone does (Poisson arrivals, exponential service), 0 a clock. */
export interface Variability {
  /** Of the times between arrivals. */
  readonly arrivals: number;
  /** Of service times. */
  readonly service: number;
}

export const EXPONENTIAL: Variability = { arrivals: 1, service: 1 };

/** What variability multiplies the mean wait of M/M/c by (Allen and Cunneen). */
export function waitFactor({ arrivals, service }: Variability): number {
  return (arrivals + service) / 2;
}
