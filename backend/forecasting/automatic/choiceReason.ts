import { addScores, crps, CRPS_LEVELS, emptyScores } from '../../statistics/index.ts';
import { formatDuration } from '../../timeseries/index.ts';
import type { Candidate } from './candidate.ts';
import type { BlendWeights } from './blendForecasts.ts';
import type { Rehearsal } from './rehearsal.ts';

const LEAST_SHARE = 0.005;

/** Which candidates were chosen, by how much, and by what they did in the rehearsal, in one line. */
export function choiceReason(
  { acts, heldOutSteps, levels }: Rehearsal,
  { weights }: BlendWeights,
  candidates: readonly Candidate[],
  stepSeconds: number
): string {
  const shares = candidates
    .map(({ model }, index) => ({
      name: model.name,
      share: weights.reduce((sum, row) => sum + row[index]! / weights.length, 0),
      score: scoreOf(index),
    }))
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((a, b) => b.share - a.share)
    .map(({ name, share, score }) => `${name} ${String(Math.round(100 * share))} %${score}`)
    .join(', ');
  return acts.length === 0
    ? `${shares}: the history is too short to compare them on it`
    : `${shares}: by ${String(acts.length)} forecasts of the last ${formatDuration(heldOutSteps * stepSeconds)}`;

  function scoreOf(index: number): string {
    const scores = emptyScores(levels);
    for (const { forecasts, truth } of acts) {
      const forecast = forecasts[index];
      if (forecast !== undefined) {
        addScores(scores, forecast.values, truth);
      }
    }
    const score = CRPS_LEVELS.every((level) => levels.includes(level)) ? crps(scores) : undefined;
    return score === undefined ? '' : ` (CRPS ${score.toPrecision(3)})`;
  }
}
