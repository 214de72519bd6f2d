import { normalCdf } from '../../statistics/index.ts';
import { pairOutcomes } from './pairOutcomes.ts';
import type { SwitchbackDesign } from './switchbackDesign.ts';

const SUSPECTED = 0.01;
const FEWEST = 10;

/** Whether the arm before still shows at the beginning of a window. */
export interface CarryOver {
  /** How much less `b` differs from `a` at the beginning of windows after a switch than of windows after none. */
  readonly effect: number;
  readonly pValue: number;
  readonly isSuspected: boolean;
}

/**
 * Compares the first half of what counts of each window (`early`) with the second (`late`), after a switch and after none.
 *
 * Both halves of a pair follow a switch or neither does, and coins decide which: under no carry-over the signs of what is
 * summed are those of the coins before. `[window]`, NaN where missing; undefined with fewer than ten pairs on either side.
 */
export function carryOver(design: SwitchbackDesign, early: Float64Array, late: Float64Array): CarryOver | undefined {
  const { differences, signs } = pairOutcomes(
    design,
    early.map((value, window) => value - late[window]!)
  );
  const { windowsAPeriod } = design;
  const switched: number[] = [];
  const steady: number[] = [];
  for (let pair = 0; pair < differences.length; pair++) {
    // The first of a block follows windows of two different pairs.
    if (pair % windowsAPeriod > 0 && !Number.isNaN(differences[pair])) {
      (signs[pair] === signs[pair - 1] ? steady : switched).push(differences[pair]!);
    }
  }
  if (switched.length < FEWEST || steady.length < FEWEST) {
    return undefined;
  }
  const [meanSwitched, meanSteady] = [mean(switched), mean(steady)];
  const centre = (meanSwitched + meanSteady) / 2;
  const terms = [...switched.map((value) => centre - value), ...steady.map((value) => value - centre)];
  const spread = Math.sqrt(
    terms.reduce((sum, value) => sum + value * value, 0) -
      terms.reduce((sum, value) => sum + value, 0) ** 2 / terms.length
  );
  const z = spread > 0 ? terms.reduce((sum, value) => sum + value, 0) / spread : 0;
  const pValue = 2 * (1 - normalCdf(Math.abs(z)));
  return { effect: meanSteady - meanSwitched, pValue, isSuspected: pValue < SUSPECTED };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
