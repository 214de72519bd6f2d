import type { PresentProfile } from './presentProfile.ts';
import { quantileLogDensity } from './quantileLogDensity.ts';

/** Forecast errors follow each other: a step brings less than its likelihood says. */
const TEMPER = 0.5;
/** So far a step draws back to the prior. */
const FORGETTING = 0.05;
/** The most that one step says for or against a scenario, as a logarithm of odds. */
const MOST_EVIDENCE = Math.log(12);
const LEAST_WEIGHT = 0.01;
const LEAST_SHARE_OF_PRIOR = 0.2;
const LEAST_RELATIVE_SCALE = 0.01;

/**
 * Weights over the hypotheses of a profile after one more step of measurements: a tempered Bayesian update with
 * forgetting, bounded away from 0. They add up to 1.
 *
 * `measured` holds one value for each series of the profile at `step`; NaN says nothing. `weights` and `priors` are in
 * the order of the hypotheses.
 */
export function followScenarios(
  weights: readonly number[],
  priors: readonly number[],
  profile: PresentProfile,
  step: number,
  measured: readonly number[]
): number[] {
  const evidence = profile.hypotheses.map((_, hypothesis) => evidenceFor(profile, hypothesis, step, measured));
  const logs = weights.map(
    (weight, i) => Math.log((1 - FORGETTING) * weight + FORGETTING * priors[i]!) + TEMPER * evidence[i]!
  );
  const most = Math.max(...logs);
  return bounded(
    logs.map((log) => Math.exp(log - most)),
    priors
  );
}

/** Against the baseline, series by series and in all. */
function evidenceFor(profile: PresentProfile, hypothesis: number, step: number, measured: readonly number[]): number {
  let sum = 0;
  measured.forEach((value, series) => {
    const [base, own] = [quantilesAt(profile, 0, series, step), quantilesAt(profile, hypothesis, series, step)];
    if (Number.isFinite(value) && [...base, ...own].every(Number.isFinite)) {
      const leastScale = Math.max(Number.MIN_VALUE, LEAST_RELATIVE_SCALE * Math.abs(base[1]));
      const difference = quantileLogDensity(value, own, leastScale) - quantileLogDensity(value, base, leastScale);
      sum += Number.isNaN(difference) ? 0 : clamp(difference);
    }
  });
  return clamp(sum);
}

function quantilesAt(
  { values }: PresentProfile,
  hypothesis: number,
  series: number,
  step: number
): readonly [number, number, number] {
  const of = (level: number) => values[hypothesis]?.[series]?.[level]?.[step] ?? Number.NaN;
  return [of(0), of(1), of(2)];
}

function clamp(evidence: number): number {
  return Math.max(-MOST_EVIDENCE, Math.min(MOST_EVIDENCE, evidence));
}

/** Adds up to 1 with none below its least; what lies above gives what the others lack. */
function bounded(raw: readonly number[], priors: readonly number[]): number[] {
  const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const total = sumOf(raw);
  const least = priors.map((prior) => Math.min(LEAST_WEIGHT, LEAST_SHARE_OF_PRIOR * prior));
  const above = raw.map((weight, i) => Math.max(0, weight / total - least[i]!));
  const share = (1 - sumOf(least)) / sumOf(above);
  return above.map((weight, i) => least[i]! + share * weight);
}
