import type { History } from '../history.ts';
import { historyUntil } from '../historyUntil.ts';
import type { LocalModel, RawForecast, SeasonalFitOptions } from '../localModel.ts';
import { Troupe } from './troupe.ts';

const MAX_ORIGINS = 32;
const CYCLES_BACK = 5;
const HORIZONS_BACK = 2;
const LARGEST_SHARE = 1 / 3;
const TRAINING_CYCLES = 2;
const TOGETHER = 8;

/** Forecasts of the past with what came true: every candidate at every origin, each seeing only what was before it. */
export interface Rehearsal {
  readonly levels: readonly number[];
  readonly acts: readonly RehearsalAct[];
  /** The steps of the past that were held out. */
  readonly heldOutSteps: number;
}

export interface RehearsalAct {
  /** One for each candidate, `undefined` where it failed. */
  readonly forecasts: ReadonlyArray<RawForecast | undefined>;
  /** `[step]`, NaN where missing; ends where the history does, so it may be shorter than the forecast. */
  readonly truth: Float64Array;
}

/**
 * Fits the candidates on the first part of the history and lets them forecast the rest from origins spread over it.
 *
 * No acts where the history is too short to hold out a part: fewer than two `cycle`s to learn from would be left.
 */
export async function rehearse(
  candidates: readonly LocalModel[],
  history: History,
  levels: readonly number[],
  options: SeasonalFitOptions & { readonly cycle: number }
): Promise<Rehearsal> {
  const { horizon, cycle } = options;
  const length = history.target.values.length;
  const wished = Math.max(CYCLES_BACK * cycle, HORIZONS_BACK * horizon);
  const first = history.target.values.findIndex((value) => !Number.isNaN(value));
  const possible = Math.min(Math.floor(LARGEST_SHARE * (length - first)), length - first - TRAINING_CYCLES * cycle);
  const heldOutSteps = Math.min(wished, possible);
  const training = heldOutSteps > 0 ? historyUntil(history, length - heldOutSteps, horizon) : undefined;
  if (training === undefined) {
    return { levels, acts: [], heldOutSteps: 0 };
  }
  const troupe = await Troupe.fit(candidates, training, options);
  const stride = Math.max(1, Math.round(heldOutSteps / MAX_ORIGINS));
  const acts: RehearsalAct[] = [];
  for (let origin = length - heldOutSteps; origin < length;) {
    const truths: Float64Array[] = [];
    // Those that are as long as the first, some at a time: what models do better together.
    const steps = Math.min(horizon, length - origin);
    for (
      ;
      truths.length < TOGETHER && origin < length && Math.min(horizon, length - origin) === steps;
      origin += stride
    ) {
      truths.push(history.target.values.subarray(origin, origin + steps));
    }
    const known = truths.map((_, i) => historyUntil(history, origin - (truths.length - i) * stride, horizon));
    const forecasts = await troupe.predictMany(known, { horizon: steps, levels });
    acts.push(...truths.map((truth, i) => ({ forecasts: forecasts[i]!, truth })));
  }
  return { levels, acts, heldOutSteps };
}
