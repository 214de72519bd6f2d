import { quantileSorted, sortedObserved } from '../../statistics/index.ts';
import type { Series } from '../../timeseries/index.ts';
import { PUBLISHED_LEVELS } from '../forecast.ts';
import type { History } from '../history.ts';
import { trailingMeans } from './detrended.ts';
import { dayWave } from './driverColumns.ts';
import { DriverMap } from './driverMap.ts';
import { driverRegression } from './driverRegression.ts';
import type { RegressionColumn } from './regressionVariant.ts';
import { responseErrors } from './responseErrors.ts';
import { sampleRows } from './sampleRows.ts';
import { alignedDrivers } from './alignedDrivers.ts';

const DAY = 86_400;
const LEAST_WINDOW = 12;
const LEAST_STRENGTH = 0.03;

export interface DrivenOptions {
  /** Steps after the cutoff to predict from known covariates. */
  readonly horizon: number;
  /** Which covariates are the drivers: the known ones where there are any (the default), the past ones, or both. */
  readonly drivers?: 'known' | 'past' | 'all';
}

/** How a target follows its covariates. */
export interface DrivenFit {
  /**
   * The target as its covariates, the time of day and its own level over the day before explain it, at each step of the
   * past, causal in its inputs; NaN where unknown.
   */
  readonly past: Float64Array;
  /** The same over the horizon, with the level of the cutoff, NaN where a covariate is missing; without known ones none. */
  readonly future: Float64Array | undefined;
  /** The share of variation that the covariates explain on blocks of the past not learnt from, 0 (no use) to 1. */
  readonly strength: number;
  /** In units of the target for one unit of the driver. */
  readonly coefficients: ReadonlyArray<{ readonly driver: string; readonly feature: string; readonly value: number }>;
  /** The quantiles of target less fit on blocks not learnt from, at the published levels. */
  readonly residualQuantiles: { readonly levels: readonly number[]; readonly values: readonly number[] };
  /** The standard error of what each driver makes of the target, as a share of it. */
  readonly responseErrors: ReadonlyMap<string, number>;
  /** From drivers to their part of the target; undefined where they are of no use. */
  readonly map: DriverMap | undefined;
  /** The drivers' part of the target over past and horizon, less a constant; NaN where a driver is missing. */
  readonly effect: Float64Array;
}

/**
 * Learns from the past alone how the target follows its covariates: a robust ridge regression on their levels (bent,
 * lagged, different by the time of day, where that pays), monotone where the past agrees on the sign, of what is new in
 * the target against the day before.
 *
 * Never worse than nothing: where held-out blocks of the past are not explained better with the covariates than without,
 * the strength is 0 and they have no effect. Some 20 ms for 6,000 steps and three covariates.
 */
export function fitDriven(history: History, { horizon, drivers }: DrivenOptions): DrivenFit {
  const { grid, values } = history.target;
  const length = values.length;
  const lanes = alignedDrivers(history, drivers ?? (isEmpty(history.knownCovariates) ? 'past' : 'known'), horizon);
  const whole = { ...grid, length: length + horizon };
  const map = DriverMap.read(lanes, length);
  const daily = controlColumns(whole);
  const driven = map.columns(lanes);
  const window = Math.max(LEAST_WINDOW, Math.min(Math.floor(length / 4), Math.round(DAY / grid.stepSeconds)));
  const columns: RegressionColumn[] = [
    ...daily.map((): RegressionColumn => ({ role: 'control', driver: -1 })),
    ...map.roles,
  ];
  const isDriven = driven.length > 0;
  const raw = [...daily, ...driven].map((column) => column.subarray(0, length));
  const sample = isDriven ? sampleRows(values, raw, window) : undefined;
  if (sample === undefined) {
    return undriven(history, horizon, daily, window, isEmpty(history.knownCovariates));
  }
  const { data, scale } = sample;
  const regression = driverRegression(data, columns);
  const strength = Math.max(0, 1 - regression.lossShare ** 2);
  if (strength < LEAST_STRENGTH) {
    return undriven(history, horizon, daily, window, isEmpty(history.knownCovariates));
  }
  const coefficients = regression.coefficients.map((value) => value * scale);
  const fitted = map.with(coefficients.subarray(daily.length));
  if (!fitted.coefficients().every(({ value }) => Number.isFinite(value))) {
    return undriven(history, horizon, daily, window, isEmpty(history.knownCovariates));
  }
  const effect = fitted.effect(driven);
  const base = sumOfColumns(daily, coefficients);
  const sorted = sortedObserved(regression.errors.map((error) => error * scale));
  return {
    ...levelled(values, effect, base, window, isEmpty(history.knownCovariates) ? undefined : horizon),
    strength,
    coefficients: fitted.coefficients(),
    residualQuantiles: {
      levels: PUBLISHED_LEVELS,
      values: PUBLISHED_LEVELS.map((level) => quantileSorted(sorted, level)),
    },
    responseErrors: new Map(
      Array.from(responseErrors(columns, regression.coefficients, regression.withoutBlock), ([driver, error]) => [
        fitted.shapes[driver]!.name,
        error,
      ])
    ),
    map: fitted,
    effect,
  };
}

function isEmpty(lanes: ReadonlyMap<string, Series> | undefined): boolean {
  return lanes === undefined || lanes.size === 0;
}

/** Two harmonics of the day, which the drivers must not be taken for. */
function controlColumns(grid: Series['grid']): Float64Array[] {
  if (grid.stepSeconds > DAY / 4) {
    return [];
  }
  return [1, 2].flatMap((harmonic) => [Math.sin, Math.cos].map((wave) => dayWave(grid, wave, harmonic)));
}

function sumOfColumns(columns: readonly Float64Array[], coefficients: Float64Array): Float64Array {
  const sum = new Float64Array(columns[0]?.length ?? 0);
  columns.forEach((column, i) => {
    column.forEach((value, t) => (sum[t]! += coefficients[i]! * value));
  });
  return sum;
}

/** Past and future from the drivers' effect, the daily base (empty for none), and the target's own level. */
function levelled(
  target: Float64Array,
  effect: Float64Array,
  base: Float64Array,
  window: number,
  horizon: number | undefined
): Pick<DrivenFit, 'past' | 'future'> {
  const explained = effect.map((value, t) => value + (base[t] ?? 0));
  const level = trailingMeans(
    target.map((value, t) => value - explained[t]!),
    window
  );
  const length = target.length;
  return {
    past: target.map((_, t) => explained[t]! + level[t]!),
    future:
      horizon === undefined
        ? undefined
        : explained.subarray(length, length + horizon).map((value) => value + level[length]!),
  };
}

function undriven(
  { target }: History,
  horizon: number,
  daily: readonly Float64Array[],
  window: number,
  isBlind: boolean
): DrivenFit {
  const { values } = target;
  const effect = new Float64Array(values.length + horizon);
  const sample = sampleRows(
    values,
    daily.map((column) => column.subarray(0, values.length)),
    window
  );
  const errors = sortedObserved(sample?.data.truths.map((value) => value * sample.scale) ?? Float64Array.of(0));
  return {
    ...levelled(values, effect, new Float64Array(0), window, isBlind ? undefined : horizon),
    strength: 0,
    coefficients: [],
    residualQuantiles: {
      levels: PUBLISHED_LEVELS,
      values: PUBLISHED_LEVELS.map((level) => quantileSorted(errors, level)),
    },
    responseErrors: new Map(),
    map: undefined,
    effect,
  };
}
