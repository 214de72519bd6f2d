/**
 * The probability of at least `wins` wins where a win is as likely as a loss: small where wins are no accident.
 *
 * Counts, ties left out, up to a thousand together; 1 where nothing was won. The exact one-sided sign test (Conover, Practical Nonparametric Statistics, 3.4).
 */
export function signTest(wins: number, losses: number): number {
  const trials = wins + losses;
  let term = 0.5 ** trials;
  let probability = 0;
  for (let k = 0; k <= trials; k++) {
    if (k >= wins) {
      probability += term;
    }
    term *= (trials - k) / (k + 1);
  }
  return Math.min(1, probability);
}
