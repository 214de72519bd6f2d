import { byVersion } from './byVersion.ts';

/** The version of the next tune: one patch above the newest of what there is and what it came from. */
export function nextVersion(from: string, existing: readonly string[]): string {
  const newest = [from, ...existing].sort(byVersion).at(-1)!;
  const [major, minor, patch] = newest.split('.');
  return `${major!}.${minor!}.${String(Number(patch) + 1)}`;
}
