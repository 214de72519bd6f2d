import assert from 'node:assert/strict';
import { test } from 'node:test';
import { targetExam } from '../../exams/target.ts';
import { DryRunTarget } from './dryRunTarget.ts';

const PLACE = { workload: 'checkout', entry: { kind: 'dry-run' }, min: 2, max: 30 } as const;

const NO_WORLD = 'it has no other side: what it remembers is all there is';

targetExam(
  'a dry run',
  () => {
    let target: DryRunTarget | undefined;
    let writes = 0;
    const floor = async () => (await target?.read(new AbortController().signal))?.setting.floor ?? PLACE.min;
    return Promise.resolve({
      open: () => {
        target = new DryRunTarget(PLACE, { log: () => writes++ });
        return Promise.resolve(target);
      },
      original: { floor: PLACE.min },
      ceiling: PLACE.max,
      world: {
        fields: async () => ({ floor: await floor() }),
        whole: floor,
        writes: () => Promise.resolve(writes),
        touch: () => Promise.resolve(),
        setByHand: () => Promise.reject(new Error(NO_WORLD)),
        fail: () => Promise.reject(new Error(NO_WORLD)),
        heal: () => Promise.resolve(),
      },
      secrets: [],
      dispose: () => Promise.resolve(),
    });
  },
  {
    'new process': 'it keeps nothing beyond its process',
    versions: 'nobody else can change it',
    'set by hand': NO_WORLD,
    garbage: NO_WORLD,
    failing: NO_WORLD,
    forbidden: NO_WORLD,
    expired: NO_WORLD,
    invalid: NO_WORLD,
    throttled: NO_WORLD,
    slow: NO_WORLD,
    gone: NO_WORLD,
    unreachable: NO_WORLD,
    forgetful: NO_WORLD,
    cut: NO_WORLD,
  }
);

test('a dry run tells what it would do, once for each action, with the reason', async () => {
  const lines: string[] = [];
  const target = new DryRunTarget(PLACE, { log: (line) => lines.push(line) });
  const change = { action: 'a-1', fence: 1, set: { floor: 9 }, holdUntilSeconds: 1e9, reason: 'the sale begins' };
  const { signal } = new AbortController();
  await target.preview(change, signal);
  assert.deepEqual(lines, []);
  await target.apply(change, signal);
  await target.apply(change, signal);
  assert.deepEqual(lines, ['dry-run checkout would set its floor from 2 to 9 (hold, action a-1): the sale begins']);
});

test('a dry run refuses a change on another version than it has', async () => {
  const target = new DryRunTarget(PLACE, {});
  const { signal } = new AbortController();
  const { version } = await target.read(signal);
  const change = {
    action: 'a',
    fence: 1,
    set: { floor: 9 },
    holdUntilSeconds: 1e9,
    reason: '',
    expectedVersion: version!,
  };
  await target.apply(change, signal);
  await assert.rejects(target.apply({ ...change, action: 'b' }, signal), { code: 'TARGET_CONFLICT' });
});
