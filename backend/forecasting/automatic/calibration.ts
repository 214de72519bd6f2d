import { normalQuantile, quantileSorted } from '../../statistics/index.ts';
import { knotsAround } from '../cycles/leadKnots.ts';
import type { RawForecast } from '../localModel.ts';
import { DEFAULT_TRUST } from './blendTrust.ts';
import type { LeadZone } from './leadZones.ts';

const LOWER = 0.1;
const UPPER = 0.9;
const MIN_SAMPLES = 20;
const LEAST_SHIFT = -0.1;
const LARGEST_SHIFT = 1;
const FLOOR_SHARE = 0.01;

/**
 * By how much quantiles are moved, in widths of the forecast's own central 80 % band.
 *
 * Plain data: `shifts` as `[zone][level]`, for zones at `leads` and for `levels`. Source: conformalised quantile
 * regression (Romano et al., 2019), for each level and zone of leads.
 */
export interface Calibration {
  readonly levels: readonly number[];
  readonly leads: readonly number[];
  readonly shifts: readonly Float64Array[];
  /** The least width that counts, so that a forecast without width is calibrated too. */
  readonly leastWidth: number;
}

/** A forecast of the past, `values` as `[level][step]`, and what came true of it, `[step]`, NaN where missing. */
export interface ForecastWithTruth {
  readonly values: Float64Array;
  readonly truth: Float64Array;
}

/** The calibration that moves nothing. */
export function noCalibration(levels: readonly number[], zones: readonly LeadZone[]): Calibration {
  return {
    levels,
    leads: zones.map((zone) => zone.lead),
    shifts: zones.map(() => new Float64Array(levels.length)),
    leastWidth: 0,
  };
}

/**
 * The shifts with which each quantile would have had its share of the past's truths below it, drawn towards none where
 * few of them are independent: errors within `independentSteps` steps know of each other.
 */
export function calibrate(
  past: readonly ForecastWithTruth[],
  levels: readonly number[],
  zones: readonly LeadZone[],
  independentSteps: (zone: LeadZone) => number,
  priorErrors: number = DEFAULT_TRUST.priorErrors
): Calibration {
  const leastWidth = FLOOR_SHARE * meanWidth(past, levels);
  const base = { ...noCalibration(levels, zones), leastWidth };
  const shifts = zones.map((zone) => {
    const independent = independentSteps(zone);
    const trust = independent / (independent + priorErrors);
    const row = new Float64Array(levels.length);
    for (let low = 0, high = levels.length - 1; low < high; low++, high--) {
      const misses = Float64Array.from(bandMisses(past, levels, zone, low, high, leastWidth)).sort();
      if (misses.length >= MIN_SAMPLES) {
        const shift = trust * quantileSorted(misses, levels[high]! - levels[low]!);
        const bounded = Math.max(LEAST_SHIFT, Math.min(LARGEST_SHIFT, shift));
        row[low] = -bounded;
        row[high] = bounded;
      }
    }
    return row;
  });
  return { ...base, shifts };
}

/**
 * The calibration after one more forecast's truth: a level that was exceeded too often moves up, one seldom exceeded
 * down, in proportion to `rate`. Source: Gibbs and Candes (2021), quantile tracking for each level and zone.
 */
export function tracked(
  calibration: Calibration,
  past: ForecastWithTruth,
  zones: readonly LeadZone[],
  rate: number
): Calibration {
  const shifts = zones.map((zone, index) =>
    calibration.levels.map((level, row) => {
      const misses = zoneMisses([past], calibration.levels, zone, row, calibration.leastWidth);
      const shift = calibration.shifts[index]![row]!;
      const below = misses.filter((miss) => miss <= shift).length;
      return misses.length === 0 ? shift : shift + rate * (level - below / misses.length);
    })
  );
  return { ...calibration, shifts: shifts.map((row) => Float64Array.from(row)) };
}

/** The forecast with its quantiles moved; levels between the calibrated ones by their place on the normal scale. */
export function calibrated(
  forecast: RawForecast,
  band: { readonly lower: Float64Array; readonly upper: Float64Array },
  levels: readonly number[],
  calibration: Calibration
): RawForecast {
  const steps = forecast.mean.length;
  const shifts = calibration.shifts.map((row) => shiftsAt(calibration.levels, row, levels));
  const centers = calibration.shifts.map((row) => row.reduce((sum, shift) => sum + shift / row.length, 0));
  const values = forecast.values.slice();
  const mean = forecast.mean.slice();
  for (let step = 0; step < steps; step++) {
    const { left, right, share } = knotsAround(calibration.leads, step + 1);
    const width = Math.max(calibration.leastWidth, band.upper[step]! - band.lower[step]!);
    mean[step]! += width * ((1 - share) * centers[left]! + share * centers[right]!);
    for (let row = 0; row < levels.length; row++) {
      values[row * steps + step]! += width * ((1 - share) * shifts[left]![row]! + share * shifts[right]![row]!);
    }
  }
  return { ...forecast, values, mean };
}

function shiftsAt(known: readonly number[], shifts: Float64Array, levels: readonly number[]): Float64Array {
  const places = known.map(normalQuantile);
  return Float64Array.from(levels, (level) => {
    const { left, right, share } = knotsAround(places, normalQuantile(level));
    return (1 - share) * shifts[left]! + share * shifts[right]!;
  });
}

function bandMisses(
  past: readonly ForecastWithTruth[],
  levels: readonly number[],
  zone: LeadZone,
  low: number,
  high: number,
  leastWidth: number
): number[] {
  const below = zoneMisses(past, levels, zone, low, leastWidth);
  return zoneMisses(past, levels, zone, high, leastWidth).map((miss, i) => Math.max(miss, -below[i]!));
}

function zoneMisses(
  past: readonly ForecastWithTruth[],
  levels: readonly number[],
  zone: LeadZone,
  row: number,
  leastWidth: number
): number[] {
  const lower = levels.indexOf(LOWER);
  const upper = levels.indexOf(UPPER);
  const misses: number[] = [];
  for (const { values, truth } of past) {
    const steps = truth.length;
    for (let step = zone.from - 1; step < Math.min(zone.to, steps); step++) {
      const width = Math.max(leastWidth, values[upper * steps + step]! - values[lower * steps + step]!);
      const miss = (truth[step]! - values[row * steps + step]!) / width;
      if (Number.isFinite(miss)) {
        misses.push(miss);
      }
    }
  }
  return misses;
}

function meanWidth(past: readonly ForecastWithTruth[], levels: readonly number[]): number {
  const lower = levels.indexOf(LOWER);
  const upper = levels.indexOf(UPPER);
  let sum = 0;
  let count = 0;
  for (const { values, truth } of past) {
    for (let step = 0; step < truth.length; step++) {
      sum += values[upper * truth.length + step]! - values[lower * truth.length + step]!;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}
