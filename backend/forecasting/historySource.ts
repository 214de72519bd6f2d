import type { Labels, Observation, Series, TimeGrid } from '../timeseries/index.ts';

/** One query to a source: its text, or the source's own query model, and for splits the label that names the parts. */
export interface SourceQuery {
  readonly query: string | Readonly<Record<string, unknown>>;
  readonly by?: string;
}

/** A series as a source returned it: on the asked grid, gaps as NaN. */
export interface SourceSeries {
  readonly labels: Labels;
  readonly series: Series;
}

export interface HistoryResult {
  readonly series: readonly SourceSeries[];
  /** What the reader should know: more series than expected, gaps filled by the source, partial answers. */
  readonly warnings: readonly string[];
}

/**
 * Where history comes from: reads only, never invents.
 *
 * A gap is NaN. A failed read throws a HeadroomError of the `SOURCE_` family and never returns zeros or a part of the
 * answer as if it were the whole. An empty `series` means that the source answered and knows of none.
 */
export interface HistorySource {
  readonly name: string;
  /** The query's values at the instants of `grid` (Prometheus' range semantics). */
  history(query: SourceQuery, grid: TimeGrid, signal: AbortSignal): Promise<HistoryResult>;
  /** The query's value at one instant; more than one series is `missing` with that reason. */
  latest(query: SourceQuery, timeSeconds: number, signal: AbortSignal): Promise<Observation>;
  /** Whether the source can be reached and believed, with what is wrong in words. */
  check(signal: AbortSignal): Promise<{ readonly isHealthy: boolean; readonly problem?: string }>;
  /** Names that a query may begin from, such as metrics or columns; absent where the source cannot tell. */
  names?(signal: AbortSignal): Promise<readonly string[]>;
  /** The label sets of a metric's series of late, `limit` at most; absent where the source has no labels. */
  labelSets?(metric: string, limit: number, signal: AbortSignal): Promise<readonly Labels[]>;
  close(): Promise<void>;
}
