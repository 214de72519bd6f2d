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
  { name: 'gold', scale: 3, noise: 0.5 },
  { name: 'silver', scale: 1, noise: 1 },
  { name: 'bronze', scale: 0.3, noise: 2 },
] as const;
const INDUSTRIES = [
  { name: 'retail', week: [0.9, 0.9, 0.95, 1, 1.15, 1.2, 0.9], peakHour: 20 },
  { name: 'software', week: [1.1, 1.15, 1.15, 1.1, 1, 0.25, 0.2], peakHour: 11 },
  { name: 'media', week: [0.85, 0.85, 0.9, 0.95, 1.15, 1.3, 1.2], peakHour: 21 },
  { name: 'finance', week: [1.3, 1.2, 1.2, 1.2, 1.1, 0.05, 0.05], peakHour: 10 },
  { name: 'batch', week: [1, 1, 1, 1, 1, 1, 1], peakHour: 2 },
  { name: 'education', week: [1.2, 1.1, 1.1, 1, 0.8, 0.5, 0.7], peakHour: 15 },
] as const;
const REGIONS = [
  { name: 'eu-west-1', hours: 0 },
  { name: 'eu-central-1', hours: 1 },
  { name: 'us-east-1', hours: -5 },
  { name: 'us-west-2', hours: -8 },
  { name: 'ap-south-1', hours: 5.5 },
  { name: 'ap-southeast-1', hours: 8 },
  { name: 'ap-northeast-1', hours: 9 },
  { name: 'ap-southeast-2', hours: 10 },
] as const;
const SIZES = [
  { name: 'up-to-1', scale: 0.01 },
  { name: 'up-to-4', scale: 0.1 },
  { name: 'up-to-16', scale: 1 },
  { name: 'up-to-64', scale: 10 },
  { name: 'up-to-256', scale: 100 },
] as const;
/** What the indices of `SyntheticCategories` are called, from 1 on, in the words of an account's metadata. */
export const ACCOUNT_VOCABULARY: Record<string, string[]> = {
  tier: TIERS.map(({ name }) => name),
  industry: INDUSTRIES.map(({ name }) => name),
  region: REGIONS.map(({ name }) => name),
  size: SIZES.map(({ name }) => name),
};
const KNOWN = 0.6;
const FIRST_START = 1.35e9;
const STARTS = 4.2e8;

/** Draws an account and the instant from which it is watched, a multiple of the step. */
export function drawAccount(random: RandomSource, stepSeconds: number): Account {
  const draw = (count: number): number => 1 + randomInteger(random, count);
  const tier = draw(TIERS.length);
  const industry = draw(INDUSTRIES.length);
  const region = draw(REGIONS.length);
  const size = draw(SIZES.length);
  const hide = (index: number): number => (random() < KNOWN ? index : 0);
  const { scale, noise } = TIERS[tier - 1]!;
  const { week, peakHour } = INDUSTRIES[industry - 1]!;
  const level = logUniform(random, 1, 1e4) * scale * SIZES[size - 1]!.scale * (random() < 0.15 ? 1e3 : 1);
  return {
    categories: { tier: hide(tier), industry: hide(industry), region: hide(region), size: hide(size) },
    startSeconds: Math.floor((FIRST_START + STARTS * random()) / stepSeconds) * stepSeconds,
    offsetSeconds: REGIONS[region - 1]!.hours * 3600,
    week,
    peakHour,
    level,
    noise,
  };
}
