import { readFile } from 'node:fs/promises';
import { deserialize, serialize } from 'node:v8';
import { writeWhole, type TuningTask } from '../../learning/index.ts';

const FORMAT = 1;

/** A tune that was asked for and is not over: what a later process needs to go on with it. */
export interface TuningRecord {
  readonly format: typeof FORMAT;
  readonly jobId: string;
  readonly createdAtSeconds: number;
  readonly task: TuningTask;
  /** How often a process has gone on with it. */
  readonly resumedCount: number;
}

/** Writes a record, whole or not at all. */
export function writeTuningRecord(file: string, record: Omit<TuningRecord, 'format'>): Promise<void> {
  return writeWhole(file, serialize({ format: FORMAT, ...record }));
}

/** Reads a record; `undefined` where there is none that can be read. */
export async function readTuningRecord(file: string): Promise<TuningRecord | undefined> {
  try {
    const record = deserialize(await readFile(file)) as Partial<TuningRecord> | null;
    const isWhole =
      record?.format === FORMAT &&
      typeof record.jobId === 'string' &&
      typeof record.createdAtSeconds === 'number' &&
      typeof record.resumedCount === 'number' &&
      typeof record.task?.workload === 'string' &&
      record.task.series instanceof Map;
    return isWhole ? (record as TuningRecord) : undefined;
  } catch {
    return undefined;
  }
}
