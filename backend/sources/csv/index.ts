/** CSV files as tables of series: interfaces 1.1. */
export type { CsvTable } from './csvTable.ts';
export { parseCsvTable } from './parseCsvTable.ts';
export { parseTimestampMs } from './parseTimestamp.ts';
export { readCsvTable } from './readCsvTable.ts';
