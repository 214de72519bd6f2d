import { byVersion } from '../tuning/byVersion.ts';
import { isSameVersion, type ModelVersion, type NamedRoles } from './roles.ts';

/**
 * The versions that may be in charge, the one in charge first, then those that stand in where it cannot be loaded: the
 * last good one, what ships, other tunes that were in charge once. One on trial or benched never is; where no champion
 * was ever named, the newest tune is.
 */
export function trustOrder(roles: NamedRoles, there: readonly ModelVersion[]): ModelVersion[] {
  const newestFirst = [...there].sort((a, b) => byVersion(b.version, a.version));
  const shipped = newestFirst.filter(({ origin }) => origin === 'shipped');
  const tuned = newestFirst.filter(({ origin }) => origin === 'tuned');
  const { champion, lastGood, challenger, benched, history } = roles;
  const wasInCharge = (version: ModelVersion): boolean =>
    history.some((event) => (event.what === 'promoted' || event.what === 'rolledBack') && isSameVersion(event, version));
  const named = champion ?? lastGood;
  const order =
    named === null && history.length === 0
      ? [...tuned, ...shipped]
      : [champion, lastGood, ...shipped, ...tuned.filter(wasInCharge)];
  const isOut = (version: ModelVersion): boolean =>
    isSameVersion(challenger, version) || benched.some((each) => isSameVersion(each, version));
  const trusted: ModelVersion[] = [];
  for (const version of order) {
    const found = there.find((each) => isSameVersion(each, version));
    if (found !== undefined && !isOut(found) && !trusted.includes(found)) {
      trusted.push(found);
    }
  }
  return trusted;
}
