import type { CyclePlan } from './cyclePlan.ts';
import { windowMean, type RunningSums } from './runningSums.ts';

/**
 * What is known at one origin: the values before index `origin`, nothing after it.
 *
 * A lead of 0 is the value at `origin` itself, the first unknown one.
 */
export interface Outset {
  readonly sums: RunningSums;
  readonly plan: CyclePlan;
  readonly origin: number;
}

/** One simple opinion on the value `lead` steps after the outset; NaN where the history does not reach. */
type Expert = (outset: Outset, lead: number) => number;

const SMALLEST_RATIO = 0.25;
const LARGEST_RATIO = 4;

const EXPERTS: Readonly<Record<string, Expert>> = {
  last: ({ sums, origin }) => sums.lasts[origin]!,
  recentMean: (outset) => meanBefore(outset, outset.origin, part(outset, 48)),
  hoursMean: (outset) => meanBefore(outset, outset.origin, part(outset, 8)),
  cycleMean: (outset) => meanBefore(outset, outset.origin, outset.plan.cycle),
  threeCyclesMean: (outset) => meanBefore(outset, outset.origin, 3 * outset.plan.cycle),
  lastCycle: (outset, lead) => valueAt(outset, indexBack(outset, lead, outset.plan.cycle)),
  lastLongCycle: (outset, lead) => valueAt(outset, indexBack(outset, lead, outset.plan.longCycle)),
  profile3: (outset, lead) => profile(outset, lead, outset.plan.cycle, 3),
  profile7: (outset, lead) => profile(outset, lead, outset.plan.cycle, 7),
  longProfile: (outset, lead) => profile(outset, lead, outset.plan.longCycle, 3),
  lastCycleAtPresentLevel: (outset, lead) => atPresentLevel(outset, lead, outset.plan.cycle, part(outset, 24)),
  threeCyclesAtPresentLevel: (outset, lead) =>
    knownMean(
      atPresentLevel(outset, lead, outset.plan.cycle, part(outset, 24)),
      atPresentLevel(outset, lead, 2 * outset.plan.cycle, part(outset, 24)),
      atPresentLevel(outset, lead, 3 * outset.plan.cycle, part(outset, 24))
    ),
  longCycleAtPresentLevel: (outset, lead) => atPresentLevel(outset, lead, outset.plan.longCycle, part(outset, 24)),
  lastCycleAtCycleLevel: (outset, lead) => atPresentLevel(outset, lead, outset.plan.cycle, outset.plan.cycle),
  longCycleAtCycleLevel: (outset, lead) => atPresentLevel(outset, lead, outset.plan.longCycle, outset.plan.cycle),
  longCycleAtCycleRatio: (outset, lead) => atPresentRatio(outset, lead, outset.plan.longCycle, outset.plan.cycle),
};

const UNSEASONAL = new Set(['last', 'recentMean', 'hoursMean', 'cycleMean', 'threeCyclesMean']);

const LONG_CYCLE = new Set([
  'lastLongCycle',
  'longProfile',
  'longCycleAtPresentLevel',
  'longCycleAtCycleLevel',
  'longCycleAtCycleRatio',
]);
const LONG_CYCLE_PREFERENCE = 2;

const SEASONAL_EXPERTS = Object.values(EXPERTS);
const UNSEASONAL_EXPERTS = Object.entries(EXPERTS)
  .filter(([name]) => UNSEASONAL.has(name))
  .map(([, expert]) => expert);

/** The experts that a plan has: all, or without a season those that look at no cycle. */
export function expertCount(plan: CyclePlan): number {
  return plan.isSeasonal ? SEASONAL_EXPERTS.length : UNSEASONAL_EXPERTS.length;
}

/**
 * The weights of the experts before anything is known, adding up to 1: equal, but up to three times as much for those
 * of the long cycle the stronger (0 to 1) the short one is, since who has days has weeks.
 */
export function initialWeights(plan: CyclePlan, strength: number): Float64Array {
  const preference = 1 + LONG_CYCLE_PREFERENCE * strength;
  const weights = plan.isSeasonal
    ? Float64Array.from(Object.keys(EXPERTS), (name) => (LONG_CYCLE.has(name) ? preference : 1))
    : new Float64Array(UNSEASONAL_EXPERTS.length).fill(1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Asks every expert for the value at `lead`, counted from 0, into `opinions`, `[expert]`. */
export function askExperts(outset: Outset, lead: number, opinions: Float64Array): void {
  const experts = outset.plan.isSeasonal ? SEASONAL_EXPERTS : UNSEASONAL_EXPERTS;
  for (let i = 0; i < experts.length; i++) {
    opinions[i] = experts[i]!(outset, lead);
  }
}

function part({ plan }: Outset, parts: number): number {
  return Math.max(1, Math.round(plan.cycle / parts));
}

function meanBefore({ sums }: Outset, end: number, length: number): number {
  return windowMean(sums, end - length, end);
}

/** The index of the same phase a whole number of `cycle`s back, the nearest that is known. */
function indexBack({ origin }: Outset, lead: number, cycle: number): number {
  return origin + lead - cycle * (Math.floor(lead / cycle) + 1);
}

function valueAt({ sums }: Outset, index: number): number {
  return index >= 0 ? sums.values[index]! : Number.NaN;
}

function meanAround(outset: Outset, index: number, radius: number): number {
  return windowMean(outset.sums, index - radius, Math.min(outset.origin, index + radius + 1));
}

function profile(outset: Outset, lead: number, cycle: number, cycleCount: number): number {
  const nearest = indexBack(outset, lead, cycle);
  const radius = part(outset, 144);
  let sum = 0;
  let count = 0;
  for (let k = 0; k < cycleCount; k++) {
    const mean = meanAround(outset, nearest - k * cycle, radius);
    if (!Number.isNaN(mean)) {
      sum += mean;
      count++;
    }
  }
  return 2 * count > cycleCount ? sum / count : Number.NaN;
}

/** The value `lag` back (or its multiple that is known), moved by how far the last `window` lies from that one's. */
function atPresentLevel(outset: Outset, lead: number, lag: number, window: number): number {
  const index = indexBack(outset, lead, lag);
  const now = meanBefore(outset, outset.origin, window);
  const then = meanBefore(outset, index - lead, window);
  return meanAround(outset, index, part(outset, 288)) + now - then;
}

function atPresentRatio(outset: Outset, lead: number, lag: number, window: number): number {
  const index = indexBack(outset, lead, lag);
  const now = meanBefore(outset, outset.origin, window);
  const then = meanBefore(outset, index - lead, window);
  const ratio = then > 0 ? Math.min(LARGEST_RATIO, Math.max(SMALLEST_RATIO, now / then)) : Number.NaN;
  return meanAround(outset, index, part(outset, 288)) * ratio;
}

function knownMean(...values: number[]): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (!Number.isNaN(value)) {
      sum += value;
      count++;
    }
  }
  return count === 0 ? Number.NaN : sum / count;
}
