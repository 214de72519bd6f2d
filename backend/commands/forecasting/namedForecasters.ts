import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createForecaster, FORECASTER_NAMES, type Forecaster, type LocalModel } from '../../forecasting/index.ts';
import { learntModels, neuralModel, readArtefact } from '../../neural/index.ts';

/** The learnt models that Headroom ships. */
export const SHIPPED_MODELS = fileURLToPath(new URL('../../../models/', import.meta.url));

/**
 * Forecasters by name, in the order given: built-in, learnt (from the folder of artefacts), or a path to an artefact.
 *
 * Rejects with FORECAST_MODEL_UNKNOWN, or MODEL_ARTEFACT_INVALID where an artefact that was asked for is damaged.
 */
export async function namedForecasters(
  names: readonly string[],
  artefacts: string | undefined
): Promise<{ readonly forecasters: readonly Forecaster[]; readonly refused: readonly string[] }> {
  const own: LocalModel[] = [];
  const byName: string[] = [];
  for (const name of names) {
    if (existsSync(join(name, 'manifest.json'))) {
      const model = neuralModel(await readArtefact(name));
      own.push(model);
      byName.push(model.name);
    } else {
      byName.push(name);
    }
  }
  const needsLearnt = byName.some((name) => name === 'auto' || !FORECASTER_NAMES.includes(name));
  const { models, refused } = needsLearnt
    ? await learntModels(artefacts ?? SHIPPED_MODELS)
    : { models: [], refused: [] };
  const learnt = [...own, ...models.filter(({ name }) => !own.some((each) => each.name === name))];
  return { forecasters: byName.map((name) => createForecaster(name, learnt)), refused };
}
