import { z } from 'zod';
import { ARCHITECTURES } from '../architectures/index.ts';

const score = z.strictObject({
  data: z.string(),
  crps: z.number(),
  mase: z.number(),
  seasonalNaiveCrps: z.number(),
  seasonalNaiveMase: z.number(),
});

/** `manifest.json` of an artefact (interfaces 1.3): what it is, what it was made from, how good it was. */
export const manifestSchema = z.object({
  format: z.literal(1),
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  architecture: z.enum(ARCHITECTURES),
  size: z.strictObject({
    width: z.int().positive(),
    layers: z.int().positive(),
    decoderLayers: z.int().positive(),
  }),
  parameterCount: z.int().positive(),
  contextLength: z.int().positive(),
  patchLength: z.int().positive(),
  horizon: z.int().positive(),
  levels: z.array(z.number().gt(0).lt(1)).min(1),
  opset: z.int().min(17),
  inputs: z.array(
    z.strictObject({
      name: z.string(),
      type: z.enum(['float32', 'int64']),
      shape: z.array(z.union([z.int(), z.string()])),
    })
  ),
  output: z.strictObject({ name: z.string(), shape: z.array(z.union([z.int(), z.string()])) }),
  covariates: z.array(z.string()),
  /** Names of tiers, industries, regions and sizes that it has learnt, in the order of their embeddings from 1. */
  vocabulary: z.record(z.string(), z.array(z.string())).default({}),
  seed: z.int(),
  steps: z.int().min(0),
  seconds: z.number().min(0),
  tunedFrom: z.string().optional(),
  data: z.array(z.strictObject({ name: z.string(), sha256: z.string(), series: z.int(), weight: z.number() })),
  scores: z.array(score),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export type Manifest = z.infer<typeof manifestSchema>;
