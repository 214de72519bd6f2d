import { z } from 'zod';
import { durationSchema } from '../../../contract/index.ts';
import { ARCHITECTURES, DEFAULT_SIZES, GENERATORS, type Architecture, type NetworkSize } from '../../neural/index.ts';
import { readYaml } from '../simulate/readYaml.ts';

const sizeSchema = z.strictObject({
  width: z.int().min(16).max(512).multipleOf(4),
  layers: z.int().min(1).max(12),
  decoderLayers: z.int().min(1).max(12),
});

const stageSchema = z
  .strictObject({
    minutes: z.number().positive().optional(),
    steps: z.int().positive().optional(),
    learningRate: z.number().positive().max(0.1),
    usesAll: z.boolean().default(false),
    dropout: z.number().min(0).lt(0.9).optional(),
    syntheticShare: z.number().min(0).max(1).optional(),
  })
  .refine(({ minutes, steps }) => (minutes === undefined) !== (steps === undefined), {
    error: 'must have either minutes or steps',
  });

const dataSchema = z.strictObject({
  file: z.string().min(1),
  weight: z.number().positive().default(1),
  season: durationSchema.optional(),
  horizon: z.int().min(12).max(900).optional(),
  /** Steps at the end that are learnt from only by stages with `usesAll`. */
  heldOut: z.int().min(0).optional(),
});

/** A recipe: data, generators, sizes and schedule of a training; paths are relative to the working directory. */
export const recipeSchema = z.strictObject({
  name: z.string().optional(),
  version: z.string().optional(),
  size: z.partialRecord(z.enum(ARCHITECTURES), sizeSchema).default({}),
  windowCount: z.int().min(8).max(512).default(64),
  queryCount: z.int().min(2).max(32).default(6),
  dropout: z.number().min(0).lt(0.9).default(0.1),
  weightDecay: z.number().min(0).max(1).default(0.02),
  averageKept: z.number().min(0).lt(1).default(0.996),
  syntheticShare: z.number().min(0).max(1).default(0.22),
  /** How often each family of made-up series is drawn; all alike unless given. */
  generators: z
    .record(
      z.string().refine((name) => Object.hasOwn(GENERATORS, name), {
        error: `is one of ${Object.keys(GENERATORS).join(', ')}`,
      }),
      z.number().min(0)
    )
    .optional(),
  stages: z.array(stageSchema).min(1),
  data: z.array(dataSchema).default([]),
});

export type Recipe = z.infer<typeof recipeSchema>;

/** What a training without a recipe does: a short tune, validated on the end of the data. */
export const DEFAULT_RECIPE: Recipe = recipeSchema.parse({
  windowCount: 32,
  syntheticShare: 0,
  averageKept: 0.98,
  stages: [{ minutes: 1, learningRate: 5e-4 }],
});

/** Reads a recipe; throws RECIPE_INVALID with line, column and field. */
export async function readRecipe(file: string): Promise<Recipe> {
  return (await readYaml(file, recipeSchema, 'RECIPE_INVALID'))[0]!.value;
}

export function sizeOfRecipe(recipe: Recipe, architecture: Architecture): NetworkSize {
  return recipe.size[architecture] ?? DEFAULT_SIZES[architecture];
}
