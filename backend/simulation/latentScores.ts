import type { RandomSource } from '../random/index.ts';
import type { Dependence } from './dependence.ts';
import { kernel, seedKernel } from './kernel/kernel.ts';
import type { KernelRow, KernelRows } from './kernel/kernelRows.ts';
import { deviationSinceCutoff, recursionOf } from './recursion.ts';

/** The scores that order draws, one step after the other. */
export interface LatentScores {
  /** Moves on by one step. */
  advance(): void;
  /** The scores of one series at the present step, of about unit deviation; valid until the next call. */
  ofSeries(series: number): KernelRow<Float32Array>;
}

/** How many rows of `count` floats latentScores takes. */
export const latentRowCount = (seriesCount: number): number => 2 * seriesCount + 1;

/**
 * Latent scores of `count` paths over `stepCount` steps whose surprises hang together as `times` and `factor` say.
 *
 * Surprises begin at nothing at the cutoff, since the present is known, and build up from there. At each step every
 * series is asked for once.
 */
export function latentScores(
  { times, factor }: Pick<Dependence, 'times' | 'factor'>,
  count: number,
  stepCount: number,
  random: RandomSource,
  rows: KernelRows
): LatentScores {
  const seriesCount = times.length;
  const recursions = times.map(recursionOf);
  const deviations = recursions.map((recursion) => deviationSinceCutoff(recursion, stepCount));
  const [normals, carried] = [times.map(() => rows.floats(count)), times.map(() => rows.floats(count))];
  const score = rows.floats(count);
  seedKernel(random);
  let step = -1;
  return {
    advance() {
      step++;
      kernel.drawNormals(normals[0]!.at, normals.at(-1)!.end);
    },
    ofSeries(series) {
      const { persistence, echo, deviation } = recursions[series]!;
      for (let source = 0; source <= series; source++) {
        const share = factor[series * seriesCount + source]! * deviation;
        kernel.mix(score.at, score.end, source === 0 ? 0 : 1, normals[source]!.at, share);
      }
      kernel.recur(score.at, score.end, carried[series]!.at, persistence, echo, 1 / deviations[series]![step]!);
      return score;
    },
  };
}
