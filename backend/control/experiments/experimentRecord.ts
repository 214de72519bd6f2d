import { z } from 'zod';
import { experimentOutcomeSchema, experimentPowerSchema } from '../../../contract/index.ts';
import { armSchema } from './armSetting.ts';

const figure = z.number().nullable();

/** What is kept of a test; missing figures are null. */
const recordSchema = z.object({
  id: z.string(),
  workload: z.string(),
  state: z.enum(['running', 'done', 'stopped', 'harmful']),
  who: z.string(),
  reason: z.string(),
  createdAt: z.number(),
  endedAt: figure,
  endedBecause: z.string().nullable(),
  arms: z.object({ a: armSchema, b: armSchema }),
  outcome: experimentOutcomeSchema,
  unit: z.string(),
  plan: z.object({
    startSeconds: z.number(),
    windowSeconds: z.number(),
    burnInSeconds: z.number(),
    periodSeconds: z.number(),
    blockCount: z.int(),
    seed: z.int(),
  }),
  worstShare: z.number(),
  power: experimentPowerSchema.nullable(),
  /** Of those that are over, in order of time. */
  windows: z.array(
    z.object({ whole: figure, early: figure, late: figure, violationShare: figure, void: z.string().nullable() })
  ),
});

/** Records of tests that could only be of a risk have `risks`. */
const ofRisks = z.object({ risks: z.object({ a: z.number(), b: z.number() }) });

export const experimentRecordSchema = z.preprocess((kept) => {
  const { success, data } = ofRisks.safeParse(kept);
  return success ? { ...(kept as object), arms: { a: { risk: data.risks.a }, b: { risk: data.risks.b } } } : kept;
}, recordSchema);

export type ExperimentRecord = z.infer<typeof experimentRecordSchema>;
export type WindowRecord = ExperimentRecord['windows'][number];
