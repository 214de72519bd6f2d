import { readdir } from 'node:fs/promises';
import { byVersion } from './byVersion.ts';

/** The versions that stand in a folder, the newest first; what has no version for a name is none. */
export async function versionFolders(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  return names.filter((name) => /^\d+\.\d+\.\d+$/.test(name)).sort((a, b) => byVersion(b, a));
}
