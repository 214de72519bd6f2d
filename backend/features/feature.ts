import type { Series } from '../timeseries/index.ts';

/** What a feature tells of: recent levels, change, the parts of a series, time, gaps, drivers. */
export type FeatureGroup = 'rolling' | 'rate' | 'decomposition' | 'calendar' | 'missing' | 'interaction';

/** A span of time that stands in a workload's calendar: a holiday, a sale. Epoch seconds, the end not included. */
export interface CalendarEvent {
  readonly name: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** An activity that may drive the target, on a grid of its own with the target's step. */
export interface Driver {
  readonly name: string;
  readonly unit: string;
  readonly series: Series;
}

/** What the features of one series are made from. */
export interface FeatureInput {
  readonly target: Series;
  readonly unit?: string;
  /** IANA zone in which days and weeks begin; default UTC. */
  readonly timeZone?: string;
  readonly events?: readonly CalendarEvent[];
  /** A main season that is neither a day nor a week. */
  readonly seasonSeconds?: number;
  readonly drivers?: readonly Driver[];
  /** Steps after the target over which that is told which is known ahead; default 0. */
  readonly horizon?: number;
}

/**
 * One named feature of a series; its value at an instant is made from what was known at that instant.
 *
 * `series()` makes the values when they are asked for: on the target's grid, for what is known ahead with the horizon
 * after it; NaN where too little is known. `unit` is `''` for a pure number.
 */
export interface Feature {
  readonly name: string;
  readonly group: FeatureGroup;
  readonly unit: string;
  readonly description: string;
  readonly isKnownAhead: boolean;
  series(): Series;
}
