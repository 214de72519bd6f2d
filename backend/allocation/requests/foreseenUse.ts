import { marginReader, type Margin } from '../../simulation/index.ts';

const PARTS = 20;
/** The level at which the peak is looked at, as far as the forecast has it. */
const PEAK_LEVEL = 0.99;

/** What one replica is foreseen to use of a resource. */
export interface ForeseenUse {
  /** Equally likely values of all steps, in ascending order. */
  readonly sorted: Float64Array;
  /** The largest value that a step stays below with probability 0.99. */
  readonly peak: number;
}

/** The use of one of `replicas`, `[step]`; a step without replicas says nothing of one. */
export function foreseenUse(forecast: Margin, replicas: ArrayLike<number>): ForeseenUse {
  const levels = Float64Array.from({ length: PARTS + 1 }, (_, i) => (i < PARTS ? (i + 0.5) / PARTS : PEAK_LEVEL));
  const read = marginReader(forecast, levels);
  const cell = new Float64Array(levels.length);
  const sorted = new Float64Array(replicas.length * PARTS).fill(Number.NaN);
  let peak = Number.NEGATIVE_INFINITY;
  for (let step = 0; step < replicas.length; step++) {
    const count = replicas[step]!;
    if (count >= 1) {
      read(step, cell);
      sorted.set(
        cell.subarray(0, PARTS).map((value) => value / count),
        step * PARTS
      );
      peak = Math.max(peak, cell[PARTS]! / count);
    }
  }
  return { sorted: sorted.filter(Number.isFinite).sort(), peak };
}
