import type { LocalModel } from '../../forecasting/index.ts';
import { neuralModel } from './neuralModel.ts';
import { findArtefacts, readArtefact } from './readArtefact.ts';

export interface LearntModels {
  readonly models: readonly LocalModel[];
  /** Why artefacts were refused, in words. */
  readonly refused: readonly string[];
}

/** The learnt models of a folder, loaded; what is damaged is refused by itself, with its reason. */
export async function learntModels(folder: string): Promise<LearntModels> {
  const models: LocalModel[] = [];
  const refused: string[] = [];
  for (const path of await findArtefacts(folder)) {
    try {
      models.push(neuralModel(await readArtefact(path)));
    } catch (error) {
      refused.push((error as Error).message);
    }
  }
  return { models, refused };
}
