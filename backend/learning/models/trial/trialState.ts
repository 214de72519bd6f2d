import { z } from 'zod';
import { NO_BET } from './bettingTest.ts';

const bettingSchema = z.object({
  count: z.int().min(0),
  logWealth: z.number(),
  sum: z.number(),
  sumSquared: z.number(),
});

/** No day was bet on yet. */
export const NO_TAIL = { betting: NO_BET, usual: {} };

const formerUsualSchema = z
  .object({ sum: z.number(), blocks: z.int().min(0) })
  .transform(({ sum, blocks }) => (blocks === 0 ? [] : [sum / blocks]));

const tailSchema = z.object({
  betting: bettingSchema,
  /** Of each series, what the champion lost in each block, oldest first; once it was kept as a sum. */
  usual: z.record(z.string(), z.array(z.number()).or(formerUsualSchema)),
});

export const trialStateSchema = z.object({
  startedAtSeconds: z.number(),
  blocks: z.int().min(0),
  /** Of each series, what both lost over all blocks: means of a block, added up. */
  losses: z.record(z.string(), z.object({ champion: z.number(), challenger: z.number() })),
  better: bettingSchema,
  worse: bettingSchema,
  /** Of a trial that was kept before there was one, it begins with the next block. */
  tail: tailSchema.default(() => structuredClone(NO_TAIL)),
});

/** A challenger's trial beside the champion; plain data, kept between two looks. */
export type TrialState = z.infer<typeof trialStateSchema>;

/** A bet on sums of losses, with what it has to know of the days before. */
export type TailState = z.infer<typeof tailSchema>;

/** Sums of the losses of both over the same truths, by series. */
export type PairedLosses = Readonly<
  Record<string, { readonly count: number; readonly champion: number; readonly challenger: number }>
>;
