import { formatDuration, lastObservedSeconds, observedCount, seriesEnd, gridAfter } from '../timeseries/index.ts';
import { recentQuantiles } from './baselines/rollingQuantile.ts';
import type { Forecast } from './forecast.ts';
import { requireHorizon, requireOptions, requireSeason } from './forecastRequest.ts';
import type { Forecaster, PredictOptions, Predictor } from './forecaster.ts';
import type { History } from './history.ts';
import type { FittedModel, LocalModel, RawForecast } from './localModel.ts';
import { isFiniteForecast } from './isFiniteForecast.ts';
import { measuredHistory, type ReadHistory } from './measuredHistory.ts';
import { orderedQuantiles } from './orderedQuantiles.ts';
import { restingFloor } from './restingFloor.ts';
import { fromServiceStart } from './serviceStart.ts';
import { presumedSeasonSteps } from './seasonSteps.ts';
import { scaledHistory, workingScale } from './workingScale.ts';

const NOTEWORTHY_MISSING_SHARE = 0.1;

/**
 * Makes a forecaster of a model: checks what comes in, finds the season where none is given, works at a scale at which
 * nothing overflows, and puts in order what comes out (finite, ascending, not below zero where the past never was).
 *
 * Where a model fails, the quantiles of the recent past stand in, and the forecast says so.
 */
export function guardedForecaster(model: LocalModel): Forecaster {
  return {
    name: model.name,
    ...(model.readsCovariates === undefined ? {} : { readsCovariates: model.readsCovariates }),
    async fit(history, options) {
      requireHorizon(options.horizon);
      if (options.seasonSteps !== undefined) {
        requireSeason(options.seasonSteps);
      }
      const measured = readable(model, history).history;
      const seasonSteps = options.seasonSteps ?? presumedSeasonSteps(measured.target);
      const scale = workingScale(measured.target.values);
      let fitted: FittedModel;
      try {
        fitted = await model.fit(scaledHistory(measured, scale), { ...options, seasonSteps });
      } catch (error) {
        fitted = standIn(seasonSteps, `could not be fitted (${reasonOf(error)})`);
      }
      return guardedPredictor(model, fitted, scale, seasonSteps);
    },
  };
}

function guardedPredictor(model: LocalModel, fitted: FittedModel, scale: number, seasonSteps: number): Predictor {
  const own: Predictor = {
    name: model.name,
    async predict(history, options) {
      requireOptions(options);
      const { history: measured, warnings } = readable(model, history);
      const scaled = scaledHistory(measured, scale);
      let raw: RawForecast;
      try {
        raw = await fitted.predict(scaled, options);
        if (!isFiniteForecast(raw)) {
          raw = await standIn(seasonSteps, 'gave no finite forecast').predict(scaled, options);
        }
      } catch (error) {
        raw = await standIn(seasonSteps, `failed (${reasonOf(error)})`).predict(scaled, options);
      }
      return finished(model, measured, { ...raw, warnings: [...raw.warnings, ...warnings] }, options, scale);
    },
  };
  return fitted.settled === undefined
    ? own
    : {
        ...own,
        async settled(history) {
          const { history: measured } = readable(model, history);
          try {
            const settled = await fitted.settled!(scaledHistory(measured, scale));
            return guardedPredictor(model, settled, scale, seasonSteps);
          } catch {
            // What cannot be settled goes on as it was, and says what is wrong when it is asked.
            return own;
          }
        },
      };
}

function readable(model: LocalModel, history: History): ReadHistory {
  const measured = measuredHistory(history);
  return model.isAsPublished === true ? measured : fromServiceStart(measured);
}

function standIn(seasonSteps: number, problem: string): FittedModel {
  return {
    predict({ target }, { horizon, levels }) {
      const scale = workingScale(target.values);
      const scaled = scaledHistory({ target }, scale).target;
      const raw = recentQuantiles(scaled, Math.max(2 * seasonSteps, 12), horizon, levels);
      return {
        values: raw.values.map((value) => value / scale),
        mean: raw.mean.map((value) => value / scale),
        warnings: [`the model ${problem}: the quantiles of the recent past stand in`],
      };
    },
  };
}

function finished(
  model: LocalModel,
  { target }: History,
  raw: RawForecast,
  { horizon, levels }: PredictOptions,
  scale: number
): Forecast {
  const floor = model.isAsPublished !== true && isNeverNegative(target.values) ? 0 : -Number.MAX_VALUE;
  const resting = model.isAsPublished === true ? undefined : restingFloor(target.values);
  const bounded = (value: number): number => Math.min(Number.MAX_VALUE, Math.max(floor, value / scale));
  const rested = (value: number): number =>
    resting !== undefined && Math.abs(value - resting.value) <= resting.reach ? resting.value : value;
  return {
    grid: gridAfter(target.grid, horizon),
    levels,
    values: orderedQuantiles(
      raw.values.map((value) => rested(bounded(value))),
      levels.length
    ),
    mean: raw.mean.map(bounded),
    model: model.name,
    warnings: [...new Set([...raw.warnings, ...gapWarnings(target)])],
    ...(raw.reason === undefined ? {} : { reason: raw.reason }),
  };
}

function isNeverNegative(values: Float64Array): boolean {
  for (const value of values) {
    if (value < 0) {
      return false;
    }
  }
  return true;
}

function gapWarnings(target: History['target']): string[] {
  const warnings: string[] = [];
  const missingShare = 1 - observedCount(target) / target.values.length;
  if (missingShare > NOTEWORTHY_MISSING_SHARE) {
    warnings.push(`${String(Math.round(100 * missingShare))} % of the history's measurements are missing`);
  }
  const age = seriesEnd(target) - (lastObservedSeconds(target) ?? Number.NEGATIVE_INFINITY);
  if (age > 0) {
    warnings.push(`the last measurement is ${formatDuration(age)} older than the cutoff`);
  }
  return warnings;
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
