import type { z } from 'zod';
import { HeadroomError } from '../errors/index.ts';

/** The record of a JSON text by its schema; throws STORAGE_RECORD_INVALID, naming file and record. */
export function parseRecord<Schema extends z.ZodType>(
  schema: Schema,
  text: unknown,
  record: string,
  file: string
): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(String(text)));
  } catch (error) {
    throw recordError(error, record, file);
  }
}

/** A record that was read already, by its schema; throws STORAGE_RECORD_INVALID, naming file and record. */
export function recordAs<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  record: string,
  file: string
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw recordError(parsed.error, record, file);
  }
  return parsed.data;
}

/** Why a record of `file` cannot be read, on one line. */
export function recordError(error: unknown, record: string, file: string): HeadroomError {
  const message = error instanceof Error ? error.message : String(error);
  const reason = message.replace(/\s+/g, ' ').slice(0, 200);
  return new HeadroomError('STORAGE_RECORD_INVALID', { file, record, reason }, { cause: error });
}
