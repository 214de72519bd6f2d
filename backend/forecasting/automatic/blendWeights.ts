import { DEFAULT_TRUST } from './blendTrust.ts';
import type { LeadZone } from './leadZones.ts';
import type { Rehearsal } from './rehearsal.ts';

const ITERATIONS = 10;
const LARGEST_STEP = 1;
const LEADS_PER_ZONE = 16;

/** Quantiles of all candidates beside the truth: `quantiles` as `[sample][level][candidate]`. */
interface ZoneSamples {
  readonly truths: readonly number[];
  readonly quantiles: Float64Array;
}

/**
 * Weights of the candidates for one zone of leads, adding up to 1, whose blend of quantiles had a small pinball loss in
 * the rehearsal; `prior` where nothing was rehearsed.
 *
 * Exponentiated gradient from `prior`, few steps. Source: Kivinen and Warmuth (1997).
 */
export function blendWeights(
  rehearsal: Rehearsal,
  zone: LeadZone,
  prior: Float64Array,
  learningRate: number = DEFAULT_TRUST.learningRate
): Float64Array {
  const { levels } = rehearsal;
  const candidates = prior.length;
  const weights = prior.map((weight, index) => (hasFailed(rehearsal, index) ? 0 : weight));
  const { truths, quantiles } = zoneSamples(rehearsal, zone, candidates);
  if (truths.length === 0) {
    return weights;
  }
  const scale = meanLoss(weights, levels, truths, quantiles);
  if (!(scale > 0)) {
    return weights;
  }
  const gradient = new Float64Array(candidates);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    gradient.fill(0);
    let offset = 0;
    for (const truth of truths) {
      for (const level of levels) {
        const blend = blendAt(weights, quantiles, offset);
        const slope = (truth <= blend ? 1 : 0) - level;
        for (let i = 0; i < candidates; i++) {
          gradient[i]! += slope * (quantiles[offset + i]! - blend);
        }
        offset += candidates;
      }
    }
    let total = 0;
    for (let i = 0; i < candidates; i++) {
      const step = (-learningRate * gradient[i]!) / (scale * truths.length * levels.length);
      weights[i]! *= Math.exp(Math.max(-LARGEST_STEP, Math.min(LARGEST_STEP, step)));
      total += weights[i]!;
    }
    for (let i = 0; i < candidates; i++) {
      weights[i]! /= total;
    }
  }
  return weights;
}

/** Whether a candidate once gave no forecast: then it gets no weight. */
function hasFailed({ acts }: Rehearsal, candidate: number): boolean {
  return acts.some(({ forecasts }) => forecasts[candidate] === undefined);
}

function zoneSamples({ acts, levels }: Rehearsal, zone: LeadZone, candidates: number): ZoneSamples {
  const truths: number[] = [];
  const stride = Math.max(1, Math.floor((zone.to - zone.from + 1) / LEADS_PER_ZONE));
  const cells: number[] = [];
  for (const { forecasts, truth } of acts) {
    for (let step = zone.from - 1; step < Math.min(zone.to, truth.length); step += stride) {
      if (Number.isNaN(truth[step])) {
        continue;
      }
      truths.push(truth[step]!);
      for (let row = 0; row < levels.length; row++) {
        for (let i = 0; i < candidates; i++) {
          cells.push(forecasts[i]?.values[row * truth.length + step] ?? 0);
        }
      }
    }
  }
  return { truths, quantiles: Float64Array.from(cells) };
}

function meanLoss(
  weights: Float64Array,
  levels: readonly number[],
  truths: readonly number[],
  quantiles: Float64Array
): number {
  let sum = 0;
  let offset = 0;
  for (const truth of truths) {
    for (const level of levels) {
      const difference = truth - blendAt(weights, quantiles, offset);
      sum += difference * (level - (difference < 0 ? 1 : 0));
      offset += weights.length;
    }
  }
  return sum / (truths.length * levels.length);
}

function blendAt(weights: Float64Array, quantiles: Float64Array, offset: number): number {
  let blend = 0;
  for (let i = 0; i < weights.length; i++) {
    blend += weights[i]! * quantiles[offset + i]!;
  }
  return blend;
}
