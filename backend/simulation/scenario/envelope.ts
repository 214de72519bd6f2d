import type { Intervention } from '../../../contract/index.ts';

export type Shape = NonNullable<Intervention['shape']>;

/** How strongly an intervention acts over time, from 0 to 1; times in seconds since it began. */
export interface Envelope {
  readonly shape: Shape;
  /** Infinity: to the end of the horizon and beyond. */
  readonly durationSeconds: number;
  readonly rampUpSeconds: number;
  readonly rampDownSeconds: number;
  /** Whether it stays at its full strength after `durationSeconds` (a ramp does). */
  readonly isLasting: boolean;
}

const POINTS = 12;
const EXPONENTIAL_FALL = 5;

/** The strength at one time. */
export function envelopeAt(envelope: Envelope, seconds: number): number {
  const { shape, durationSeconds, rampUpSeconds, rampDownSeconds, isLasting } = envelope;
  if (seconds < 0) {
    return 0;
  }
  if (seconds >= durationSeconds) {
    return isLasting ? 1 : 0;
  }
  switch (shape) {
    case 'step':
      return 1;
    case 'ramp':
      return seconds / durationSeconds;
    case 'triangle':
      return 1 - Math.abs((2 * seconds) / durationSeconds - 1);
    case 'exponential':
      return Math.exp((-EXPONENTIAL_FALL * seconds) / durationSeconds);
    case 'plateau': {
      const up = rampUpSeconds > 0 ? seconds / rampUpSeconds : 1;
      const down = rampDownSeconds > 0 ? (durationSeconds - seconds) / rampDownSeconds : 1;
      return Math.min(1, up, down);
    }
  }
}

/** The mean strength over `stepSeconds` from `seconds` on: what a measurement of one step sees of it. */
export function meanEnvelope(envelope: Envelope, seconds: number, stepSeconds: number): number {
  let sum = 0;
  for (let point = 0; point < POINTS; point++) {
    sum += envelopeAt(envelope, seconds + ((point + 0.5) / POINTS) * stepSeconds);
  }
  return sum / POINTS;
}
