import { randomInteger, type RandomSource } from '../../../../random/index.ts';
import { logUniform } from '../draws/index.ts';
import type { SyntheticCategories } from '../syntheticSeries.ts';

/** Who is behind a series: what its metadata do to it, whether or not the metadata are known. */
export interface Account {
  /** As a reader knows them: some hidden. */
  readonly categories: SyntheticCategories;
  readonly startSeconds: number;
  /** To be added to UTC for the local clock. */
  readonly offsetSeconds: number;
  /** Factors of Monday to Sunday. */
  readonly week: readonly number[];
  /** Local hour of the most activity. */
  readonly peakHour: number;
  /** What the series is multiplied by, 1e-3 to 1e8. */
  readonly level: number;
  /** What its relative noise is multiplied by. */
  readonly noise: number;
}

const TIERS = [
  { scale: 3, noise: 0.5 },
  { scale: 1, noise: 1 },
  { scale: 0.3, noise: 2 },
] as const;
const INDUSTRIES = [
  { week: [0.9, 0.9, 0.95, 1, 1.15, 1.2, 0.9], peakHour: 20 },
  { week: [1.1, 1.15, 1.15, 1.1, 1, 0.25, 0.2], peakHour: 11 },
  { week: [0.85, 0.85, 0.9, 0.95, 1.15, 1.3, 1.2], peakHour: 21 },
  { week: [1.3, 1.2, 1.2, 1.2, 1.1, 0.05, 0.05], peakHour: 10 },
  { week: [1, 1, 1, 1, 1, 1, 1], peakHour: 2 },
  { week: [1.2, 1.1, 1.1, 1, 0.8, 0.5, 0.7], peakHour: 15 },
] as const;
const REGION_HOURS = [0, 1, -5, -8, 5.5, 8, 9, 10] as const;
const SIZES = [0.01, 0.1, 1, 10, 100] as const;
const KNOWN = 0.6;
const FIRST_START = 1.35e9;
const STARTS = 4.2e8;

/** Draws an account and the instant from which it is watched, a multiple of the step. */
export function drawAccount(random: RandomSource, stepSeconds: number): Account {
  const draw = (count: number): number => 1 + randomInteger(random, count);
  const tier = draw(TIERS.length);
  const industry = draw(INDUSTRIES.length);
  const region = draw(REGION_HOURS.length);
  const size = draw(SIZES.length);
  const hide = (index: number): number => (random() < KNOWN ? index : 0);
  const { scale, noise } = TIERS[tier - 1]!;
  const level = logUniform(random, 1, 1e4) * scale * SIZES[size - 1]! * (random() < 0.15 ? 1e3 : 1);
  return {
    categories: { tier: hide(tier), industry: hide(industry), region: hide(region), size: hide(size) },
    startSeconds: Math.floor((FIRST_START + STARTS * random()) / stepSeconds) * stepSeconds,
    offsetSeconds: REGION_HOURS[region - 1]! * 3600,
    ...INDUSTRIES[industry - 1]!,
    level,
    noise,
  };
}
