import { isSameVersion, rolesOf, type ModelVersion, type NamedRoles, type RoleEvent, type WorkloadRoles } from './roles.ts';

const MOST_BENCHED = 20;
const MOST_REMEMBERED = 50;

/** When a role changes, by whose hand, and why. */
export interface Change {
  readonly atSeconds: number;
  readonly by: string;
  readonly why: string;
}

/** The champion as it is found where none was ever named. */
export function withChampionFound(roles: WorkloadRoles, name: string, found: ModelVersion, change: Change): WorkloadRoles {
  const own = rolesOf(roles, name);
  return own.champion !== null ? roles : withNamed(roles, name, { ...own, champion: { ...plain(found), ...change } });
}

/** A new version goes on trial; one that was on trial is retired for it. */
export function withChallenger(roles: WorkloadRoles, name: string, entrant: ModelVersion, change: Change): WorkloadRoles {
  const own = rolesOf(roles, name);
  const challenger = { ...plain(entrant), ...change };
  return withNamed(roles, name, remembered({ ...own, challenger }, 'entered', entrant, change));
}

/** The version comes into charge; the champion before it stays at hand as the last good one. */
export function withPromoted(roles: WorkloadRoles, name: string, version: ModelVersion, change: Change): WorkloadRoles {
  const own = rolesOf(roles, name);
  if (isSameVersion(own.champion, version)) {
    return roles;
  }
  const next: NamedRoles = {
    ...own,
    champion: { ...plain(version), ...change },
    lastGood: own.champion ?? own.lastGood,
    challenger: isSameVersion(own.challenger, version) ? null : own.challenger,
    benched: own.benched.filter((each) => !isSameVersion(each, version)),
  };
  return withNamed(roles, name, remembered(next, 'promoted', version, change));
}

/** The last good one is in charge again and the champion benched; as it is where there is no last good one. */
export function withRolledBack(roles: WorkloadRoles, name: string, change: Change): WorkloadRoles {
  const own = rolesOf(roles, name);
  const { champion, lastGood } = own;
  if (lastGood === null) {
    return roles;
  }
  const next: NamedRoles = {
    ...own,
    champion: { ...plain(lastGood), ...change },
    lastGood: null,
    benched: champion === null ? own.benched : benchedFirst(own, champion, change),
  };
  return withNamed(roles, name, remembered(next, 'rolledBack', lastGood, change));
}

/** The challenger's trial is over and it was no better. */
export function withRetired(roles: WorkloadRoles, name: string, change: Change): WorkloadRoles {
  const own = rolesOf(roles, name);
  return own.challenger === null
    ? roles
    : withNamed(roles, name, remembered({ ...own, challenger: null }, 'retired', own.challenger, change));
}

/** Out of the game, whatever its role was; for a champion the last good one is in charge, else `spare`. */
export function withBenched(
  roles: WorkloadRoles,
  name: string,
  version: ModelVersion,
  change: Change,
  spare?: ModelVersion
): WorkloadRoles {
  const own = rolesOf(roles, name);
  if (own.benched.some((each) => isSameVersion(each, version))) {
    return roles;
  }
  const wasChampion = own.champion === null || isSameVersion(own.champion, version);
  const benched = benchedFirst(own, version, change);
  const isOut = (each: ModelVersion): boolean => benched.some((out) => isSameVersion(out, each));
  const next = [own.lastGood, spare].find((each) => each !== null && each !== undefined && !isOut(each)) ?? null;
  const lasting: NamedRoles = {
    ...own,
    champion: !wasChampion ? own.champion : next === null ? null : { ...plain(next), ...change },
    lastGood: wasChampion || isSameVersion(own.lastGood, version) ? null : own.lastGood,
    challenger: isSameVersion(own.challenger, version) ? null : own.challenger,
    benched,
  };
  return withNamed(roles, name, remembered(lasting, 'benched', version, change));
}

function benchedFirst({ benched }: NamedRoles, version: ModelVersion, change: Change): NamedRoles['benched'] {
  const others = benched.filter((each) => !isSameVersion(each, version));
  return [{ ...plain(version), ...change }, ...others].slice(0, MOST_BENCHED);
}

function remembered(own: NamedRoles, what: RoleEvent['what'], version: ModelVersion, change: Change): NamedRoles {
  const event = { what, ...plain(version), ...change };
  return { ...own, history: [event, ...own.history].slice(0, MOST_REMEMBERED) };
}

function withNamed(roles: WorkloadRoles, name: string, own: NamedRoles): WorkloadRoles {
  return { ...roles, models: { ...roles.models, [name]: own } };
}

function plain({ origin, version }: ModelVersion): ModelVersion {
  return { origin, version };
}
