import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { policyReach, type ScaleLimits } from '../../../contract/index.ts';
import { reachable } from './reachable.ts';

const NOW = 1_790_000_000;
const policy = fc.record({
  type: fc.constantFrom('Pods' as const, 'Percent' as const),
  value: fc.integer({ min: 1, max: 200 }),
  periodSeconds: fc.integer({ min: 1, max: 600 }),
});
const direction = fc.record({
  selectPolicy: fc.constantFrom('Max' as const, 'Min' as const, 'Disabled' as const),
  policies: fc.array(policy, { maxLength: 3 }),
});
const past = fc.array(
  fc.record({
    atSeconds: fc.integer({ min: NOW - 700, max: NOW }),
    from: fc.integer({ min: 0, max: 50 }),
    to: fc.integer({ min: 0, max: 50 }),
  }),
  { maxLength: 4 }
);
const count = fc.integer({ min: 0, max: 400 });

test('what is reached lies between what stands and what is wanted, whatever changed before', () => {
  const limits = fc.record({ scaleUp: direction, scaleDown: direction });
  fc.assert(
    fc.property(count, count, limits, past, (wanted, standing, asked: ScaleLimits, changes) => {
      const reached = reachable(wanted, standing, NOW, asked, changes);
      assert.ok(reached >= Math.min(wanted, standing) && reached <= Math.max(wanted, standing));
    }),
    { numRuns: 200 }
  );
});

test('a limit is that of its policy from the period’s start, and policies choose as Kubernetes has them', () => {
  const pods = { type: 'Pods', value: 4, periodSeconds: 60 } as const;
  const percent = { type: 'Percent', value: 10, periodSeconds: 60 } as const;
  const up = (selectPolicy: 'Max' | 'Min' | 'Disabled') => ({ scaleUp: { selectPolicy, policies: [pods, percent] } });
  assert.equal(policyReach(percent, 100, true), 110, 'in whole numbers');
  assert.equal(reachable(200, 100, NOW, up('Max'), []), 110);
  assert.equal(reachable(200, 100, NOW, up('Min'), []), 104);
  assert.equal(reachable(200, 100, NOW, up('Disabled'), []), 100);
  assert.equal(reachable(200, 100, NOW, up('Min'), [{ atSeconds: NOW - 30, from: 97, to: 100 }]), 101);
  assert.equal(reachable(200, 100, NOW, up('Min'), [{ atSeconds: NOW - 90, from: 97, to: 100 }]), 104);
  assert.equal(reachable(200, 100, NOW, up('Min'), [{ atSeconds: NOW - 30, from: 80, to: 100 }]), 100);
  const down = { scaleDown: { policies: [percent] } };
  assert.deepEqual(
    [80, 72, 64].map((each) => reachable(0, each, NOW, down, [])),
    [72, 64, 57]
  );
  assert.equal(reachable(0, 100, NOW, up('Min'), []), 0, 'what is absent is not limited');
});
