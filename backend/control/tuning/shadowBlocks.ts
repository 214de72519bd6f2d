import type { WorkloadConfig } from '../../config/index.ts';

const DAY_SECONDS = 86_400;
const LEAST_STEPS = 24;
/** Forecasts of a block that are compared, evenly spread. */
export const BLOCK_CUTOFFS = 4;

/** What is compared as one: a day, so that every hour of it is in it, or 24 steps where these are longer. */
export function blockSeconds({ forecast }: Pick<WorkloadConfig, 'forecast'>): number {
  return Math.max(DAY_SECONDS, LEAST_STEPS * forecast.stepSeconds);
}

/** The block that a cutoff lies in; forecasts are compared up to its end, so that blocks do not overlap. */
export function blockOf(config: Pick<WorkloadConfig, 'forecast'>, cutoffSeconds: number) {
  const length = blockSeconds(config);
  const startSeconds = Math.floor(cutoffSeconds / length) * length;
  return { startSeconds, endSeconds: startSeconds + length };
}
