import type { TimeGrid } from '../../timeseries/index.ts';

/** A CSV file as interfaces 1.1 defines it: every column lies on `grid`, `[step]`, and NaN is a missing measurement. */
export interface CsvTable {
  readonly file: string;
  /** The lines `# name: value` above the header. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly grid: TimeGrid;
  /** In the order of the file, `timestamp` left out. */
  readonly columns: ReadonlyMap<string, Float64Array>;
}
