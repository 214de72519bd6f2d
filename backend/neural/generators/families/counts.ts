import type { RandomSource } from '../../../random/index.ts';
import { logUniform } from './draws/index.ts';
import { eventCounts } from './eventCounts.ts';
import { drawAccount, finished } from './shapes/index.ts';
import type { SyntheticSeries, SyntheticShape } from './syntheticSeries.ts';

/** Events a step: whole numbers around a rate by the clock, mostly zero where the rate is small. */
export function counts(random: RandomSource, shape: SyntheticShape): SyntheticSeries[] {
  const account = drawAccount(random, shape.stepSeconds);
  const values = eventCounts(random, account, shape, logUniform(random, 0.02, 300));
  return [finished(values, account, shape, { family: 'counts', level: 1 })];
}
