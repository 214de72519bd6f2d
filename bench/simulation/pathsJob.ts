import { PUBLISHED_LEVELS } from '../../backend/forecasting/index.ts';
import { samplePaths, type Dependence, type Margin } from '../../backend/simulation/index.ts';
import { normalQuantile } from '../../backend/statistics/index.ts';

export const STEPS = 288;
export const SERIES = 4;
export const TIME = { weight: 0.9, persistence: 0.94 };
const CORRELATION = 0.5;

let buffer: ArrayBufferLike | undefined;
const known = { margins: margins(), dependence: dependence() };

/** Draws joint paths of four series over a day, block by block, into the same memory each time, as the peers do. */
export function drawPaths(pathCount: number, seed: number): void {
  const options = { pathCount, seed, ...(buffer === undefined ? {} : { buffer }) };
  for (const block of samplePaths(known.margins, known.dependence, options)) {
    buffer = block.values.buffer;
    if (block.pathCount === 0) {
      throw new Error('an empty block');
    }
  }
}

export function margins(): readonly Margin[] {
  return Array.from({ length: SERIES }, () => ({
    levels: PUBLISHED_LEVELS,
    values: Float64Array.from(
      { length: PUBLISHED_LEVELS.length * STEPS },
      (_, i) => 100 + 10 * normalQuantile(PUBLISHED_LEVELS[Math.floor(i / STEPS)]!)
    ),
  }));
}

/** All series share a part of each surprise. */
function dependence(): Dependence {
  const factor = new Float64Array(SERIES * SERIES);
  for (let row = 0; row < SERIES; row++) {
    let rest = 1;
    for (let column = 0; column < row; column++) {
      let product = CORRELATION;
      for (let k = 0; k < column; k++) {
        product -= factor[row * SERIES + k]! * factor[column * SERIES + k]!;
      }
      const share = product / factor[column * SERIES + column]!;
      factor[row * SERIES + column] = share;
      rest -= share * share;
    }
    factor[row * SERIES + row] = Math.sqrt(rest);
  }
  return { kind: 'gaussian', times: Array.from({ length: SERIES }, () => TIME), factor };
}
