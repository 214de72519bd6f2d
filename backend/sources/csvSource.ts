import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { SourceEntry } from '../../contract/index.ts';
import { HeadroomError } from '../errors/index.ts';
import type { HistoryResult, HistorySource, SourceQuery } from '../forecasting/index.ts';
import {
  formatDuration,
  gridIndexAt,
  missing,
  observed,
  timeAt,
  type Observation,
  type TimeGrid,
} from '../timeseries/index.ts';
import { checkByError } from './checkByError.ts';
import { readCsvTable, type CsvTable } from './csv/index.ts';
import type { SourceDeps } from './sourceDeps.ts';
import { untilAborted } from './untilAborted.ts';

/**
 * History from a CSV file (interfaces 1.1): the query is a column's name, and the file is read again when it changes.
 *
 * A row holds from its timestamp for one step of the file; the value at t is the mean of the rows in [t, t + step).
 */
export class CsvSource implements HistorySource {
  readonly name: string;
  readonly #file: string;
  #isClosed = false;
  #reading: { readonly fingerprint: string; readonly table: Promise<CsvTable> } | undefined;

  constructor(entry: Extract<SourceEntry, { type: 'csv' }>, deps: SourceDeps) {
    this.name = entry.name;
    this.#file = resolve(deps.directory ?? '.', entry.file);
  }

  async history(query: SourceQuery, grid: TimeGrid, signal: AbortSignal): Promise<HistoryResult> {
    const table = await this.#table(signal);
    const { column, values } = this.#column(table, query);
    this.#requireStep(table.grid, grid);
    const labels = { column };
    const series = { grid, values: averageRows(table.grid, values, grid) };
    return { series: [{ labels, series }], warnings: coverageWarnings(table.grid, grid) };
  }

  async latest(query: SourceQuery, timeSeconds: number, signal: AbortSignal): Promise<Observation> {
    const table = await this.#table(signal);
    const { values } = this.#column(table, query);
    const value = values[gridIndexAt(table.grid, timeSeconds)];
    if (value === undefined) {
      return missing('the file has no row for that time');
    }
    return Number.isNaN(value) ? missing('the cell of that time is empty') : observed(value);
  }

  async check(signal: AbortSignal): Promise<{ readonly isHealthy: boolean; readonly problem?: string }> {
    return checkByError(signal, async () => {
      await this.#table(signal);
    });
  }

  async names(signal: AbortSignal): Promise<readonly string[]> {
    return [...(await this.#table(signal)).columns.keys()];
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.#reading = undefined;
    return Promise.resolve();
  }

  async #table(signal: AbortSignal): Promise<CsvTable> {
    signal.throwIfAborted();
    if (this.#isClosed) {
      throw new HeadroomError('SOURCE_CLOSED', { source: this.name });
    }
    try {
      const { mtimeMs, size, ino } = await untilAborted(stat(this.#file), signal);
      const fingerprint = `${mtimeMs}/${size}/${ino}`;
      if (this.#reading?.fingerprint !== fingerprint) {
        this.#reading = { fingerprint, table: readCsvTable(this.#file) };
      }
      return await untilAborted(this.#reading.table, signal);
    } catch (error) {
      signal.throwIfAborted();
      this.#reading = undefined;
      throw this.#unreadable(error);
    }
  }

  #unreadable(error: unknown): HeadroomError {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    const problem = error instanceof HeadroomError ? error.message : `${this.#file}: ${code}`;
    return new HeadroomError('SOURCE_FILE_UNREADABLE', { source: this.name, problem }, { cause: error });
  }

  #column(table: CsvTable, { query, by }: SourceQuery): { readonly column: string; readonly values: Float64Array } {
    if (typeof query !== 'string' || by !== undefined) {
      const reason = 'a CSV source takes the name of one column, without `by`';
      const shown = typeof query === 'string' ? query : JSON.stringify(query);
      throw new HeadroomError('SOURCE_QUERY_INVALID', { source: this.name, query: shown, reason });
    }
    const values = table.columns.get(query);
    if (values === undefined) {
      const known = [...table.columns.keys()].join(', ');
      throw new HeadroomError('SOURCE_SERIES_UNKNOWN', { source: this.name, series: query, known });
    }
    return { column: query, values };
  }

  #requireStep(file: TimeGrid, asked: TimeGrid): void {
    const ratio = asked.stepSeconds / file.stepSeconds;
    if (ratio < 1 || !Number.isInteger(ratio)) {
      throw new HeadroomError('SOURCE_STEP_UNSUITABLE', {
        source: this.name,
        sourceStep: formatDuration(file.stepSeconds),
        step: formatDuration(asked.stepSeconds),
      });
    }
  }
}

function averageRows(file: TimeGrid, rows: Float64Array, asked: TimeGrid): Float64Array {
  const perInstant = asked.stepSeconds / file.stepSeconds;
  const values = new Float64Array(asked.length);
  for (let index = 0; index < asked.length; index++) {
    const first = Math.ceil((timeAt(asked, index) - file.startSeconds) / file.stepSeconds);
    let sum = 0;
    let count = 0;
    for (let row = Math.max(0, first); row < Math.min(rows.length, first + perInstant); row++) {
      if (!Number.isNaN(rows[row])) {
        sum += rows[row]!;
        count++;
      }
    }
    values[index] = count === 0 ? Number.NaN : sum / count;
  }
  return values;
}

function coverageWarnings(file: TimeGrid, asked: TimeGrid): readonly string[] {
  const warnings: string[] = [];
  if (asked.stepSeconds !== file.stepSeconds) {
    warnings.push(
      `the file has a row every ${formatDuration(file.stepSeconds)}: values are means over ${formatDuration(asked.stepSeconds)}`
    );
  }
  const isApart = timeAt(file, file.length) <= asked.startSeconds || file.startSeconds >= timeAt(asked, asked.length);
  if (asked.length > 0 && isApart) {
    const from = new Date(file.startSeconds * 1000).toISOString();
    const to = new Date(timeAt(file, file.length - 1) * 1000).toISOString();
    warnings.push(`the file covers ${from} to ${to}, nothing of the time asked for`);
  }
  return warnings;
}
