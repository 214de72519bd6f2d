import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { HeadroomError } from '../../errors/index.ts';
import type { CsvTable } from './csvTable.ts';
import { parseCsvTable } from './parseCsvTable.ts';

const MAX_TEXT_BYTES = 2 ** 31 - 1;

const gunzipAll = promisify(gunzip);

/**
 * Reads a `.csv` or `.csv.gz` file as interfaces 1.1 defines it (gzip is known by its first bytes).
 *
 * Throws FILE_NOT_FOUND, FILE_UNREADABLE, or CSV_INVALID with file, line and column.
 */
export async function readCsvTable(file: string): Promise<CsvTable> {
  return parseCsvTable(await readText(file), file);
}

async function readText(file: string): Promise<Uint8Array> {
  try {
    const bytes = await readFile(file);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return isGzip ? await gunzipAll(bytes, { maxOutputLength: MAX_TEXT_BYTES }) : bytes;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      throw new HeadroomError('FILE_NOT_FOUND', { file }, { cause });
    }
    throw new HeadroomError('FILE_UNREADABLE', { file, reason: message }, { cause });
  }
}
