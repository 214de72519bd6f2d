import type { RandomSource } from '../random/index.ts';
import type { Dependence } from './dependence.ts';
import { fillNormals } from './fillNormals.ts';
import { deviationSinceCutoff, recursionOf } from './recursion.ts';

/** The scores that order a block's draws, one step after the other. */
export interface LatentScores {
  /** Moves on by one step. */
  advance(): void;
  /** The scores of one series at the present step, `[path]`, of about unit deviation; valid until the next advance. */
  ofSeries(series: number): Float64Array;
}

/**
 * Latent scores of `pathCount` paths over `stepCount` steps with the given dependence.
 *
 * Surprises begin at nothing at the cutoff, since the present is known, and build up from there. `days` names the
 * template day of each path for a Schaake shuffle.
 */
export function latentScores(
  dependence: Dependence,
  pathCount: number,
  stepCount: number,
  days: Uint32Array,
  random: RandomSource
): LatentScores {
  const { factor } = dependence;
  const seriesCount = dependence.times.length;
  const recursions = dependence.times.map(recursionOf);
  const deviations = recursions.map((recursion) => deviationSinceCutoff(recursion, stepCount));
  const rows = () => Array.from({ length: seriesCount }, () => new Float64Array(pathCount));
  const [normals, carried, scores] = [rows(), rows(), rows()];
  let step = -1;

  function advanceSeries(series: number): void {
    const { persistence, echo, deviation } = recursions[series]!;
    const scale = 1 / deviations[series]![step]!;
    const [carry, score] = [carried[series]!, scores[series]!];
    score.fill(0);
    for (let source = 0; source <= series; source++) {
      const share = factor[series * seriesCount + source]! * deviation;
      const normal = normals[source]!;
      for (let path = 0; path < pathCount; path++) {
        score[path]! += share * normal[path]!;
      }
    }
    for (let path = 0; path < pathCount; path++) {
      const innovation = score[path]!;
      const value = carry[path]! + innovation;
      carry[path] = persistence * value + echo * innovation;
      score[path] = value * scale;
    }
  }

  function blendDays(series: number): void {
    if (dependence.kind !== 'schaake') {
      return;
    }
    const { template, blur } = dependence;
    const start = (series * stepCount + step) * template.dayCount;
    const score = scores[series]!;
    for (let path = 0; path < pathCount; path++) {
      score[path] = template.scores[start + days[path]!]! + blur * score[path]!;
    }
  }

  return {
    advance() {
      step++;
      normals.forEach((row) => {
        fillNormals(row, random);
      });
      for (let series = 0; series < seriesCount; series++) {
        advanceSeries(series);
        blendDays(series);
      }
    },
    ofSeries: (series) => scores[series]!,
  };
}
