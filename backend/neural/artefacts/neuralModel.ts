import type * as ort from 'onnxruntime-node';
import {
  cyclePlan,
  fitDriven,
  type History,
  type LocalModel,
  type PredictOptions,
  type RawForecast,
} from '../../forecasting/index.ts';
import {
  LEVEL_COUNT,
  movingSumSteps,
  NEURAL_LEVELS,
  PATCH_STEPS,
  prepareSeries,
  TRAINED_STEPS,
  WindowBatch,
  writeWindow,
  type SeriesInput,
} from '../windows/index.ts';
import { categoryIndices } from './categoryIndices.ts';
import type { Manifest } from './manifest.ts';
import { quantileAt } from './quantilesAt.ts';
import type { Artefact } from './readArtefact.ts';
import { windowTensors } from './windowTensors.ts';

const LARGEST_SCALED = 12;

/** A learnt model as a forecaster of any series, as it is: a fit only settles the cycle. */
export function neuralModel({ manifest, session }: Artefact): LocalModel {
  return {
    name: manifest.name,
    readsCovariates: true,
    fit(_, { seasonSteps }) {
      return {
        predict: (history, options) => predict(session, seriesInput(history, manifest, seasonSteps, options), options),
      };
    },
  };
}

async function predict(
  session: ort.InferenceSession,
  input: SeriesInput & { readonly length: number },
  { horizon, levels }: PredictOptions
): Promise<RawForecast> {
  const series = prepareSeries(input, input.length);
  if (series === undefined) {
    throw new Error('not one measurement');
  }
  const queryCount = Math.ceil(horizon / PATCH_STEPS);
  const batch = new WindowBatch(1, queryCount);
  const leads = Array.from({ length: queryCount }, (_, query) => 1 + PATCH_STEPS * query);
  const { location, scale } = writeWindow(batch, 0, series, leads);
  const { forecast } = await session.run(windowTensors(batch), ['forecast']);
  const scaled = forecast!.data as Float32Array;
  const values = new Float64Array(levels.length * horizon);
  const mean = new Float64Array(horizon);
  const own = new Float64Array(LEVEL_COUNT);
  for (let step = 0; step < horizon; step++) {
    for (let row = 0; row < LEVEL_COUNT; row++) {
      const z = Math.max(-LARGEST_SCALED, Math.min(LARGEST_SCALED, scaled[step * LEVEL_COUNT + row]!));
      own[row] = location + scale * Math.sinh(z);
    }
    levels.forEach((level, row) => {
      values[row * horizon + step] = quantileAt(NEURAL_LEVELS, own, level);
    });
    mean[step] = meanOf(own);
  }
  const warnings =
    horizon > TRAINED_STEPS
      ? [`steps beyond ${String(TRAINED_STEPS)} lie farther ahead than the model was trained for`]
      : [];
  return { values, mean, warnings };
}

function seriesInput(
  history: History,
  { vocabulary }: Manifest,
  seasonSteps: number,
  { horizon }: PredictOptions
): SeriesInput & { readonly length: number } {
  const { grid, values } = history.target;
  const { cycle } = cyclePlan(seasonSteps, grid);
  const base = {
    values,
    startSeconds: grid.startSeconds,
    stepSeconds: grid.stepSeconds,
    cycle: Math.max(2, cycle),
    sumSteps: movingSumSteps(values, values.length),
    categories: categoryIndices(history.metadata, vocabulary),
    length: values.length,
  };
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

/** The mean of a distribution given by its quantiles, each standing for the levels nearest to it. */
function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < LEVEL_COUNT; row++) {
    const low = row === 0 ? 0 : (NEURAL_LEVELS[row - 1]! + NEURAL_LEVELS[row]!) / 2;
    const high = row === LEVEL_COUNT - 1 ? 1 : (NEURAL_LEVELS[row]! + NEURAL_LEVELS[row + 1]!) / 2;
    sum += (high - low) * values[row]!;
  }
  return sum;
}
