import { HeadroomError } from '../../errors/index.ts';
import { readCsvTable } from '../../sources/index.ts';
import { formatDuration, timeAt, type Series } from '../../timeseries/index.ts';
import { isoTime } from '../forecasting/csvCells.ts';

/** A trace of demand and the first row after its warm-up. */
export interface ReadTrace {
  readonly trace: Series;
  readonly column: string;
  readonly firstRow: number;
}

/**
 * Reads a column of demand; the first one where none is named.
 *
 * Throws CSV_COLUMN_UNKNOWN, and REPLAY_TRACE_INVALID where nothing is left after the warm-up or demand is below 0.
 */
export async function readTrace(file: string, column: string | undefined, warmupSeconds: number): Promise<ReadTrace> {
  const { grid, columns } = await readCsvTable(file);
  const name = column ?? columns.keys().next().value ?? '';
  const values = columns.get(name);
  if (values === undefined) {
    throw new HeadroomError('CSV_COLUMN_UNKNOWN', { file, column: name, known: [...columns.keys()].join(', ') });
  }
  const fail = (problem: string): never => {
    throw new HeadroomError('REPLAY_TRACE_INVALID', { file, column: name, problem });
  };
  const firstRow = Math.max(1, Math.ceil(warmupSeconds / grid.stepSeconds - 1e-9));
  if (firstRow >= grid.length) {
    fail(
      `lasts ${formatDuration(grid.length * grid.stepSeconds)}, no more than the warm-up of ${formatDuration(warmupSeconds)}`
    );
  }
  if (values.subarray(firstRow).every(Number.isNaN)) {
    fail('has no measurement after the warm-up');
  }
  const negative = values.findIndex((value) => value < 0);
  if (negative >= 0) {
    fail(`is below 0 at ${isoTime(timeAt(grid, negative))}`);
  }
  return { trace: { grid, values }, column: name, firstRow };
}
