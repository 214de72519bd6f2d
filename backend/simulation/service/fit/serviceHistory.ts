import type { Series } from '../../../timeseries/index.ts';

/** What was measured of a service; all series end at the same instant, on the same step. */
export interface ServiceHistory {
  readonly demand: Series;
  /** Ready replicas. */
  readonly replicas: Series;
  /** Seconds, at one quantile. */
  readonly latency?: { readonly series: Series; readonly quantile: number };
  /** Share of failed requests, 0 to 1. */
  readonly errors?: Series;
  /** Use of the processors by all replicas, and what one replica has of them. */
  readonly cpu?: { readonly series: Series; readonly perReplica: number };
}

/** What the service is to keep. */
export interface ServicePromise {
  readonly latencySeconds: number;
  readonly objective: number;
  /** Seconds that one unit of demand is counted over. */
  readonly unitSeconds: number;
}
