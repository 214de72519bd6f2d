import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file, whole or not at all, durably: a kill at any instant leaves the one before or this one. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const sibling = `${file}.${randomUUID()}.tmp`;
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(sibling, content, { flush: true });
    await rename(sibling, file);
  } catch (error) {
    await rm(sibling, { force: true });
    throw error;
  }
  await flushFolder(dirname(file));
}

/** A rename is only kept through a power cut when its folder is written; where a folder cannot be, it is best effort. */
async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows and some network file systems know no such thing.
  }
}
