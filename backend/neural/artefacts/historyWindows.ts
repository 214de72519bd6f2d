import { cyclePlan, fitDriven, type History } from '../../forecasting/index.ts';
import {
  movingSumSteps,
  PATCH_STEPS,
  prepareSeries,
  WindowBatch,
  writeWindow,
  type SeriesInput,
  type WindowScale,
} from '../windows/index.ts';

/** What a fit settles of a series: its short cycle, and the window of which it is a trailing sum (0 for none). */
export interface SeriesShape {
  readonly cycle: number;
  readonly sumSteps: number;
}

/** The windows that end with some histories, ready for a network, and how each was scaled. */
export interface HistoryWindows {
  readonly batch: WindowBatch;
  readonly scales: readonly WindowScale[];
}

export function shapeOf({ target }: History, seasonSteps: number): SeriesShape {
  return {
    cycle: Math.max(2, cyclePlan(seasonSteps, target.grid).cycle),
    sumSteps: movingSumSteps(target.values, target.values.length),
  };
}

const written = new WeakMap<readonly History[], { readonly key: string; readonly windows: HistoryWindows }>();

/**
 * The windows of `histories` with the queries of `horizon` steps; `categories` are those of all of them.
 *
 * The networks of a blend are asked about the same array of histories one after the other: they share what is written
 * for the first. Throws where a history holds no measurement.
 */
export function historyWindows(
  histories: readonly History[],
  shape: SeriesShape,
  categories: readonly number[],
  horizon: number
): HistoryWindows {
  const key = JSON.stringify([shape, categories, horizon]);
  const known = written.get(histories);
  if (known?.key === key) {
    return known.windows;
  }
  const queryCount = Math.ceil(horizon / PATCH_STEPS);
  const leads = Array.from({ length: queryCount }, (_, query) => 1 + PATCH_STEPS * query);
  const batch = new WindowBatch(histories.length, queryCount);
  const scales = histories.map((history, window) => {
    const input = seriesInput(history, shape, categories, horizon);
    const series = prepareSeries(input, history.target.values.length);
    if (series === undefined) {
      throw new Error('not one measurement');
    }
    return writeWindow(batch, window, series, leads);
  });
  const windows = { batch, scales };
  written.set(histories, { key, windows });
  return windows;
}

function seriesInput(
  history: History,
  shape: SeriesShape,
  categories: readonly number[],
  horizon: number
): SeriesInput {
  const { grid, values } = history.target;
  const base = { values, startSeconds: grid.startSeconds, stepSeconds: grid.stepSeconds, categories, ...shape };
  // Past covariates alone say little that the target's own past does not, and fitting them takes longer than the network.
  if ((history.knownCovariates?.size ?? 0) === 0) {
    return base;
  }
  const { past, future, strength } = fitDriven(history, { horizon });
  if (strength <= 0) {
    return base;
  }
  const driven = new Float64Array(values.length + horizon).fill(Number.NaN);
  driven.set(past);
  if (future !== undefined) {
    driven.set(future, values.length);
  }
  return { ...base, driven, drivenStrength: strength };
}
