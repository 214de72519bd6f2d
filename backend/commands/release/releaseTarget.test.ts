import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScaleTarget, TargetChange } from '../../scaling/index.ts';
import { releaseTarget } from './releaseTarget.ts';

const NOW = 1_790_000_000;

function heldTarget(floor: number, original: number): { readonly target: ScaleTarget; readonly made: TargetChange[] } {
  const made: TargetChange[] = [];
  return {
    made,
    target: {
      kind: 'deployment',
      name: 'deployment shop/checkout',
      ability: { reads: true, tunesUtilization: false, isExperimental: false },
      read: () =>
        Promise.resolve({
          setting: { floor },
          original: { floor: original },
          isHeld: true,
          holdUntilSeconds: NOW - 1,
          isSoleOwner: true,
          conflicts: [],
        }),
      preview: () => Promise.reject(new Error('not asked')),
      apply: (change) => {
        made.push(change);
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    },
  };
}

const options = { isExpiredOnly: true, nowSeconds: NOW, action: 'a', signal: new AbortController().signal };

test('the watchdog never scales in what nothing else scales; by hand everything goes back', async () => {
  const raised = heldTarget(9, 2);
  const kept = await releaseTarget(raised.target, options);
  assert.ok(kept.outcome === 'kept' && /9 replicas stay/.test(kept.reason), JSON.stringify(kept));
  assert.deepEqual(raised.made, []);
  assert.equal((await releaseTarget(raised.target, { ...options, isExpiredOnly: false })).outcome, 'released');
  const lowered = heldTarget(2, 9);
  assert.equal((await releaseTarget(lowered.target, options)).outcome, 'released');
  assert.equal(lowered.made.length, 1);
});
