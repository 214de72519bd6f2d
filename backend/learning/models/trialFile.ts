import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { trialStateSchema } from './trial/trialState.ts';
import { writeWhole } from './writeWhole.ts';

const FILE = 'trials.json';
const versionSchema = z.object({ origin: z.enum(['shipped', 'tuned']), version: z.string() });

const trialSchema = z.object({
  name: z.string(),
  /** Who is tried: a new version, or, in the other direction, the one that was in charge before the champion. */
  kind: z.enum(['challenger', 'lastGood']),
  version: versionSchema,
  champion: versionSchema,
  state: trialStateSchema,
  isOver: z.boolean(),
});

const fileSchema = z.object({ format: z.literal(1), trials: z.array(trialSchema) });

/** One version beside another, forecasting in shadow. */
export type Trial = z.infer<typeof trialSchema>;

/** The trials of a workload as they were kept; none where the file cannot be read: they then begin anew. */
export async function readTrials(folder: string): Promise<readonly Trial[]> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(join(folder, FILE), 'utf8'))).trials;
  } catch {
    return [];
  }
}

export async function writeTrials(folder: string, trials: readonly Trial[]): Promise<void> {
  await writeWhole(join(folder, FILE), `${JSON.stringify({ format: 1, trials })}\n`);
}
