import { z } from 'zod';

const bettingSchema = z.object({
  count: z.int().min(0),
  logWealth: z.number(),
  sum: z.number(),
  sumSquared: z.number(),
});

export const trialStateSchema = z.object({
  startedAtSeconds: z.number(),
  /** The champion's mean losses of the blocks before, by series: what differences are told in. */
  scales: z.record(z.string(), z.object({ blocks: z.int(), sum: z.number() })),
  blocks: z.int().min(0),
  /** Sum over the blocks of the relative difference, above 0 where the challenger did better; not clipped. */
  ahead: z.number(),
  better: bettingSchema,
  worse: bettingSchema,
});

/** A challenger's trial beside the champion; plain data, kept between two looks. */
export type TrialState = z.infer<typeof trialStateSchema>;

/** Sums of the losses of both over the same truths, by series. */
export type PairedLosses = Readonly<
  Record<string, { readonly count: number; readonly champion: number; readonly challenger: number }>
>;
