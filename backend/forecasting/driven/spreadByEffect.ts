import { quantileSorted, sortedObserved } from '../../statistics/index.ts';

const BINS = 8;
const LEAST_PER_BIN = 20;
/** The least spread as a share of the usual one. */
const FLOOR = 0.1;

/** How far off a fit usually is where the drivers' effect has a size, over how far off it usually is. */
export type SpreadByEffect = (effect: number) => number;

/**
 * Learns whether errors grow with the drivers' effect: mean sizes of errors in bins of the effect, not falling,
 * linear between the bins' middles; 1 everywhere where there are too few.
 */
export function spreadByEffect(effect: Float64Array, errors: Float64Array): SpreadByEffect {
  const steps = Array.from(errors.keys()).filter((t) => Number.isFinite(errors[t]! + effect[t]!));
  steps.sort((a, b) => effect[a]! - effect[b]!);
  const middles: number[] = [];
  const spreads: number[] = [];
  const usual = meanSize(errors, steps);
  if (steps.length < BINS * LEAST_PER_BIN || !(usual > 0)) {
    return () => 1;
  }
  for (let bin = 0; bin < BINS; bin++) {
    const own = steps.slice(Math.round((bin * steps.length) / BINS), Math.round(((bin + 1) * steps.length) / BINS));
    const middle = quantileSorted(sortedObserved(own.map((t) => effect[t]!)), 0.5);
    const spread = Math.max(FLOOR, meanSize(errors, own) / usual, spreads.at(-1) ?? 0);
    if (middles.length > 0 && middle <= middles.at(-1)!) {
      spreads[spreads.length - 1] = spread;
    } else {
      middles.push(middle);
      spreads.push(spread);
    }
  }
  return (value) => {
    if (!(value > middles[0]!)) {
      return spreads[0]!;
    }
    for (let bin = 1; bin < middles.length; bin++) {
      if (value < middles[bin]!) {
        const share = (value - middles[bin - 1]!) / (middles[bin]! - middles[bin - 1]!);
        return spreads[bin - 1]! + share * (spreads[bin]! - spreads[bin - 1]!);
      }
    }
    return spreads.at(-1)!;
  };
}

function meanSize(errors: Float64Array, steps: readonly number[]): number {
  let sum = 0;
  for (const t of steps) {
    sum += Math.abs(errors[t]!) / steps.length;
  }
  return sum;
}
