import { randomNormal, seededRandom } from '../../random/index.ts';
import type { Series } from '../../timeseries/index.ts';

const STEP = 300;
export const DAY = 288;

/** A service whose requests drive its CPU, over `days` of five-minute steps and a day more of requests. */
export interface DrivenCase {
  readonly requests: Series;
  readonly cpu: Series;
  /** The day after the history. */
  readonly truth: Float64Array;
}

/**
 * Requests with a daily cycle and wandering surges, and CPU by `response` of them, with a level that wanders and noise,
 * both in CPU units.
 */
export function drivenCase(
  seed: number,
  days: number,
  response: (requests: number, t: number, all: Float64Array) => number,
  noise = 1
): DrivenCase {
  const random = seededRandom(seed);
  const length = (days + 1) * DAY;
  let surge = 0;
  let level = 0;
  const requests = Float64Array.from({ length }, (_, t) => {
    surge = 0.97 * surge + 6 * randomNormal(random);
    return Math.max(0, 100 + 40 * Math.sin((2 * Math.PI * t) / DAY) + surge);
  });
  const cpu = Float64Array.from({ length }, (_, t) => {
    level = 0.999 * level + 0.1 * noise * randomNormal(random);
    return response(requests[t]!, t, requests) + level + noise * randomNormal(random);
  });
  const known = days * DAY;
  const grid = (steps: number) => ({ startSeconds: 0, stepSeconds: STEP, length: steps });
  return {
    requests: { grid: grid(length), values: requests },
    cpu: { grid: grid(known), values: cpu.subarray(0, known) },
    truth: cpu.subarray(known),
  };
}
