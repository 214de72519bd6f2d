/** Steps of quantile tracking that are tried side by side, in widths of the band an hour; the first moves nothing. */
export const RATES: readonly number[] = [0, 0.01, 0.04, 0.12];

/** What one expert has learnt: by how much each level is moved, in widths of the 80 % band, and its loss of late. */
export interface ConformalExpert {
  readonly shifts: readonly number[];
  /** Decayed sum of its losses, in widths of the band. */
  readonly loss: number;
}

/** Of leads around one: how the quantiles there have to be moved. Plain data. */
export interface ConformalZone {
  /** So many hours before a truth its forecast was made. */
  readonly hoursBack: number;
  /** What each expert said at the starts of the last hours, oldest first, `[hour][expert][level]`: what it is judged by. */
  readonly said: ReadonlyArray<ReadonlyArray<readonly number[]>>;
  readonly experts: readonly ConformalExpert[];
}

/** For each level that is moved: how much, by zones of leads ascending. Plain data; kept over restarts. */
export interface ConformalState {
  readonly version: 1;
  readonly levels: readonly number[];
  readonly zones: readonly ConformalZone[];
}

/** Nothing is moved yet. */
export function newConformalState(levels: readonly number[], hoursBack: readonly number[]): ConformalState {
  const shifts = levels.map(() => 0);
  return {
    version: 1,
    levels,
    zones: hoursBack.map((hours) => ({ hoursBack: hours, said: [], experts: RATES.map(() => ({ shifts, loss: 0 })) })),
  };
}
