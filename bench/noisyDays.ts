import type { History } from '../backend/forecasting/index.ts';
import { randomNormal, seededRandom } from '../backend/random/index.ts';

/** Three weeks of five-minute steps: a daily sine with noise, by its seed. */
export function noisyDays(seed: number): History {
  const random = seededRandom(seed);
  const values = Float64Array.from(
    { length: 21 * 288 },
    (_, t) => 100 + 40 * Math.sin((2 * Math.PI * t) / 288) + 5 * randomNormal(random)
  );
  return { target: { grid: { startSeconds: 0, stepSeconds: 300, length: values.length }, values } };
}
