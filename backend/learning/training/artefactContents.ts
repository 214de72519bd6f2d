import type { Architecture, Artefact, Manifest, NetworkSize, TrainedModel } from '../../neural/index.ts';
import type { TrainingMaterial } from './trainingMaterial.ts';

export interface TrainedArtefact {
  readonly name: string;
  readonly version: string;
  readonly architecture: Architecture;
  readonly size: NetworkSize;
  readonly seed: number;
  readonly material: readonly TrainingMaterial[];
  readonly vocabulary: Manifest['vocabulary'];
  readonly from: Artefact | undefined;
  readonly trained: TrainedModel;
}

/** What an artefact folder says of a training, without scores. */
export function artefactContents({ material, from, trained, ...named }: TrainedArtefact) {
  return {
    ...named,
    steps: trained.steps,
    seconds: Math.round(trained.seconds),
    data: material.map(({ name, sha256, learning }) => ({
      name,
      sha256,
      series: learning.series.length,
      weight: learning.weight,
    })),
    ...(from === undefined ? {} : { tunedFrom: `${from.manifest.name} ${from.manifest.version}` }),
    parameters: trained.parameters,
  };
}
