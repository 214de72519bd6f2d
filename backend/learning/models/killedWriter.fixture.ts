import { cp, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { seededRandom } from '../../random/index.ts';
import { nextVersion } from '../tuning/nextVersion.ts';
import { versionFolders } from '../tuning/versionFolders.ts';
import { collectGarbage } from './collectGarbage.ts';
import { withChallenger, withChampionFound, withPromoted, withRetired, withRolledBack } from './roleChanges.ts';
import { NO_ROLES, rolesOf, type WorkloadRoles } from './roles.ts';
import { readRoles, writeRoles } from './rolesFile.ts';

/**
 * A process that tunes, enters, promotes, rolls back, retires and collects garbage without end, until it is killed:
 * `MADE` is the artefact that each of its tunes is, `FOLDER` the workload's.
 */
const [made, folder, seed] = process.argv.slice(2) as [string, string, string];
const random = seededRandom(Number(seed));
const change = { atSeconds: 1, by: 'somebody', why: 'a test' };

const write = async (): Promise<string> => {
  const version = nextVersion('1.0.0', await versionFolders(join(folder, 'lstm')));
  const fresh = join(folder, 'lstm', `.${version}.${String(process.pid)}`);
  // As an artefact is written: beside its place, and then named.
  await cp(made, fresh, { recursive: true });
  await rename(fresh, join(folder, 'lstm', version));
  return version;
};

let { roles } = await readRoles(folder);
const put = async (next: WorkloadRoles): Promise<void> => {
  roles = next;
  await writeRoles(folder, next);
  process.stdout.write('.');
};
if (roles === NO_ROLES) {
  await put(withChampionFound(NO_ROLES, 'lstm', { origin: 'tuned', version: (await readdir(join(folder, 'lstm')))[0]! }, change));
}
for (;;) {
  await put(withChallenger(roles, 'lstm', { origin: 'tuned', version: await write() }, change));
  await collectGarbage(folder, roles, Date.now() / 1000);
  const { challenger } = rolesOf(roles, 'lstm');
  const chance = random();
  await put(chance < 0.6 ? withPromoted(roles, 'lstm', challenger!, change) : withRetired(roles, 'lstm', change));
  await collectGarbage(folder, roles, Date.now() / 1000);
  if (chance < 0.2) {
    await put(withRolledBack(roles, 'lstm', change));
    await collectGarbage(folder, roles, Date.now() / 1000);
  }
}
