const HOUR_SECONDS = 3600;
const LIKELY = 0.5;
const POSSIBLE = 0.1;

/** The text colour of something that happens in so many seconds: sooner than people can react is an error. */
export function urgencyOf(seconds: number): 'error' | 'warning' | 'primary' {
  return seconds < HOUR_SECONDS ? 'error' : seconds < 6 * HOUR_SECONDS ? 'warning' : 'primary';
}

/** The text colour of a probability of a shortfall. */
export function probabilityColor(probability: number | null | undefined): 'error' | 'warning' | 'secondary' {
  if (probability === null || probability === undefined) {
    return 'secondary';
  }
  return probability >= LIKELY ? 'error' : probability >= POSSIBLE ? 'warning' : 'secondary';
}
