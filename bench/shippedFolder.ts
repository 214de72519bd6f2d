import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The folder of the newest shipped artefact of a learnt model. */
export async function shippedFolder(name: string): Promise<string> {
  const models = join(import.meta.dirname, '../models', name);
  const versions = (await readdir(models)).filter((version) => /^\d+(\.\d+)*$/.test(version));
  const newest = versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  if (newest === undefined) {
    throw new Error(`${models} holds no version of the model`);
  }
  return join(models, newest);
}
