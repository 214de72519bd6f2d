import { quantileSorted } from '../../statistics/index.ts';
import { firstCycle } from './earlierCycles.ts';
import { levelMean } from './levelMean.ts';
import type { WindowBatch } from './windowBatch.ts';
import {
  CYCLE_COUNT,
  CYCLE_FORMS,
  LEVEL_COUNT,
  NEURAL_LEVELS,
  PATCH_STEPS,
  QUANTILE_CANDIDATES,
} from './windowShape.ts';
import { isWeekend, logOf, meanChange, writeClock } from './windowFeatures.ts';
import type { WindowView } from './windowView.ts';

/** A shift to the last hour's level fades by e in a quarter of a cycle. */
const FADING = 4;
const scratch = {
  phase: new Float64Array(CYCLE_COUNT * PATCH_STEPS),
  shifted: new Float64Array(CYCLE_COUNT * PATCH_STEPS),
  sums: new Float64Array(3 * PATCH_STEPS),
  fade: new Float64Array(PATCH_STEPS),
};

/** Writes what one query asks with: its place in time, its candidates and the continuations of earlier cycles. */
export function writeQuery(batch: WindowBatch, window: number, query: number, view: WindowView, lead: number): void {
  const { series, z, recentZ } = view;
  const { end, cycle, filled, driven, drivenStrength = 0, startSeconds, stepSeconds } = series;
  const cycles = batch.part('cycles', window, query);
  const candidates = batch.part('candidates', window, query);
  const floor = series.isNeverNegative ? 0 : Number.NEGATIVE_INFINITY;
  const zOf = (value: number): number => z(Math.max(floor, value));

  const { phase, shifted, sums, fade } = scratch;
  sums.fill(0);
  for (let j = 0; j < PATCH_STEPS; j++) {
    fade[j] = Math.exp((-FADING * (lead + j)) / cycle);
  }
  let count = 0;
  const lastZ = z(filled[end - 1]!);
  const newest = firstCycle(series, lead);
  for (let k = 0; k < CYCLE_COUNT; k++) {
    const back = newest + k;
    const source = end - back * cycle + lead - 1;
    const form = k * CYCLE_FORMS * PATCH_STEPS;
    if (end - back * cycle <= series.first) {
      cycles.fill(lastZ, form, form + CYCLE_FORMS * PATCH_STEPS);
      continue;
    }
    const { byHour, byCycle, leaving } = view.earlier.at(back);
    for (let j = 0; j < PATCH_STEPS; j++) {
      const value = filled[source + j]!;
      const byFading = value + (leaving === undefined ? byHour * fade[j]! : leaving(lead + j));
      cycles[form + j] = zOf(value);
      cycles[form + PATCH_STEPS + j] = zOf(value + byHour);
      cycles[form + 2 * PATCH_STEPS + j] = zOf(value + byCycle);
      cycles[form + 3 * PATCH_STEPS + j] = zOf(byFading);
      phase[count * PATCH_STEPS + j] = value;
      shifted[count * PATCH_STEPS + j] = byFading;
      sums[j]! += value;
      sums[PATCH_STEPS + j]! += value + byCycle;
      sums[2 * PATCH_STEPS + j]! += byFading;
    }
    count++;
  }

  const flat = [
    lastZ,
    z(levelMean(series, end, 12)),
    z(levelMean(series, end, 48)),
    z(levelMean(series, end, cycle)),
    0,
  ];
  let strength = driven === undefined ? 0 : drivenStrength;
  for (let j = 0; j < PATCH_STEPS; j++) {
    flat.forEach((value, row) => {
      candidates[row * PATCH_STEPS + j] = value;
    });
    for (let form = 0; form < 3; form++) {
      candidates[(5 + form) * PATCH_STEPS + j] = count === 0 ? lastZ : zOf(sums[form * PATCH_STEPS + j]! / count);
    }
    const other = driven?.[end + lead - 1 + j];
    const isKnown = other !== undefined && !Number.isNaN(other);
    strength = isKnown ? strength : 0;
    candidates[8 * PATCH_STEPS + j] = isKnown ? zOf(other) : candidates[7 * PATCH_STEPS + j]!;
  }

  const phaseSorted = phase.subarray(0, count * PATCH_STEPS).sort();
  const shiftedSorted = shifted.subarray(0, count * PATCH_STEPS).sort();
  const quantiles = batch.part('quantiles', window, query);
  for (let row = 0; row < LEVEL_COUNT; row++) {
    const level = NEURAL_LEVELS[row]!;
    const cells = quantiles.subarray(row * QUANTILE_CANDIDATES);
    cells[0] = view.cycleQuantiles[row]!;
    cells[1] = view.cyclesQuantiles[row]!;
    cells[2] = count === 0 ? cells[1] : z(quantileSorted(phaseSorted, level));
    cells[3] = count === 0 ? cells[1] : zOf(quantileSorted(shiftedSorted, level));
  }

  const lag = Math.min(lead + 5, recentZ.length >> 1);
  const near = meanChange(recentZ, Math.max(1, lag), 288);
  const far = view.earlier.changeSince(newest);
  const spread = batch.part('spread', window, query);
  spread[0] = Math.min(near, 4);
  spread[1] = Math.min(far, 4);
  const out = batch.part('query', window, query);
  const middle = startSeconds + (end + lead - 1 + PATCH_STEPS / 2) * stepSeconds;
  writeClock(out, middle, stepSeconds);
  const days = Math.floor(middle / 86_400);
  const rest = [
    isWeekend(days) ? 1 : 0,
    Math.log1p(lead) / 7,
    lead / 900,
    Math.min(lead / cycle, 4),
    Math.sin((2 * Math.PI * lead) / cycle),
    Math.cos((2 * Math.PI * lead) / cycle),
    lead === 1 ? 1 : 0,
    logOf(near),
    logOf(far),
    lastZ,
    flat[1]! - lastZ,
    flat[2]! - lastZ,
    flat[3]! - lastZ,
    candidates[5 * PATCH_STEPS + 5]! - lastZ,
    candidates[7 * PATCH_STEPS + 5]! - lastZ,
    candidates[5 * PATCH_STEPS + 11]! - candidates[5 * PATCH_STEPS]!,
    count / CYCLE_COUNT,
    strength,
    strength === 0 ? 0 : candidates[8 * PATCH_STEPS + 5]! - lastZ,
    (count === 0 ? 0 : z(quantileSorted(phaseSorted, 0.9)) - z(quantileSorted(phaseSorted, 0.1))) / 2,
    (count === 0 ? 0 : z(quantileSorted(shiftedSorted, 0.9)) - z(quantileSorted(shiftedSorted, 0.1))) / 2,
    series.sumSteps > 0 ? Math.min(1, lead / series.sumSteps) : 0,
    isWeekend(Math.floor((startSeconds + end * stepSeconds) / 86_400)) ? 1 : 0,
    series.isNeverNegative ? z(0) / 4 : -2,
  ];
  rest.forEach((value, i) => {
    out[4 + i] = value;
  });
}
