import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { HeadroomError } from '../errors/index.ts';

/** Writes a file so that it appears whole or not at all: a sibling first, then a rename. */
export async function writeFileWhole(file: string, content: string | Uint8Array): Promise<void> {
  const sibling = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(sibling, content, { flush: true });
    await rename(sibling, file);
  } catch (cause) {
    await rm(sibling, { force: true });
    throw new HeadroomError('FILE_UNWRITABLE', { file, reason: (cause as Error).message }, { cause });
  }
}
