import { quantileSorted, selectMedian } from '../../statistics/index.ts';
import { asinh } from './asinh.ts';
import { EarlierCycles } from './earlierCycles.ts';
import { contextMeans, levelMean } from './levelMean.ts';
import type { PreparedSeries } from './prepareSeries.ts';
import { logOf, meanChange, writeClock } from './windowFeatures.ts';
import type { WindowScale, WindowView } from './windowView.ts';
import { writeQuery } from './writeQuery.ts';
import { writeKeys } from './writeKeys.ts';
import type { WindowBatch } from './windowBatch.ts';
import { CATEGORY_COUNT, CONTEXT_LEVELS, NEURAL_LEVELS, TOKEN_FEATURES, TOKEN_STEPS } from './windowShape.ts';

const WEEK_CYCLES = 7;
const LEAST_SCALE_STEPS = 288;
const MOST_SCALE_STEPS = 2016;

/**
 * Writes the window that ends with the prepared series: its tokens, its shared features, and for each lead (steps ahead
 * of the patch's first step, from 1) the query. Returns the scale, by which answers come back to the series' units.
 *
 * Robust and causal: location is the median, scale the mean deviation of about a week, with floors.
 */
export function writeWindow(
  batch: WindowBatch,
  window: number,
  series: PreparedSeries,
  leads: readonly number[]
): WindowScale {
  const view = viewOf(series);
  writeTokens(batch.part('tokens', window), view);
  writeShared(batch.part('window', window), view);
  for (let i = 0; i < CATEGORY_COUNT; i++) {
    batch.categories[window * CATEGORY_COUNT + i] = BigInt(series.categories?.[i] ?? 0);
  }
  for (const [query, lead] of leads.entries()) {
    writeQuery(batch, window, query, view, lead);
    writeKeys(batch.part('keys', window, query), view, lead);
  }
  return { location: view.location, scale: view.scale };
}

function viewOf(series: PreparedSeries): WindowView {
  const { filled, end, first, cycle, totals } = series;
  const steps = Math.min(MOST_SCALE_STEPS, Math.max(WEEK_CYCLES * cycle, LEAST_SCALE_STEPS));
  const week = measured(series, end - steps);
  const location = selectMedian(week);
  let deviation = 0;
  let size = 0;
  for (const value of week) {
    deviation += Math.abs(value - location);
    size += Math.abs(value);
  }
  const mean = Math.abs(totals[end]! - totals[first]!) / Math.max(1, end - first);
  const least = 0.01 * Math.max(mean, size / week.length) + 0.001 * Math.abs(location);
  const scale = Math.max(deviation / week.length, least) || 1;
  const z = (value: number): number => asinh((value - location) / scale);
  const recent = Math.min(end, 2 * LEAST_SCALE_STEPS);
  const recentZ = Float64Array.from({ length: recent }, (_, i) => z(filled[end - recent + i]!));
  const quantilesOf = (from: number): Float64Array => {
    const ascending = measured(series, from).sort();
    return Float64Array.from(NEURAL_LEVELS, (level) => z(quantileSorted(ascending, level)));
  };
  return {
    series,
    location,
    scale,
    z,
    recentZ,
    cycleQuantiles: quantilesOf(end - cycle),
    cyclesQuantiles: quantilesOf(end - 3 * cycle),
    earlier: new EarlierCycles(series, z, recentZ),
  };
}

/** The measured values from an index on; the last one measured where there is none. */
function measured({ values, filled, end }: PreparedSeries, from: number): Float64Array {
  const found = new Float64Array(end - Math.max(0, from));
  let count = 0;
  for (let i = Math.max(0, from); i < end; i++) {
    if (!Number.isNaN(values[i])) {
      found[count++] = values[i]!;
    }
  }
  return count === 0 ? Float64Array.of(filled[end - 1]!) : found.subarray(0, count);
}

function writeTokens(out: Float32Array, { series, z }: WindowView): void {
  const { end, driven, drivenStrength = 0, startSeconds, stepSeconds } = series;
  let token = 0;
  for (const { block, tokens } of CONTEXT_LEVELS) {
    for (let i = 0; i < tokens; i++, token++) {
      const features = out.subarray(token * TOKEN_FEATURES, (token + 1) * TOKEN_FEATURES);
      const start = end - (tokens - i) * TOKEN_STEPS * block;
      for (let j = 0; j < TOKEN_STEPS; j++) {
        const from = start + j * block;
        const mean = contextMeans(series, from, block);
        features[j] = mean === undefined ? 0 : z(mean.value);
        features[TOKEN_STEPS + j] = mean?.share ?? 0;
        const other = driven?.[Math.min(Math.max(0, from + (block >> 1)), end - 1)];
        features[2 * TOKEN_STEPS + j] = from < 0 || other === undefined || Number.isNaN(other) ? 0 : z(other);
      }
      const middle = startSeconds + (start + (TOKEN_STEPS * block) / 2) * stepSeconds;
      writeClock(features.subarray(3 * TOKEN_STEPS), middle, stepSeconds);
      features[3 * TOKEN_STEPS + 4] = driven === undefined ? 0 : drivenStrength;
    }
  }
}

const SHARED_LEVELS = [1, 3, 5, 7, 9, 11, 13] as const;
const LEVEL_WINDOWS = [1, 3, 12, 48, 144, 288, 1008];
const CHANGE_LAGS = [1, 3, 12, 48, 144];

function writeShared(out: Float32Array, view: WindowView): void {
  const { series, z, recentZ, cycleQuantiles, cyclesQuantiles } = view;
  const { end, first, cycle, stepSeconds, observed, sumSteps, values } = series;
  let place = 0;
  for (const row of SHARED_LEVELS) {
    out[place++] = cycleQuantiles[row]!;
    out[place++] = cyclesQuantiles[row]!;
  }
  for (const steps of LEVEL_WINDOWS) {
    out[place++] = z(levelMean(series, end, steps));
  }
  for (const lag of CHANGE_LAGS) {
    out[place++] = logOf(meanChange(recentZ, lag, 288));
  }
  let zeros = 0;
  for (let i = Math.max(0, end - 288); i < end; i++) {
    zeros += values[i] === 0 ? 1 : 0;
  }
  out[place++] = zeros / 288;
  out[place++] = (observed[end]! - observed[Math.max(0, end - 288)]!) / 288;
  out[place++] = Math.log(cycle) / 8;
  out[place++] = Math.log(stepSeconds) / 12;
  out[place++] = Math.log1p(end - first) / 12;
  out[place++] = sumSteps > 0 ? 1 : 0;
  out[place] = Math.log(view.scale / (Math.abs(view.location) + view.scale)) / 4;
}
