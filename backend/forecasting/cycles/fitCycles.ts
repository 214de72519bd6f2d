import { pinballLoss, quantileSorted, weightedSample, type WeightedSample } from '../../statistics/index.ts';
import { ERROR_SCALES, expectedError, phaseSpread, type ErrorScale, type UsualSizes } from './errorScale.ts';
import { askExperts, expertCount, initialWeights, type Outset } from './experts.ts';
import { seasonalStrength } from '../seasonSteps.ts';
import { leadKnots } from './leadKnots.ts';
import type { CyclePlan } from './cyclePlan.ts';
import type { RunningSums } from './runningSums.ts';
import { blendOpinions, stackWeights, type Lessons } from './stackWeights.ts';

const PAST_CYCLES = 14;
const PAST_LONG_CYCLES = 2;
const PAST_HORIZONS = 6;
const MAX_ORIGINS = 14 * 24;
const LEADS_PER_KNOT = 3;
const MIN_SAMPLES = 10;
const MIN_ORIGINS = 20;
const HALF_LIFE_SHARE = 0.5;
const FIRST_ORIGIN_CYCLES = 1.1;
const CHOICE_LEVELS = [0.1, 0.3, 0.5, 0.7, 0.9];

/** What was learned about the leads around one knot. */
export interface KnotModel {
  readonly lead: number;
  readonly weights: Float64Array;
  readonly scale: ErrorScale;
  readonly usual: UsualSizes;
  /** Errors of the blend over their expected size. */
  readonly errors: WeightedSample;
  /** How many errors that know nothing of each other these are worth. */
  readonly independentErrors: number;
}

export interface CyclesFit {
  readonly plan: CyclePlan;
  /** With ascending leads; empty where the history is too short to learn from. */
  readonly knots: readonly KnotModel[];
}

/** Learns, for each part of the horizon, how to blend the experts and what errors the blend then has. */
export function fitCycles(sums: RunningSums, plan: CyclePlan, horizon: number): CyclesFit {
  const span = Math.max(PAST_CYCLES * plan.cycle, PAST_LONG_CYCLES * plan.longCycle, PAST_HORIZONS * horizon);
  const origins = pastOrigins(sums, plan, span);
  const leads = leadKnots(horizon);
  const strength = plan.isSeasonal ? seasonalStrength(sums.values, plan.cycle, Math.round(plan.cycle / 4)) : 0;
  const initial = initialWeights(plan, Math.max(0, strength || 0));
  const knots: KnotModel[] = [];
  leads.forEach((lead, index) => {
    const from = index === 0 ? 1 : Math.round((leads[index - 1]! + lead) / 2);
    const to = index === leads.length - 1 ? lead : Math.max(from, Math.round((lead + leads[index + 1]!) / 2));
    const samples = collectSamples(sums, plan, origins, from, to, HALF_LIFE_SHARE * span);
    if (samples.truths.length >= MIN_SAMPLES) {
      knots.push(fitKnot(samples, lead, plan, origins, initial));
    }
  });
  return { plan, knots };
}

interface Samples extends Lessons {
  readonly spreads: Float64Array;
}

function pastOrigins({ values, counts }: RunningSums, plan: CyclePlan, span: number): number[] {
  const length = values.length;
  const stride = Math.max(1, Math.ceil(span / MAX_ORIGINS));
  const first = Math.max(Math.ceil(FIRST_ORIGIN_CYCLES * plan.cycle), length - span);
  const origins: number[] = [];
  for (let origin = length - 1; origin >= first; origin -= stride) {
    origins.push(origin);
  }
  const fresh = origins.filter((origin) => !Number.isNaN(values[origin - 1]));
  return fresh.length >= MIN_ORIGINS ? fresh : origins.filter((origin) => counts[origin]! > 0);
}

function collectSamples(
  sums: RunningSums,
  plan: CyclePlan,
  origins: readonly number[],
  from: number,
  to: number,
  halfLife: number
): Samples {
  const { values } = sums;
  const experts = expertCount(plan);
  const capacity = origins.length * LEADS_PER_KNOT;
  const opinions = new Float64Array(capacity * experts);
  const truths = new Float64Array(capacity);
  const importances = new Float64Array(capacity);
  const spreads = new Float64Array(capacity);
  let count = 0;
  for (const origin of origins) {
    const outset: Outset = { sums, plan, origin };
    for (let i = 0; i < LEADS_PER_KNOT; i++) {
      const share = (i + ((origin * 7) % 11) / 11) / LEADS_PER_KNOT;
      const lead = Math.min(to, from + Math.floor((to - from + 1) * share)) - 1;
      const truth = origin + lead < values.length ? values[origin + lead]! : Number.NaN;
      if (Number.isNaN(truth)) {
        continue;
      }
      askExperts(outset, lead, opinions.subarray(count * experts, (count + 1) * experts));
      truths[count] = truth;
      importances[count] = 0.5 ** ((values.length - origin) / halfLife);
      spreads[count] = phaseSpread(outset, lead);
      count++;
    }
  }
  return {
    expertCount: experts,
    opinions: opinions.subarray(0, count * experts),
    truths: truths.subarray(0, count),
    importances: importances.subarray(0, count),
    spreads: spreads.subarray(0, count),
  };
}

function fitKnot(
  samples: Samples,
  lead: number,
  plan: CyclePlan,
  origins: readonly number[],
  initial: Float64Array
): KnotModel {
  const { truths, importances, opinions } = samples;
  const experts = samples.expertCount;
  const blendAll = (weights: Float64Array): Float64Array =>
    truths.map((_, sample) => blendOpinions(weights, opinions, sample * experts));
  const usualError = meanAbsolute(truths, blendAll(initial), importances);
  const weights = stackWeights(samples, usualError || 1, initial);
  const blends = blendAll(weights);
  const value = meanAbsolute(truths, new Float64Array(truths.length), importances);
  const usual: UsualSizes = { error: usualError || value || 1, value: value || 1 };

  const { scale, errors } = bestScale(samples, blends, usual);
  const span = (origins[0] ?? 0) - (origins.at(-1) ?? 0);
  const independentErrors = Math.max(1, span / Math.max(lead, plan.cycle / 8));
  return { lead, weights, scale, usual, errors: weightedSample(errors, importances), independentErrors };
}

/** The scale in which the quantiles of the errors, equally weighted, had the smallest loss, and the errors in it. */
function bestScale(
  { truths, spreads, importances }: Samples,
  blends: Float64Array,
  usual: UsualSizes
): { scale: ErrorScale; errors: Float64Array } {
  let best: { scale: ErrorScale; errors: Float64Array; loss: number } | undefined;
  for (const scale of ERROR_SCALES) {
    const sizes = blends.map((blend, sample) => expectedError(scale, blend, spreads[sample]!, usual));
    const errors = truths.map((truth, sample) => (truth - blends[sample]!) / sizes[sample]!);
    const sorted = errors.slice().sort();
    let loss = 0;
    for (const level of CHOICE_LEVELS) {
      const quantile = quantileSorted(sorted, level);
      for (let sample = 0; sample < truths.length; sample++) {
        loss += importances[sample]! * sizes[sample]! * pinballLoss(errors[sample]!, quantile, level);
      }
    }
    if (best === undefined || loss < best.loss) {
      best = { scale, errors, loss };
    }
  }
  return best!;
}

function meanAbsolute(truths: Float64Array, blends: Float64Array, importances: Float64Array): number {
  let sum = 0;
  let total = 0;
  truths.forEach((truth, sample) => {
    sum += importances[sample]! * Math.abs(truth - blends[sample]!);
    total += importances[sample]!;
  });
  return sum / total;
}
