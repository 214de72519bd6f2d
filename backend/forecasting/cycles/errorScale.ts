import type { Outset } from './experts.ts';

/** By what the size of an error is measured: always the same, with the forecast's size, or with the phase's spread. */
export const ERROR_SCALES = ['constant', 'proportional', 'phase'] as const;
export type ErrorScale = (typeof ERROR_SCALES)[number];

const FLOOR_SHARE = 0.1;
const CYCLES = 3;
const MIN_PAIRS = 4;

/** The usual sizes that keep a scale away from zero. */
export interface UsualSizes {
  /** The mean absolute error of the blend. */
  readonly error: number;
  /** The mean absolute value of the truth. */
  readonly value: number;
}

/** The size of an error to expect for a blend of `blend` at a phase of spread `spread` (NaN where it is unknown). */
export function expectedError(scale: ErrorScale, blend: number, spread: number, usual: UsualSizes): number {
  switch (scale) {
    case 'constant':
      return usual.error;
    case 'proportional':
      return FLOOR_SHARE * usual.value + Math.abs(blend);
    case 'phase':
      return FLOOR_SHARE * usual.error + (Number.isNaN(spread) ? usual.error : spread);
  }
}

/** How much the values around this phase changed from one cycle to the next, in the mean over the last three; or NaN. */
export function phaseSpread({ sums, plan, origin }: Outset, lead: number): number {
  if (!plan.isSeasonal) {
    return Number.NaN;
  }
  const { values } = sums;
  const { cycle } = plan;
  const radius = Math.max(1, Math.round(cycle / 48));
  const stride = Math.max(1, radius >> 2);
  const nearest = origin + lead - cycle * (Math.floor(lead / cycle) + 1);
  let sum = 0;
  let count = 0;
  for (let k = 0; k < CYCLES; k++) {
    for (let offset = -radius; offset <= radius; offset += stride) {
      const index = nearest - k * cycle + offset;
      if (index < origin && index >= cycle) {
        const change = Math.abs(values[index]! - values[index - cycle]!);
        if (!Number.isNaN(change)) {
          sum += change;
          count++;
        }
      }
    }
  }
  return count < MIN_PAIRS ? Number.NaN : sum / count;
}
