import type { RequestAdvice } from '../../contract/index.ts';
import type { TimeGrid } from '../timeseries/index.ts';

/** Windows of `headroom_shortfall_probability_window`, as on the wire, with their seconds. */
export const SHORTFALL_WINDOWS = { '1h': 3600, '6h': 21_600, '24h': 86_400 } as const;
export type ShortfallWindow = keyof typeof SHORTFALL_WINDOWS;

/** Probabilities of a shortfall; NaN where the horizon does not reach. */
export interface ShortfallOutlook {
  /** `[step]`, on the outlook's grid. */
  readonly probability: Float64Array;
  /** For each window, `[step]` on the outlook's grid: at least one shortfall in (t, t + window]. */
  readonly window: Readonly<Record<ShortfallWindow, Float64Array>>;
}

/** What is foreseen of one series; arrays are on the outlook's grid, NaN at its first instant (the cutoff) and where unknown. */
export interface SeriesOutlook {
  readonly name: string;
  readonly kind: 'activity' | 'resource';
  readonly unit: string;
  readonly model: string;
  readonly levels: readonly number[];
  /** `[level][step]`. */
  readonly values: Float64Array;
  readonly mean: Float64Array;
  /** Usable capacity, absent without one. */
  readonly capacity?: Float64Array;
  readonly shortfall?: ShortfallOutlook;
  readonly warnings: readonly string[];
}

/** Recommended replicas, `[step]`: `total` = `committed` + `reserved`; `burst` comes on top. */
export interface ReplicasOutlook {
  readonly committed: Float64Array;
  readonly reserved: Float64Array;
  readonly total: Float64Array;
  readonly burst: Float64Array;
}

/**
 * All that was foreseen of one workload at one time, on one grid.
 *
 * The grid's first instant is the cutoff, its second is forecast step 1; so window probabilities from the cutoff on
 * have a place. A stored outlook may have been trimmed to the part of the grid that it still answers for.
 */
export interface Outlook {
  readonly workload: string;
  readonly issuedAtSeconds: number;
  readonly cutoffSeconds: number;
  readonly grid: TimeGrid;
  readonly series: readonly SeriesOutlook[];
  /** At least one of the resources short, from the joint paths. */
  readonly anyShortfall?: ShortfallOutlook;
  readonly replicas?: ReplicasOutlook;
  /** What one replica should request, the same over the horizon, since a request changes by a restart. */
  readonly requests?: readonly RequestAdvice[];
  /** Planned cost an hour, `[step]`, in `currency`. */
  readonly costHourly?: Float64Array;
  readonly currency: string;
  readonly warnings: readonly string[];
}
