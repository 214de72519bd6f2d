import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const recordSchema = z.object({
  /** When it was first asked whether it is due: its schedule counts from there. */
  firstSeenSeconds: z.number(),
  lastAtSeconds: z.number().nullable(),
  lastOutcome: z.string().nullable(),
  lastReason: z.string().nullable(),
  /** Failures in a row. */
  failures: z.int().min(0),
  /** Not before, after a failure. */
  retryAtSeconds: z.number().nullable(),
  /** Asked for beside the schedule: by a drift, or since a tune did not help. */
  wanted: z.object({ atSeconds: z.number(), reach: z.enum(['tune', 'full']), why: z.string() }).nullable(),
  lastDriftSeconds: z.number().nullable(),
});

const fileSchema = z.object({ format: z.literal(1), models: z.record(z.string(), recordSchema) });

/** How retraining one model for one workload stands. */
export type RetrainingRecord = z.infer<typeof recordSchema>;

export function newRetrainingRecord(nowSeconds: number): RetrainingRecord {
  return {
    ...{ firstSeenSeconds: nowSeconds, lastAtSeconds: null, lastOutcome: null, lastReason: null, failures: 0 },
    ...{ retryAtSeconds: null, wanted: null, lastDriftSeconds: null },
  };
}

/** What was kept, by model; nothing where it cannot be read: the schedule then counts from now. */
export async function readRetrainingRecords(file: string): Promise<Map<string, RetrainingRecord>> {
  try {
    return new Map(Object.entries(fileSchema.parse(JSON.parse(await readFile(file, 'utf8'))).models));
  } catch {
    return new Map();
  }
}

export function retrainingText(records: ReadonlyMap<string, RetrainingRecord>): string {
  return `${JSON.stringify({ format: 1, models: Object.fromEntries(records) })}\n`;
}
