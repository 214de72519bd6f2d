import { isUtf8 } from 'node:buffer';
import { HeadroomError } from '../../errors/index.ts';
import type { CsvTable } from './csvTable.ts';
import { CsvScanner, CsvSyntaxError } from './csvScanner.ts';
import { isBlank, parseDecimal, parseDecimalText } from './parseDecimal.ts';
import { parseTimestampMs } from './parseTimestamp.ts';
import { tableGrid } from './tableGrid.ts';

const TIMESTAMP = 'timestamp';
const METADATA = /^#\s*(?<name>[^:]*?)\s*:\s*(?<value>.*)$/;
const ALLOWED_CELLS = 10_000_000;
const ALLOWED_CELLS_PER_WRITTEN = 50;

/**
 * Reads the text of a CSV file as interfaces 1.1 defines it; `file` is its name in errors.
 *
 * Throws CSV_INVALID with file, line and column: no header, unknown first column, duplicate or empty names, too many
 * or too few cells, text in a number, duplicates, disorder, rows off the grid, text that is no UTF-8.
 */
export function parseCsvTable(bytes: Uint8Array, file: string): CsvTable {
  const fail = (line: number, column: string, problem: string): never => {
    throw new HeadroomError('CSV_INVALID', { file, line, column, problem });
  };
  if (!isUtf8(bytes)) {
    fail(firstLineThatIsNoUtf8(bytes), '1', 'the text is not UTF-8');
  }
  const scanner = new CsvScanner(bytes);
  try {
    const metadata = readMetadata(scanner, fail);
    const names = readHeader(scanner, fail);
    const rows = readRows(scanner, names, fail);
    const grid = tableGrid(rows.timesMs, maxGridLength(rows.timesMs.length, names.length));
    if ('problem' in grid) {
      return fail(rows.lines[grid.row] ?? scanner.line, TIMESTAMP, grid.problem);
    }
    const columns = new Map(names.map((name, index) => [name, onGrid(rows.columns[index]!, rows.timesMs, grid)]));
    return { file, metadata, grid, columns };
  } catch (error) {
    if (error instanceof CsvSyntaxError) {
      fail(error.line, '1', error.message);
    }
    throw error;
  }
}

function maxGridLength(rowCount: number, columnCount: number): number {
  return Math.floor(Math.max(ALLOWED_CELLS / columnCount, ALLOWED_CELLS_PER_WRITTEN * rowCount));
}

type Fail = (line: number, column: string, problem: string) => never;

function readMetadata(scanner: CsvScanner, fail: Fail): Record<string, string> {
  const metadata = new Map<string, string>();
  for (;;) {
    scanner.skipBlankLines();
    const line = scanner.isDone ? undefined : scanner.takeLineIf((text) => text.startsWith('#'));
    if (line === undefined) {
      return Object.fromEntries(metadata);
    }
    const groups = METADATA.exec(line)?.groups;
    const name = groups?.['name'];
    if (name !== undefined && name !== '') {
      if (metadata.has(name)) {
        fail(scanner.line, name, 'this metadata is given twice');
      }
      metadata.set(name, groups?.['value'] ?? '');
    }
  }
}

function readHeader(scanner: CsvScanner, fail: Fail): string[] {
  if (scanner.isDone) {
    return fail(scanner.line, TIMESTAMP, 'there is no header');
  }
  const names: string[] = [];
  const seen = new Set<string>();
  do {
    scanner.next();
    const name = scanner.text();
    if (name === '') {
      fail(scanner.line, String(names.length + 1), 'the column has no name');
    }
    if (seen.has(name)) {
      fail(scanner.line, name, 'there are two columns of this name');
    }
    names.push(name);
    seen.add(name);
  } while (!scanner.isRecordEnd);
  if (names[0] !== TIMESTAMP) {
    fail(scanner.line, names[0] ?? '1', `the first column must be named ${TIMESTAMP}`);
  }
  if (names.length < 2) {
    fail(scanner.line, TIMESTAMP, 'there is no column beside the timestamp');
  }
  return names.slice(1);
}

interface Rows {
  readonly timesMs: Float64Array;
  readonly lines: Uint32Array;
  readonly columns: readonly Float64Array[];
}

function readRows(scanner: CsvScanner, names: readonly string[], fail: Fail): Rows {
  const { bytes } = scanner;
  const capacity = Math.floor(bytes.length / (names.length + 1)) + 1;
  const timesMs = new Float64Array(capacity);
  const lines = new Uint32Array(capacity);
  const columns = names.map(() => new Float64Array(capacity));
  let row = 0;
  scanner.skipBlankLines();
  while (!scanner.isDone) {
    scanner.next();
    const text = scanner.text();
    const timeMs = parseTimestampMs(text);
    if (timeMs === undefined) {
      return fail(scanner.line, TIMESTAMP, `${quote(text)} is no instant (ISO 8601 or epoch seconds)`);
    }
    if (row > 0 && timeMs <= timesMs[row - 1]!) {
      fail(
        scanner.line,
        TIMESTAMP,
        timeMs === timesMs[row - 1] ? `${text} stands there twice` : `${text} is before the row above`
      );
    }
    timesMs[row] = timeMs;
    lines[row] = scanner.line;
    for (let column = 0; column < names.length; column++) {
      if (scanner.isRecordEnd) {
        fail(
          scanner.line,
          names[column]!,
          `the row ends after ${String(column + 1)} of ${String(names.length + 1)} cells`
        );
      }
      scanner.next();
      columns[column]![row] = cellValue(scanner, names[column]!, fail);
    }
    if (!scanner.isRecordEnd) {
      fail(scanner.line, String(names.length + 2), `the row has more than ${String(names.length + 1)} cells`);
    }
    row++;
    scanner.skipBlankLines();
  }
  return {
    timesMs: timesMs.subarray(0, row),
    lines: lines.subarray(0, row),
    columns: columns.map((values) => values.subarray(0, row)),
  };
}

function cellValue(scanner: CsvScanner, name: string, fail: Fail): number {
  const { bytes, start, end, unquoted } = scanner;
  if (unquoted === undefined && start === end) {
    return Number.NaN;
  }
  const value = unquoted === undefined ? parseDecimal(bytes, start, end) : parseDecimalText(unquoted);
  if (Number.isFinite(value)) {
    return value;
  }
  if (unquoted === undefined ? isBlank(bytes, start, end) : unquoted.trim() === '') {
    return Number.NaN;
  }
  return fail(scanner.line, name, `${quote(scanner.text())} is ${Number.isNaN(value) ? 'no number' : 'out of range'}`);
}

function onGrid(values: Float64Array, timesMs: Float64Array, grid: CsvTable['grid']): Float64Array {
  if (grid.length === values.length) {
    return values.slice();
  }
  const placed = new Float64Array(grid.length).fill(Number.NaN);
  const startMs = timesMs[0]!;
  const stepMs = Math.round(grid.stepSeconds * 1000);
  for (let row = 0; row < values.length; row++) {
    placed[(timesMs[row]! - startMs) / stepMs] = values[row]!;
  }
  return placed;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}

function firstLineThatIsNoUtf8(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline < 0 ? bytes.length : newline + 1;
    if (!isUtf8(bytes.subarray(start, end))) {
      return line;
    }
    start = end;
  }
  return line;
}
