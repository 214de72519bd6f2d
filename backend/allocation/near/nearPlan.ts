import type { TimeGrid } from '../../timeseries/index.ts';

/** What the forecast of the next minutes asks for: the floor now, and the rows after it. */
export interface NearPlan {
  readonly issuedAtSeconds: number;
  /** The rows ahead; the first is one step after the cutoff. */
  readonly grid: TimeGrid;
  /** The floor to set now; it holds until `floorUntilSeconds`, since what comes later can still be decided later. */
  readonly floor: number;
  readonly floorUntilSeconds: number;
  /** What each row asks for, `[row]`. */
  readonly needs: Int32Array;
  /** The probability of a shortfall with as many, `[row]`. */
  readonly shortfall: Float64Array;
  /** The series that asks for most while the floor holds. */
  readonly series: string;
  /** The floor at half and at twice the accepted risk. */
  readonly atHalfRisk: number;
  readonly atDoubleRisk: number;
}

/** A near plan and how far it can be relied on. */
export interface NearAdvice {
  readonly plan: NearPlan;
  /** Why nothing newer is known, in words: then the plan only raises, it never lowers. Absent while it is fresh. */
  readonly lost?: string;
}
