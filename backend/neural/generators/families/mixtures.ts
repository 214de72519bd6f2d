import { randomInteger, type RandomSource } from '../../../random/index.ts';
import { meanSize } from '../meanSize.ts';
import { autoregressive } from './autoregressive.ts';
import { batchJobs } from './batchJobs.ts';
import { counts } from './counts.ts';
import { pick, randomDirichlet } from './draws/index.ts';
import { gaussianProcess } from './gaussianProcess.ts';
import { onOff } from './onOff.ts';
import { regimeSwitching } from './regimeSwitching.ts';
import { sawTooth } from './sawTooth.ts';
import { seasonalService } from './seasonalService.ts';
import { spikes } from './spikes.ts';
import { steps } from './steps.ts';
import type { Generator, SyntheticSeries, SyntheticShape } from './syntheticSeries.ts';

const PARTS: readonly Generator[] = [
  autoregressive,
  batchJobs,
  counts,
  gaussianProcess,
  onOff,
  regimeSwitching,
  sawTooth,
  seasonalService,
  seasonalService,
  spikes,
  steps,
];
const CONCENTRATION = 1.5;

/**
 * Up to three series of other families, each by its mean size, summed with Dirichlet weights.
 *
 * Clock, account and level are those of the heaviest part. Source: TSMixup (Ansari et al., "Chronos", 2024).
 */
export function mixtures(random: RandomSource, shape: SyntheticShape): SyntheticSeries[] {
  const count = 1 + randomInteger(random, 3);
  const weights = randomDirichlet(random, count, CONCENTRATION).sort((a, b) => b - a);
  const parts = weights.map(() => pick(random, PARTS)(random, shape)[0]!);
  const { stepSeconds, seasonSteps, startSeconds, categories, values: heaviest } = parts[0]!;
  const level = meanSize(heaviest) || 1;
  const values = new Float32Array(shape.length);
  parts.forEach((part, i) => {
    const factor = (level * weights[i]!) / (meanSize(part.values) || 1);
    for (let t = 0; t < values.length; t++) {
      values[t]! += factor * part.values[t]!;
    }
  });
  return [{ values, stepSeconds, seasonSteps, startSeconds, categories, family: 'mixtures' }];
}
