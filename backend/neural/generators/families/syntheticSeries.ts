import type { RandomSource } from '../../../random/index.ts';

/** What is asked of a generator. */
export interface SyntheticShape {
  /** Steps of the series, at least 1. */
  readonly length: number;
  readonly stepSeconds: number;
  /** Steps in the short cycle; 1 where there is none. */
  readonly seasonSteps: number;
}

/** Indices of an account's metadata; 0 is unknown, and hides what the series was made with. */
export interface SyntheticCategories {
  /** 1 to 3: scale and noise. */
  readonly tier: number;
  /** 1 to 6: profile of the week, hour of the peak. */
  readonly industry: number;
  /** 1 to 8: time zone. */
  readonly region: number;
  /** 1 to 5: scale. */
  readonly size: number;
}

/** A series made up for training. */
export interface SyntheticSeries {
  /** One value a step; NaN where missing. */
  readonly values: Float32Array;
  readonly stepSeconds: number;
  /** Steps in the cycle that was planted; 1 where none was. */
  readonly seasonSteps: number;
  /** Epoch seconds, UTC, of the first value; the rhythm of day and week is that of this clock in the account's zone. */
  readonly startSeconds: number;
  /** The activity that causes it, on the same steps. */
  readonly driver?: Float32Array;
  /** What the driver alone says of it, without noise, in its own unit: what a good model of the driver would find. */
  readonly driven?: Float32Array;
  /** The trailing window of which it is a sum, in steps. */
  readonly sumSteps?: number;
  readonly categories: SyntheticCategories;
  readonly family: string;
}

/** Makes one series, or several of one fleet; the same randomness, the same bits. */
export type Generator = (random: RandomSource, shape: SyntheticShape) => SyntheticSeries[];
