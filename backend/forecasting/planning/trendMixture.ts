import { trendAt, trendCandidates, type TrendCandidate } from './trendCandidates.ts';
import { residualHistogram } from '../near/residualHistogram.ts';

const FIRST_ORIGIN = 4;
const SHARPNESS = 4;
/** A trend has to be this much better than none before it counts as much. */
const TREND_DOUBT = 1.15;
const LEAST_SHARE = 1e-9;

/** The trend of a series and how far it has been off, by lead. */
export interface TrendMixture {
  /** What is expected `lead` steps after the end. */
  at(lead: number): number;
  /** The usual size of the error there. */
  size(lead: number): number;
  /** The error in usual sizes that is not exceeded with probability `level`. */
  quantile(level: number): number;
}

/** Smoothings mixed by the errors they made at leads up to `horizon` from every origin of a series of 6 or more. */
export function trendMixture(values: Float64Array, horizon: number): TrendMixture {
  const candidates = trendCandidates(values);
  const longest = Math.max(1, Math.min(horizon, Math.floor(values.length / 2)));
  const leads = [1, 2, 4, 7, 14, 28, 56, 90, 180, 365].filter((lead) => lead < longest);
  leads.push(longest);
  const losses = candidates.map(
    (candidate) => (candidate.damping > 0 ? TREND_DOUBT : 1) * loss(values, candidate, leads)
  );
  const least = Math.min(...losses);
  const weights = losses.map((own) => (least === 0 ? (own === 0 ? 1 : 0) : (least / own) ** SHARPNESS));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mixed = (origin: number, lead: number): number =>
    candidates.reduce((sum, candidate, i) => sum + (weights[i]! / total) * trendAt(candidate, origin, lead), 0);

  const errors = leads.map((lead) => errorsAt(values, lead, (origin) => mixed(origin, lead)));
  const sizes = growing(errors.map(meanSize), leads);
  const histogram = residualHistogram();
  errors.forEach((own, index) => {
    own.forEach((error) => {
      histogram.learn(error / sizes[index]!);
      histogram.learn(-error / sizes[index]!);
    });
    histogram.decay(0.7);
  });
  return {
    at: (lead) => mixed(values.length - 1, lead),
    size: (lead) => interpolated(leads, sizes, lead),
    quantile: (level) => histogram.quantile(level),
  };
}

function loss(values: Float64Array, candidate: TrendCandidate, leads: readonly number[]): number {
  return leads.reduce((sum, lead) => {
    const size = meanSize(errorsAt(values, lead, (origin) => trendAt(candidate, origin, lead)));
    return sum + size / Math.sqrt(lead + 1);
  }, 0);
}

function errorsAt(values: Float64Array, lead: number, say: (origin: number) => number): number[] {
  const errors: number[] = [];
  for (let origin = Math.min(FIRST_ORIGIN, values.length - 2); origin + lead < values.length; origin++) {
    errors.push(values[origin + lead]! - say(origin));
  }
  return errors;
}

function meanSize(errors: readonly number[]): number {
  return errors.reduce((sum, error) => sum + Math.abs(error), 0) / Math.max(1, errors.length);
}

/** Sizes that never shrink with the lead: a later day is not known better. */
function growing(sizes: readonly number[], leads: readonly number[]): number[] {
  let largest = LEAST_SHARE;
  return leads.map((_, index) => (largest = Math.max(largest, sizes[index]!)));
}

/** Between the leads in proportion to their roots; beyond the last one as a random walk's. */
function interpolated(leads: readonly number[], sizes: readonly number[], lead: number): number {
  const right = leads.findIndex((own) => own >= lead);
  if (right < 0) {
    return sizes.at(-1)! * Math.sqrt(lead / leads.at(-1)!);
  }
  if (right === 0) {
    return sizes[0]!;
  }
  const from = Math.sqrt(leads[right - 1]!);
  const share = (Math.sqrt(lead) - from) / (Math.sqrt(leads[right]!) - from);
  return sizes[right - 1]! + share * (sizes[right]! - sizes[right - 1]!);
}
