import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HeadroomError } from '../errors/index.ts';

/** Throws FILE_UNWRITABLE, before any work is done for it, where the folder of a file is not there or not writable. */
export async function requireWritable(file: string): Promise<void> {
  await access(dirname(file), constants.W_OK).catch((cause: unknown) => {
    throw new HeadroomError('FILE_UNWRITABLE', { file, reason: (cause as Error).message }, { cause });
  });
}
