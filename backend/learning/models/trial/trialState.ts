import { z } from 'zod';

const bettingSchema = z.object({
  count: z.int().min(0),
  logWealth: z.number(),
  sum: z.number(),
  sumSquared: z.number(),
});

export const trialStateSchema = z.object({
  startedAtSeconds: z.number(),
  blocks: z.int().min(0),
  /** Of each series, what both lost over all blocks: means of a block, added up. */
  losses: z.record(z.string(), z.object({ champion: z.number(), challenger: z.number() })),
  better: bettingSchema,
  worse: bettingSchema,
});

/** A challenger's trial beside the champion; plain data, kept between two looks. */
export type TrialState = z.infer<typeof trialStateSchema>;

/** Sums of the losses of both over the same truths, by series. */
export type PairedLosses = Readonly<
  Record<string, { readonly count: number; readonly champion: number; readonly challenger: number }>
>;
