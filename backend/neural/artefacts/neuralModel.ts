import type { History, LocalModel, PredictOptions, RawForecast } from '../../forecasting/index.ts';
import { LEVEL_COUNT, PATCH_STEPS, type WindowBatch } from '../windows/index.ts';
import { categoryIndices } from './categoryIndices.ts';
import { historyWindows, shapeOf, type SeriesShape } from './historyWindows.ts';
import type { Manifest } from './manifest.ts';
import type { Artefact } from './readArtefact.ts';
import { SharedCalls } from './sharedCalls.ts';
import { windowForecast } from './windowForecast.ts';

/** Answers windows, `[window][step][level]`, scaled as they are. */
export type RunWindows = (batch: WindowBatch) => Promise<Float32Array>;

/** A learnt model as a forecaster of any series, as it is: a fit only settles the cycle and finds a trailing sum. */
export function neuralModel({ manifest, session }: Artefact): LocalModel {
  const calls = new SharedCalls(session);
  return neuralModelBy(manifest, (batch) => calls.run(batch));
}

/** The same by a network that somebody else holds, so that what is fitted keeps none of it in memory. */
export function neuralModelBy(manifest: Manifest, run: RunWindows): LocalModel {
  return {
    name: manifest.name,
    readsCovariates: true,
    fit(history, { seasonSteps }) {
      const shape = shapeOf(history, seasonSteps);
      const predictMany = (histories: readonly History[], options: PredictOptions): Promise<RawForecast[]> =>
        forecastAll(run, manifest, shape, histories, options);
      return {
        predict: async (own, options) => (await predictMany([own], options))[0]!,
        predictMany,
      };
    },
  };
}

async function forecastAll(
  run: RunWindows,
  { vocabulary }: Manifest,
  shape: SeriesShape,
  histories: readonly History[],
  options: PredictOptions
): Promise<RawForecast[]> {
  const categories = categoryIndices(histories[0]?.metadata, vocabulary);
  const { batch, scales } = historyWindows(histories, shape, categories, options.horizon);
  const scaled = await run(batch);
  const each = batch.queryCount * PATCH_STEPS * LEVEL_COUNT;
  return scales.map((scale, window) =>
    windowForecast(scaled.subarray(window * each, (window + 1) * each), scale, options)
  );
}
