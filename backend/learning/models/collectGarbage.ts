import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { versionFolders } from '../tuning/versionFolders.ts';
import { rolesOf, type WorkloadRoles } from './roles.ts';

/** Tunes without a role that are kept all the same, the newest of each name. */
const SPARE_VERSIONS = 1;
/** What is being written now is younger than this. */
const ABANDONED_SECONDS = 3600;
const GONE = '.gone.';

/**
 * Removes tunes of a workload that have no role; the champion, the challenger and the last good one always stay.
 *
 * Where nothing has a role yet, nothing is removed but what was left half-written. A kill leaves each version whole or
 * out of sight: it is renamed before it is removed. Resolves with what was removed, as `<name> <version>`.
 */
export async function collectGarbage(folder: string, roles: WorkloadRoles, nowSeconds: number): Promise<string[]> {
  const removed: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const { name } of entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))) {
    const own = join(folder, name);
    await sweep(own, nowSeconds);
    const { champion, lastGood, challenger } = rolesOf(roles, name);
    if (champion === null) {
      continue;
    }
    const inRole = new Set(
      [champion, lastGood, challenger].flatMap((each) => (each?.origin === 'tuned' ? [each.version] : []))
    );
    const idle = (await versionFolders(own)).filter((version) => !inRole.has(version));
    for (const version of idle.slice(SPARE_VERSIONS)) {
      const gone = join(own, `${GONE}${version}.${randomUUID()}`);
      await rename(join(own, version), gone);
      await rm(gone, { recursive: true, force: true });
      removed.push(`${name} ${version}`);
    }
  }
  return removed;
}

/** What a kill left: removals that were begun, and what was never finished being written. */
async function sweep(folder: string, nowSeconds: number): Promise<void> {
  const names = await readdir(folder).catch(() => [] as string[]);
  for (const name of names.filter((each) => each.startsWith('.'))) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (name.startsWith(GONE) || (found !== undefined && nowSeconds - found.mtimeMs / 1000 > ABANDONED_SECONDS)) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
  }
}
