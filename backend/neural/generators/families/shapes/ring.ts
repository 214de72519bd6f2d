import { randomInteger, randomNormal, type RandomSource } from '../../../../random/index.ts';
import { uniform } from '../draws/index.ts';

const TURN = 2 * Math.PI;
export const RING_KNOTS = 192;

/**
 * A random profile over one cycle, not below 0, with mean 1: `[192]` knots and the first again.
 *
 * Smooth, peaked, flat with a plateau, or a window with ramps; `peak` is where in the cycle it is highest, 0 to 1.
 */
export function ring(random: RandomSource, peak: number): Float64Array {
  const out = new Float64Array(RING_KNOTS + 1);
  const kind = random();
  if (kind < 0.2) {
    const width = uniform(random, 0.08, 0.7);
    const ramp = uniform(random, 0.01, 0.15);
    const floor = random() < 0.5 ? 0 : uniform(random, 0, 0.5);
    for (let k = 0; k < RING_KNOTS; k++) {
      const away = Math.abs(((k / RING_KNOTS - peak + 1.5) % 1) - 0.5);
      out[k] = floor + (1 - floor) * Math.min(1, Math.max(0, (width / 2 + ramp - away) / ramp));
    }
  } else {
    const count = 1 + randomInteger(random, 8);
    const fall = uniform(random, 0.7, 2);
    for (let h = 1; h <= count; h++) {
      const size = h === 1 ? 1 : (0.8 * randomNormal(random)) / h ** fall;
      const phase = h === 1 ? TURN * peak : TURN * random();
      for (let k = 0; k < RING_KNOTS; k++) {
        out[k]! += size * Math.cos((TURN * h * k) / RING_KNOTS - phase);
      }
    }
    const swing = uniform(random, 0.1, 1);
    const sharp = uniform(random, 0.5, 3);
    for (let k = 0; k < RING_KNOTS; k++) {
      const x = out[k]!;
      out[k] =
        kind < 0.55
          ? Math.max(0, 1 + swing * x)
          : kind < 0.8
            ? Math.exp(swing * sharp * x)
            : 1 + swing * Math.tanh(2 * sharp * x);
    }
  }
  let sum = 0;
  for (let k = 0; k < RING_KNOTS; k++) {
    sum += out[k]!;
  }
  const factor = sum > 0 ? RING_KNOTS / sum : 0;
  for (let k = 0; k < RING_KNOTS; k++) {
    out[k]! *= factor;
  }
  out[RING_KNOTS] = out[0]!;
  return out;
}
