/** A service time: `delaySeconds` that all take, then an exponential time whose mean is drawn with these shares. */
export interface ServicePhases {
  readonly delaySeconds: number;
  readonly phases: ReadonlyArray<{ readonly share: number; readonly meanSeconds: number }>;
}

/**
 * The service time of mean `serviceSeconds` and squared coefficient of variation `variability`: a constant and an
 * exponential part up to 1, two exponentials with balanced means above; both are the exponential at 1.
 *
 * Source: Whitt, Approximating a point process by a renewal process, Operations Research 30 (1982).
 */
export function servicePhases(serviceSeconds: number, variability: number): ServicePhases {
  if (variability <= 1) {
    const deviation = Math.sqrt(variability) * serviceSeconds;
    return { delaySeconds: serviceSeconds - deviation, phases: [{ share: 1, meanSeconds: deviation }] };
  }
  const short = (1 + Math.sqrt((variability - 1) / (variability + 1))) / 2;
  return {
    delaySeconds: 0,
    phases: [short, 1 - short].map((share) => ({ share, meanSeconds: serviceSeconds / (2 * share) })),
  };
}
