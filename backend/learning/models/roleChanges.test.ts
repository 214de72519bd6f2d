import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { withBenched, withChallenger, withChampionFound, withPromoted, withRetired, withRolledBack } from './roleChanges.ts';
import { isSameVersion, NO_ROLES, rolesOf, workloadRolesSchema, type ModelVersion, type WorkloadRoles } from './roles.ts';
import { trustOrder } from './trustOrder.ts';

const change = { atSeconds: 1, by: 'somebody', why: 'a test' };
const shipped: ModelVersion = { origin: 'shipped', version: '1.0.0' };
const tuned = (patch: number): ModelVersion => ({ origin: 'tuned', version: `1.0.${String(patch)}` });
const found = withChampionFound(NO_ROLES, 'lstm', shipped, change);
const own = (roles: WorkloadRoles) => rolesOf(roles, 'lstm');
const plain = (standing: ModelVersion | null) => standing && { origin: standing.origin, version: standing.version };

describe('a change of roles', () => {
  it('promotes a challenger, and the champion before it is the last good one', () => {
    const roles = withPromoted(withChallenger(found, 'lstm', tuned(1), change), 'lstm', tuned(1), change);
    const { champion, lastGood, challenger, history } = own(roles);
    assert.deepEqual([plain(champion), plain(lastGood), challenger], [tuned(1), shipped, null]);
    assert.deepEqual(
      history.map(({ what }) => what),
      ['promoted', 'entered']
    );
  });

  it('rolls back in one step, benches the champion, and has then nothing to roll back to', () => {
    const promoted = withPromoted(found, 'lstm', tuned(1), change);
    const back = withRolledBack(promoted, 'lstm', change);
    assert.deepEqual(plain(own(back).champion), shipped);
    assert.deepEqual(own(back).benched.map(plain), [tuned(1)]);
    assert.equal(withRolledBack(back, 'lstm', change), back);
  });

  it('benches a champion for the last good one, else for what ships', () => {
    const promoted = withPromoted(found, 'lstm', tuned(1), change);
    assert.deepEqual(plain(own(withBenched(promoted, 'lstm', tuned(1), change)).champion), shipped);
    const alone = withChampionFound(NO_ROLES, 'lstm', tuned(1), change);
    assert.deepEqual(plain(own(withBenched(alone, 'lstm', tuned(1), change, shipped)).champion), shipped);
    assert.equal(own(withBenched(alone, 'lstm', tuned(1), change)).champion, null);
    assert.deepEqual(trustOrder(own(withBenched(alone, 'lstm', tuned(1), change)), [tuned(1), tuned(2), shipped]), [shipped]);
  });

  const version = fc.integer({ min: 0, max: 4 }).map((patch) => (patch === 0 ? shipped : tuned(patch)));
  const step = fc.oneof(
    version.map((each) => (roles: WorkloadRoles) => withChallenger(roles, 'lstm', each, change)),
    version.map((each) => (roles: WorkloadRoles) => withPromoted(roles, 'lstm', each, change)),
    version.map((each) => (roles: WorkloadRoles) => withBenched(roles, 'lstm', each, change, shipped)),
    fc.constant((roles: WorkloadRoles) => withRolledBack(roles, 'lstm', change)),
    fc.constant((roles: WorkloadRoles) => withRetired(roles, 'lstm', change))
  );

  it('never leaves a champion that is benched, or that is its own last good one, whatever comes in which order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let roles = found;
        for (const each of steps) {
          roles = each(roles);
          const { champion, lastGood, benched, history } = own(roles);
          assert.ok(champion === null || benched.every((out) => !isSameVersion(out, champion)));
          assert.ok(champion === null || !isSameVersion(champion, lastGood));
          assert.ok(history.length <= 50 && benched.length <= 20);
          assert.ok(workloadRolesSchema.safeParse(roles).success);
        }
      })
    );
  });
});

describe('the order of trust', () => {
  it('is the newest tune first where nobody was ever named', () => {
    assert.deepEqual(trustOrder(rolesOf(NO_ROLES, 'lstm'), [shipped, tuned(2), tuned(10)]), [tuned(10), tuned(2), shipped]);
  });

  it('is champion, last good one, what ships; never a challenger, nor what was never in charge', () => {
    const roles = withChallenger(withPromoted(found, 'lstm', tuned(1), change), 'lstm', tuned(2), change);
    assert.deepEqual(trustOrder(own(roles), [shipped, tuned(1), tuned(2), tuned(3)]), [tuned(1), shipped]);
  });

  it('goes on with the last good one where the champion is missing', () => {
    const roles = withPromoted(withPromoted(found, 'lstm', tuned(1), change), 'lstm', tuned(2), change);
    assert.deepEqual(trustOrder(own(roles), [shipped, tuned(1)]), [tuned(1), shipped]);
  });
});
