import type { Window } from './window.ts';

/** Per-second increase of a counter, resets allowed for, extrapolated to the whole range. */
export function rate(window: Window): number {
  return extrapolatedDelta(window, true, window.rangeMs / 1000);
}

/** As `rate`, over the whole range instead of per second. */
export function increase(window: Window): number {
  return extrapolatedDelta(window, true, 1);
}

/** The change of a gauge, extrapolated to the whole range. */
export function delta(window: Window): number {
  return extrapolatedDelta(window, false, 1);
}

/** Per-second increase between the last two samples of a counter. */
export function irate({ timestamps, values, to }: Window): number {
  const last = values[to - 1]!;
  const previous = values[to - 2]!;
  const seconds = (timestamps[to - 1]! - timestamps[to - 2]!) / 1000;
  return (last < previous ? last : last - previous) / seconds;
}

/** The change between the last two samples of a gauge. */
export function idelta({ values, to }: Window): number {
  return values[to - 1]! - values[to - 2]!;
}

/** Source: Prometheus' extrapolatedRate. */
function extrapolatedDelta(window: Window, isCounter: boolean, divisor: number): number {
  const { timestamps, values, from, to } = window;
  const first = values[from]!;
  let change = values[to - 1]! - first;
  if (isCounter) {
    let previous = first;
    for (let i = from + 1; i < to; i++) {
      const value = values[i]!;
      if (value < previous) {
        change += previous;
      }
      previous = value;
    }
  }
  const sampled = (timestamps[to - 1]! - timestamps[from]!) / 1000;
  const spacing = sampled / (to - from - 1);
  const threshold = spacing * 1.1;
  let toStart = (timestamps[from]! - window.startMs) / 1000;
  if (toStart >= threshold) {
    toStart = spacing / 2;
  }
  if (isCounter && change > 0 && first >= 0) {
    const toZero = sampled * (first / change);
    toStart = toZero < toStart ? toZero : toStart;
  }
  let toEnd = (window.endMs - timestamps[to - 1]!) / 1000;
  if (toEnd >= threshold) {
    toEnd = spacing / 2;
  }
  return change * ((sampled + toStart + toEnd) / sampled / divisor);
}
