import type { ScaleLimits } from '../../../contract/index.ts';
import { rateLimit, type RateLimit } from './rateLimit.ts';

export interface LimitSetting {
  readonly limits: ScaleLimits | undefined;
  readonly min: number;
  readonly max: number;
  readonly stepSeconds: number;
  /** Replicas so many seconds before the first step, 0 at it. */
  readonly before: (seconds: number) => number;
}

/**
 * Replicas, `[step]`, that change no faster than the limits: raised in advance where a later step could not be reached
 * otherwise, and lower than `counts` only where even that comes too late.
 *
 * A change is made at a step and counts whole; the period of a policy looks back from there. `min` and `max` go before
 * limits, as in Kubernetes.
 */
export function limitedCounts(counts: Int32Array, setting: LimitSetting): Int32Array {
  const { limits, max, stepSeconds } = setting;
  const [up, down] = [rateLimit(limits?.scaleUp, true), rateLimit(limits?.scaleDown, false)];
  if (up === undefined && down === undefined) {
    return counts;
  }
  const follow = (wanted: Int32Array) => followed(wanted, up, down, setting);
  if (up === undefined) {
    return follow(counts);
  }
  const limited = follow(inAdvance(counts, up, stepSeconds));
  const fastest = follow(new Int32Array(counts.length).fill(max));
  // The cheapest policy of each step may lead nowhere together with those of others; then nothing is waited for.
  return limited.some((count, step) => count < Math.min(counts[step]!, fastest[step]!))
    ? follow(largestAhead(counts))
    : limited;
}

/** The counts as far as the limits let them be followed, from the first step on. */
function followed(
  wanted: Int32Array,
  up: RateLimit | undefined,
  down: RateLimit | undefined,
  { min, max, stepSeconds, before }: LimitSetting
): Int32Array {
  const limited = new Int32Array(wanted.length);
  const startOf = (step: number, seconds: number) => {
    const first = step - stepsOf(seconds, stepSeconds);
    return first < 0 ? before(Math.max(0, seconds - step * stepSeconds)) : limited[first]!;
  };
  for (let step = 0; step < wanted.length; step++) {
    const previous = step === 0 ? before(0) : limited[step - 1]!;
    const count = wanted[step]!;
    const reached =
      count > previous
        ? Math.min(count, Math.max(previous, furthest(up, step, startOf, Math.max)))
        : Math.max(count, Math.min(previous, furthest(down, step, startOf, Math.min)));
    limited[step] = Math.max(min, Math.min(max, reached));
  }
  return limited;
}

/** The furthest count that a step may have: `far` picks the further of two in its direction. */
function furthest(
  limit: RateLimit | undefined,
  step: number,
  startOf: (step: number, seconds: number) => number,
  far: (...values: number[]) => number
): number {
  const end = far(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  if (limit === undefined) {
    return end;
  }
  if (limit.isDisabled) {
    return -end;
  }
  const near = far === Math.max ? Math.min : Math.max;
  const reached = limit.policies.map(({ periodSeconds, reach }) => reach(startOf(step, periodSeconds)));
  return limit.isSmallest ? near(...reached) : far(...reached);
}

/** The counts, raised so early that each step can be reached from those before it, but for what lies before the first. */
function inAdvance(
  counts: Int32Array,
  { isDisabled, isSmallest, policies }: RateLimit,
  stepSeconds: number
): Int32Array {
  if (isDisabled) {
    return largestAhead(counts);
  }
  const raised = counts.slice();
  for (let step = counts.length - 1; step > 0; step--) {
    const count = raised[step]!;
    const starts = policies.map(({ periodSeconds, least }) => ({
      steps: stepsOf(periodSeconds, stepSeconds),
      start: least(count),
    }));
    const cheapest = starts.reduce((a, b) => (b.start < a.start ? b : a));
    for (const { steps, start } of isSmallest ? starts : [cheapest]) {
      for (let i = Math.max(0, step - steps); i < step; i++) {
        raised[i] = Math.max(raised[i]!, start);
      }
    }
  }
  return raised;
}

function largestAhead(counts: Int32Array): Int32Array {
  const largest = counts.slice();
  for (let step = counts.length - 1; step > 0; step--) {
    largest[step - 1] = Math.max(largest[step - 1]!, largest[step]!);
  }
  return largest;
}

function stepsOf(seconds: number, stepSeconds: number): number {
  return Math.max(1, Math.ceil(seconds / stepSeconds - 1e-9));
}
