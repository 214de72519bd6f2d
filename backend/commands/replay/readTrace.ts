import { HeadroomError } from '../../errors/index.ts';
import { readCsvTable } from '../../sources/index.ts';
import { formatDuration, timeAt, type Series } from '../../timeseries/index.ts';
import { isoTime } from '../forecasting/csvCells.ts';
import type { ReplayOptions } from './replayOptions.ts';

/** A trace of demand and the first row after its warm-up. */
export interface ReadTrace {
  readonly trace: Series;
  readonly column: string;
  readonly firstRow: number;
  /** What was really asked for, `[row]`; absent where no column of it is named. */
  readonly replicas?: Float64Array;
}

/**
 * Reads a column of demand, the first one where none is named, and one of replicas where it is named.
 *
 * Throws CSV_COLUMN_UNKNOWN, and REPLAY_TRACE_INVALID where nothing is left after the warm-up, a value is below 0, or
 * replicas were never measured or are the demand's own column.
 */
export async function readTrace(
  file: string,
  { column, replicas, warmupSeconds }: Pick<ReplayOptions, 'column' | 'replicas' | 'warmupSeconds'>
): Promise<ReadTrace> {
  const { grid, columns } = await readCsvTable(file);
  const name = column ?? columns.keys().next().value ?? '';
  const valuesOf = (each: string): Float64Array => {
    const values = columns.get(each);
    if (values === undefined) {
      throw new HeadroomError('CSV_COLUMN_UNKNOWN', { file, column: each, known: [...columns.keys()].join(', ') });
    }
    return values;
  };
  const fail = (each: string, problem: string): never => {
    throw new HeadroomError('REPLAY_TRACE_INVALID', { file, column: each, problem });
  };
  const requireCounts = (each: string, values: Float64Array): void => {
    const negative = values.findIndex((value) => value < 0);
    if (negative >= 0) {
      fail(each, `is below 0 at ${isoTime(timeAt(grid, negative))}`);
    }
  };
  const values = valuesOf(name);
  const firstRow = Math.max(1, Math.ceil(warmupSeconds / grid.stepSeconds - 1e-9));
  if (firstRow >= grid.length) {
    fail(
      name,
      `lasts ${formatDuration(grid.length * grid.stepSeconds)}, no more than the warm-up of ${formatDuration(warmupSeconds)}`
    );
  }
  if (values.subarray(firstRow).every(Number.isNaN)) {
    fail(name, 'has no measurement after the warm-up');
  }
  requireCounts(name, values);
  const read = { trace: { grid, values }, column: name, firstRow };
  if (replicas === undefined) {
    return read;
  }
  if (replicas === name) {
    fail(name, 'is the demand and cannot be the replicas too; name the demand with --column');
  }
  const asked = valuesOf(replicas);
  if (asked.every(Number.isNaN)) {
    fail(replicas, 'has no measurement of the replicas');
  }
  requireCounts(replicas, asked);
  return { ...read, replicas: asked };
}
