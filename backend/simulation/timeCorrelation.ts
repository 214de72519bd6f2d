/**
 * How a series' surprises hang together over time: correlation `weight * persistence ** lag` at lags from 1 on.
 *
 * A persistent part beside white noise; both within [0, 1], `persistence` below 1.
 */
export interface TimeCorrelation {
  readonly weight: number;
  readonly persistence: number;
}
