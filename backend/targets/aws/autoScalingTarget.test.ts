import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { targetExam } from '../../exams/target.ts';
import type { ScaleTarget } from '../../scaling/index.ts';
import { autoScalingWorld, type AutoScalingWorld } from './autoScaling.fixture.ts';

const { signal } = new AbortController();
const CHANGE = { action: 'a-1', fence: 3, set: { floor: 7 }, holdUntilSeconds: 1_700_003_600, reason: 'a sale' };

targetExam('an EC2 Auto Scaling group', autoScalingWorld, {
  concurrency: 'AWS takes no precondition: of two that write at once the lease of one of them must stop it',
});

async function inAws(use: (world: AutoScalingWorld, target: ScaleTarget) => Promise<void>): Promise<void> {
  const world = await autoScalingWorld();
  const target = await world.open();
  try {
    await use(world, target);
  } finally {
    await target.close();
    await world.dispose();
  }
}

describe('an EC2 Auto Scaling group', () => {
  test('is raised by AWS a minute later, and given back by AWS when the hold ends, with nobody there', () =>
    inAws(async ({ group, scheduled, pass }, target) => {
      await target.apply(CHANGE, signal);
      assert.equal(group.min, 2);
      pass(61);
      assert.equal(group.min, 7);
      assert.equal((await target.read(signal)).isHeld, true);
      pass(3600);
      assert.deepEqual([group.min, scheduled.size], [2, 0]);
      assert.equal((await target.read(signal)).isHeld, false);
    }));

  test('keeps one pair of actions however often the hold is renewed, at the same end too', () =>
    inAws(async ({ scheduled, pass, group }, target) => {
      for (let index = 0; index < 5; index++) {
        await target.apply({ ...CHANGE, action: `a-${index}`, set: { floor: 5 + index } }, signal);
        assert.equal(scheduled.size, 2);
        pass(index % 2 === 0 ? 90 : 10);
      }
      pass(120);
      assert.equal(group.min, 9);
      assert.deepEqual((await target.read(signal)).original, { floor: 2 });
    }));

  test('raised is given back at once, and what was still to come never comes', () =>
    inAws(async ({ group, scheduled, pass }, target) => {
      for (const wait of [0, 90]) {
        await target.apply({ ...CHANGE, action: `up-${wait}` }, signal);
        pass(wait);
        await target.apply({ ...CHANGE, action: `down-${wait}`, set: 'original' }, signal);
        pass(7200);
        assert.deepEqual([group.min, scheduled.size], [2, 0]);
      }
    }));

  test('of which an earlier process left a second pair is rid of it by the same action again', () =>
    inAws(async ({ scheduled }, target) => {
      await target.apply({ ...CHANGE, fence: 2, action: 'old' }, signal);
      const old = [...scheduled];
      await target.apply(CHANGE, signal);
      old.forEach(([name, action]) => scheduled.set(name, { ...action, atSeconds: action.atSeconds + 5 }));
      assert.equal((await target.read(signal)).mark?.action, 'a-1');
      await target.apply(CHANGE, signal);
      assert.equal(scheduled.size, 2);
    }));
});
