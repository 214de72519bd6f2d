import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import fc from 'fast-check';
import { createScheduler, nextTurnSeconds } from './index.ts';

describe('nextTurnSeconds', () => {
  it('comes once a step, after its end, at the same offset for the same name', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.constantFrom(10, 60, 300, 3600),
        fc.integer({ min: 1e9, max: 2e9 }),
        (name, stepSeconds, now) => {
          const next = nextTurnSeconds({ name, stepSeconds }, now);
          assert.ok(next > now && next <= now + stepSeconds);
          const after = nextTurnSeconds({ name, stepSeconds }, next);
          assert.ok(Math.abs(after - next - stepSeconds) < 1e-6);
          assert.ok(next % stepSeconds >= Math.min(15, stepSeconds * 0.1) - 1e-6);
        }
      )
    );
  });
});

describe('createScheduler', () => {
  it('turns what is new at once and what is dropped no more', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let now = 1000;
    const turned: string[] = [];
    const turn = mock.fn((name: string) => {
      turned.push(name);
      return Promise.resolve();
    });
    const scheduler = createScheduler(turn, () => now);
    scheduler.schedule([
      { name: 'a', stepSeconds: 60 },
      { name: 'b', stepSeconds: 60 },
    ]);
    assert.deepEqual(turned, ['a', 'b']);
    await Promise.resolve();
    scheduler.schedule([{ name: 'a', stepSeconds: 60 }]);
    now += 120;
    t.mock.timers.tick(120_000);
    assert.deepEqual(turned, ['a', 'b', 'a']);
    scheduler.schedule([{ name: 'a', stepSeconds: 60 }], ['a']);
    assert.deepEqual(turned, ['a', 'b', 'a', 'a'], 'a changed one has its turn at once');
    scheduler.stop();
    assert.equal(scheduler.nextSeconds(), undefined);
  });

  it('looks again before the next step where that is worth it, and never later than that step', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let now = 1000;
    const turned: number[] = [];
    const pauses = [15, 500, undefined];
    const scheduler = createScheduler(
      () => {
        turned.push(now);
        return Promise.resolve();
      },
      () => now,
      () => pauses[turned.length - 1]
    );
    scheduler.schedule([{ name: 'a', stepSeconds: 60 }]);
    await Promise.resolve();
    const regular = nextTurnSeconds({ name: 'a', stepSeconds: 60 }, 1015);
    assert.equal(scheduler.nextSeconds(), Math.min(1015, nextTurnSeconds({ name: 'a', stepSeconds: 60 }, 1000)));
    now = 1015;
    t.mock.timers.tick(15_000);
    await Promise.resolve();
    assert.equal(scheduler.nextSeconds(), regular);
    scheduler.stop();
  });
});
