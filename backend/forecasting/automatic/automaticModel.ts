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
  /** The calibration follows nothing any more. */
  readonly isSettled?: true;
}

/** Blends, calibrates, and follows with the calibration what has come true since the fit. */
export class AutomaticModel implements FittedModel {
  readonly #state: AutomaticState;

  constructor(state: AutomaticState) {
    this.#state = state;
  }

  async predict(history: History, { horizon, levels }: PredictOptions): Promise<RawForecast> {
    const { calibration, reason } = this.#state;
    const all = [...new Set([...levels, ...BAND, ...calibration.levels])].sort((a, b) => a - b);
    const past = this.#state.isSettled === true ? [] : this.#pastSinceFit(history, horizon);
    const longest = Math.max(horizon, ...past.map(({ truth }) => truth.length));
    // The forecast and those that have come true in one call: what networks do better together.
    const [blend, ...pastBlends] = await this.#blends([history, ...past.map(({ known }) => known)], {
      horizon: longest,
      levels: all,
    });
    const rows = (from: RawForecast, wanted: readonly number[], steps: number): Float64Array =>
      pickRows(from.values, all, wanted, longest, steps);
    const own = this.#followed(past, (index, steps) => rows(pastBlends[index]!, calibration.levels, steps));
    const band = { lower: rows(blend!, [BAND[0]!], horizon), upper: rows(blend!, [BAND[1]!], horizon) };
    const raw = { ...blend!, values: rows(blend!, levels, horizon), mean: blend!.mean.subarray(0, horizon) };
    return { ...calibrated(raw, band, levels, own), reason };
  }

  async settled(history: History): Promise<FittedModel> {
    if (this.#state.isSettled === true) {
      return this;
    }
    const { levels } = this.#state.calibration;
    const past = this.#pastSinceFit(history, this.#state.horizon);
    const longest = Math.max(1, ...past.map(({ truth }) => truth.length));
    const blends =
      past.length === 0
        ? []
        : await this.#blends(
            past.map(({ known }) => known),
            { horizon: longest, levels }
          );
    const calibration = this.#followed(past, (index, steps) =>
      pickRows(blends[index]!.values, levels, levels, longest, steps)
    );
    return new AutomaticModel({ ...this.#state, calibration, isSettled: true });
  }

  /** The calibration after what has come true of past forecasts: `said` gives the rows of its levels, for so many steps. */
  #followed(
    past: ReadonlyArray<{ readonly truth: Float64Array }>,
    said: (index: number, steps: number) => Float64Array
  ): Calibration {
    return past.reduce(
      (own, { truth }, index) =>
        tracked(own, { values: said(index, truth.length), truth }, this.#state.zones, TRACKING_RATE),
      this.#state.calibration
    );
  }

  async #blends(histories: readonly History[], options: PredictOptions): Promise<RawForecast[]> {
    const { troupe, weights } = this.#state;
    const together = await troupe.predictMany(histories, options);
    return together.map((forecasts) => {
      const shares = forecasts.map((forecast, index) =>
        forecast === undefined ? 0 : weights.weights.reduce((sum, row) => sum + row[index]!, 0)
      );
      const warnings = forecasts[shares.indexOf(Math.max(...shares))]?.warnings ?? [];
      return { ...blendForecasts(forecasts, weights), warnings };
    });
  }

  /** What was known at some times since the fit, covariates for as many steps as are asked for, and what came true. */
  #pastSinceFit(
    history: History,
    askedHorizon: number
  ): ReadonlyArray<{ readonly known: History; readonly truth: Float64Array }> {
    const { fittedSteps, startSeconds, horizon } = this.#state;
    const { grid, values } = history.target;
    const fitted = fittedSteps - Math.round((grid.startSeconds - startSeconds) / grid.stepSeconds);
    const stride = Math.max(1, Math.ceil(horizon / TRACKED_FORECASTS));
    const newest = Math.min(values.length - 1, fitted + horizon);
    const past: Array<{ known: History; truth: Float64Array }> = [];
    for (let origin = fitted; origin > 0 && origin <= newest - stride; origin += stride) {
      const truth = values.subarray(origin, Math.min(values.length, origin + horizon));
      past.push({ known: historyUntil(history, origin, Math.max(horizon, askedHorizon)), truth });
    }
    return past;
  }
}

/** The rows of the `wanted` levels, the first `steps` of each, from `values` as `[from][allSteps]`. */
function pickRows(
  values: Float64Array,
  from: readonly number[],
  wanted: readonly number[],
  allSteps: number,
  steps: number
): Float64Array {
  const picked = new Float64Array(wanted.length * steps);
  wanted.forEach((level, row) => {
    const source = from.indexOf(level) * allSteps;
    picked.set(values.subarray(source, source + steps), row * steps);
  });
  return picked;
}
