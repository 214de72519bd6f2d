/** Where history comes from: Prometheus, any Grafana data source, CSV files, and the demo fleet. */
export { createSource } from './createSource.ts';
export { parseTimestampMs, readCsvTable, type CsvTable } from './csv/index.ts';
export { demoWorkloads } from './demo/demoWorkloads.ts';
export type { SourceDeps } from './sourceDeps.ts';
