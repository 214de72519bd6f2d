import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OPSET, publishNetwork, type Architecture, type NetworkSize } from '../architectures/index.ts';
import {
  CATEGORY_COUNT,
  CONTEXT_STEPS,
  INPUT_SHAPES,
  LEVEL_COUNT,
  NEURAL_LEVELS,
  PATCH_STEPS,
  TRAINED_STEPS,
} from '../windows/index.ts';
import { modelCard } from './modelCard.ts';
import type { Manifest } from './manifest.ts';

export interface ArtefactContents extends Pick<
  Manifest,
  'name' | 'version' | 'seed' | 'steps' | 'seconds' | 'data' | 'scores'
> {
  readonly architecture: Architecture;
  readonly size: NetworkSize;
  readonly tunedFrom?: string;
  readonly vocabulary?: Manifest['vocabulary'];
  readonly parameters: ReadonlyMap<string, Float32Array>;
}

/** Writes an artefact folder (interfaces 1.3), whole or not at all; what was there is replaced. */
export async function writeArtefact(folder: string, contents: ArtefactContents): Promise<Manifest> {
  const { parameters, tunedFrom, vocabulary = {}, ...rest } = contents;
  const model = publishNetwork(contents.architecture, contents.size, parameters);
  const inputs = Object.entries(INPUT_SHAPES).map(([name, shape]) => ({
    name,
    type: 'float32' as const,
    shape: ['batch', ...shape.map((each) => (each === 'q' ? 'queries' : each))],
  }));
  const manifest: Manifest = {
    format: 1,
    ...rest,
    parameterCount: [...parameters.values()].reduce((sum, values) => sum + values.length, 0),
    contextLength: CONTEXT_STEPS,
    patchLength: PATCH_STEPS,
    horizon: TRAINED_STEPS,
    levels: [...NEURAL_LEVELS],
    opset: OPSET,
    inputs: [...inputs, { name: 'categories', type: 'int64', shape: ['batch', CATEGORY_COUNT] }],
    output: { name: 'forecast', shape: ['batch', 'queries', PATCH_STEPS, LEVEL_COUNT] },
    vocabulary,
    covariates: ['past', 'known', 'tier', 'industry', 'region', 'size'],
    ...(tunedFrom === undefined ? {} : { tunedFrom }),
    sha256: createHash('sha256').update(model).digest('hex'),
  };
  await mkdir(dirname(folder), { recursive: true });
  const fresh = join(dirname(folder), `.${basename(folder)}.${randomUUID()}`);
  await mkdir(fresh);
  try {
    await writeFile(join(fresh, 'model.onnx'), model);
    await writeFile(join(fresh, 'CARD.md'), modelCard(manifest));
    await writeFile(join(fresh, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
  return manifest;
}
