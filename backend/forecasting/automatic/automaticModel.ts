import type { PredictOptions } from '../forecaster.ts';
import type { History } from '../history.ts';
import { historyUntil } from '../historyUntil.ts';
import type { FittedModel, RawForecast } from '../localModel.ts';
import { blendForecasts, type BlendWeights } from './blendForecasts.ts';
import { calibrated, tracked, type Calibration } from './calibration.ts';
import type { LeadZone } from './leadZones.ts';
import type { Troupe } from './troupe.ts';

const BAND: readonly number[] = [0.1, 0.9];
const TRACKING_RATE = 0.1;
const TRACKED_FORECASTS = 4;

/** What a fit of `automatic` found out. */
export interface AutomaticState {
  /** The candidates with a weight. */
  readonly troupe: Troupe;
  readonly weights: BlendWeights;
  readonly zones: readonly LeadZone[];
  readonly calibration: Calibration;
  readonly startSeconds: number;
  readonly fittedSteps: number;
  readonly horizon: number;
  readonly reason: string;
}

/** Blends, calibrates, and follows with the calibration what has come true since the fit. */
export class AutomaticModel implements FittedModel {
  readonly #state: AutomaticState;

  constructor(state: AutomaticState) {
    this.#state = state;
  }

  async predict(history: History, { horizon, levels }: PredictOptions): Promise<RawForecast> {
    const all = [...new Set([...levels, ...BAND])].sort((a, b) => a - b);
    const blend = await this.#blend(history, { horizon, levels: all });
    const calibration = await this.#trackedCalibration(history);
    const rows = (wanted: readonly number[]): Float64Array => pickRows(blend.values, all, wanted, horizon);
    const band = { lower: rows([BAND[0]!]), upper: rows([BAND[1]!]) };
    return {
      ...calibrated({ ...blend, values: rows(levels) }, band, levels, calibration),
      reason: this.#state.reason,
    };
  }

  async #blend(history: History, options: PredictOptions): Promise<RawForecast> {
    const { troupe, weights } = this.#state;
    const forecasts = await troupe.predict(history, options);
    const shares = forecasts.map((forecast, index) =>
      forecast === undefined ? 0 : weights.weights.reduce((sum, row) => sum + row[index]!, 0)
    );
    const warnings = forecasts[shares.indexOf(Math.max(...shares))]?.warnings ?? [];
    return { ...blendForecasts(forecasts, weights), warnings };
  }

  /** The calibration with what has come true since the fit. */
  async #trackedCalibration(history: History): Promise<Calibration> {
    const { zones, fittedSteps, startSeconds, horizon } = this.#state;
    let { calibration } = this.#state;
    const { grid, values } = history.target;
    const fitted = fittedSteps - Math.round((grid.startSeconds - startSeconds) / grid.stepSeconds);
    const stride = Math.max(1, Math.ceil(horizon / TRACKED_FORECASTS));
    const newest = Math.min(values.length - 1, fitted + horizon);
    for (let origin = fitted; origin > 0 && origin <= newest - stride; origin += stride) {
      const truth = values.subarray(origin, Math.min(values.length, origin + horizon));
      const known = historyUntil(history, origin, horizon);
      const blend = await this.#blend(known, { horizon: truth.length, levels: calibration.levels });
      calibration = tracked(calibration, { values: blend.values, truth }, zones, TRACKING_RATE);
    }
    return calibration;
  }
}

function pickRows(
  values: Float64Array,
  from: readonly number[],
  wanted: readonly number[],
  steps: number
): Float64Array {
  const picked = new Float64Array(wanted.length * steps);
  wanted.forEach((level, row) => {
    const source = from.indexOf(level) * steps;
    picked.set(values.subarray(source, source + steps), row * steps);
  });
  return picked;
}
