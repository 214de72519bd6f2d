import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { HeadroomError, type ErrorCode } from '../errors/index.ts';
import type { ScaleTarget, TargetChange, TargetSetting, TargetState } from '../scaling/index.ts';

/** What a target's other side can be made to do until it is healed. */
export type TargetFault =
  /** Answers with what no such server says: other types, half a document, a page of HTML. */
  | 'garbage'
  | 'failing'
  | 'forbidden'
  /** What Headroom proves itself with is no longer believed. */
  | 'expired'
  /** Says that the change is not valid; reads work. */
  | 'invalid'
  | 'throttled'
  /** Takes what it is sent and never answers. */
  | 'slow'
  | 'gone'
  | 'unreachable'
  /** Says that it did what it was asked for, and does nothing; reads work. */
  | 'forgetful'
  /** Does what it is asked for and cuts the connection before it says so. */
  | 'cut';

/** The other side of a target, as the exam sees and moves it: never through the target under examination. */
export interface TargetWorld {
  /** Every part of it that a preview speaks of, by its path in the target's own words. */
  fields(): Promise<Readonly<Record<string, string | number | boolean | null>>>;
  /** All of it that should be as before once everything was given back: no versions, no times. */
  whole(): Promise<unknown>;
  /** How many changes took effect so far, whoever made them. */
  writes(): Promise<number>;
  /** Somebody else changes something that is none of Headroom's, so that the version changes. */
  touch(): Promise<void>;
  /** Somebody sets the floor by hand. */
  setByHand(floor: number): Promise<void>;
  fail(fault: TargetFault): Promise<void>;
  heal(): Promise<void>;
}

/** One target on a world of its own, which nobody has touched. */
export interface TargetSubject {
  /** A target as a new process makes it. `timeoutSeconds` is how long it waits for an answer; default long. */
  readonly open: (options?: { readonly timeoutSeconds?: number }) => Promise<ScaleTarget>;
  readonly original: TargetSetting;
  /** Absent where there is none; at least three above the original floor. */
  readonly ceiling?: number;
  /** Nothing else scales it, so that it may be set below what its owner had set. */
  readonly isSoleOwner?: true;
  readonly world: TargetWorld;
  /** What must never be seen in a message; at least what Headroom proves itself with. */
  readonly secrets: readonly string[];
  readonly dispose: () => Promise<void>;
}

/** What an implementation may be let off. */
export type TargetQuestion =
  /** It cannot be asked what it is set to: `read` tells what this process asked of it last. */
  | 'reading'
  /** A new process finds what an earlier one left. */
  | 'new process'
  /** It has versions, so that a change decided on another one is refused. */
  | 'versions'
  /** Two processes at once. */
  | 'concurrency'
  | 'set by hand'
  /** Giving back leaves nothing of Headroom's behind. */
  | 'leaving nothing'
  /** What waits for an answer ends when it is told to. */
  | 'abort'
  | TargetFault;

/** Questions that an implementation is let off, each with its reason. */
export type TargetExceptions = Readonly<Partial<Record<TargetQuestion, string>>>;

const never = new AbortController().signal;

const HOLD_UNTIL = 1_790_000_000;

/** What each fault is told as. None of them acts: the same action, once healed, is the first to. */
const FAULT_CODES = {
  garbage: 'TARGET_FAILED',
  failing: 'TARGET_FAILED',
  forbidden: 'TARGET_FORBIDDEN',
  expired: 'TARGET_FORBIDDEN',
  invalid: 'TARGET_REFUSED',
  throttled: 'TARGET_THROTTLED',
  slow: 'TARGET_TIMEOUT',
  gone: 'TARGET_GONE',
  unreachable: 'TARGET_UNREACHABLE',
} as const satisfies Readonly<Partial<Record<TargetFault, ErrorCode>>>;

const WRITE_FAULTS: ReadonlySet<TargetFault> = new Set(['invalid']);

/** The exam that every ScaleTarget sits. */
export function targetExam(
  name: string,
  setUp: () => Promise<TargetSubject>,
  exceptions: TargetExceptions = {},
  skip: string | false = false
): void {
  const examine = async (ask: (subject: TargetSubject, target: ScaleTarget) => Promise<void>) => {
    const subject = await setUp();
    try {
      const target = await subject.open();
      try {
        await ask(subject, target);
      } finally {
        await target.close();
      }
    } finally {
      await subject.dispose();
    }
  };
  const question = (
    title: string,
    needs: readonly TargetQuestion[],
    ask: (subject: TargetSubject, target: ScaleTarget) => Promise<void>
  ) => {
    const exception = needs.map((need) => exceptions[need]).find((reason) => reason !== undefined);
    test(title, { skip: skip === false ? (exception ?? false) : skip }, () => examine(ask));
  };

  describe(`${name} as a ScaleTarget: reading`, () => {
    question('tells what its owner set where Headroom holds nothing', [], async ({ original, ceiling }, target) => {
      const state = await target.read(never);
      assert.deepEqual(state.setting, original);
      assert.deepEqual(state.original, original);
      assert.equal(state.isHeld, false);
      assert.equal(state.ceiling, ceiling);
      assert.equal(state.mark, undefined);
      assert.equal(state.holdUntilSeconds, undefined);
      assert.deepEqual(state.conflicts, []);
    });

    question('changes nothing, and tells the same twice', [], async ({ world }, target) => {
      const before = await world.whole();
      assert.deepEqual(await target.read(never), await target.read(never));
      assert.deepEqual(await world.whole(), before);
      assert.equal(await world.writes(), 0);
    });
  });

  describe(`${name} as a ScaleTarget: preview`, () => {
    question('changes nothing, and is what apply then does', [], async (subject, target) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anySetting(subject), { minLength: 1, maxLength: 3 }),
          fc.boolean(),
          async (settings, isGivenBackLast) => {
            const sets = [...settings, ...(isGivenBackLast ? (['original'] as const) : [])];
            for (const [index, set] of sets.entries()) {
              const change = changeOf({ action: `preview-${index}`, set });
              const [fields, whole, writes] = await observe(subject);
              const preview = await target.preview(change, never);
              assert.deepEqual(await observe(subject), [fields, whole, writes]);
              await target.apply(change, never);
              const after = await subject.world.fields();
              assert.deepEqual(
                Object.fromEntries(preview.differences.map(({ path, before, after: to }) => [path, [before, to]])),
                differencesOf(fields, after)
              );
              assert.equal(new Set(preview.differences.map(({ path }) => path)).size, preview.differences.length);
            }
            await giveBack(target);
          }
        ),
        { numRuns: 12 }
      );
    });

    question('tells no difference where nothing would change', [], async (subject, target) => {
      const set = { floor: subject.original.floor + 2 };
      await target.apply(changeOf({ action: 'a', set }), never);
      assert.deepEqual((await target.preview(changeOf({ action: 'b', set }), never)).differences, []);
      await giveBack(target);
      assert.deepEqual((await target.preview(changeOf({ action: 'c', set: 'original' }), never)).differences, []);
    });

    question('refuses what apply refuses, in the same words', [], async (subject, target) => {
      await target.apply(changeOf({ action: 'held', fence: 9, set: { floor: subject.original.floor + 1 } }), never);
      for (const change of refused(subject)) {
        const previewed = await rejection(target.preview(change, never));
        const applied = await rejection(target.apply(change, never));
        assert.equal(previewed.code, applied.code, inspect(change));
        assert.equal(previewed.message, applied.message, inspect(change));
      }
    });
  });

  describe(`${name} as a ScaleTarget: applying`, () => {
    question('sets what is asked for, keeps the original, and bears the mark', [], async (subject, target) => {
      await fc.assert(
        fc.asyncProperty(fc.array(anySetting(subject), { minLength: 1, maxLength: 4 }), async (settings) => {
          for (const [index, set] of settings.entries()) {
            await target.apply(changeOf({ action: `set-${index}`, fence: 5 + index, set }), never);
            const state = await target.read(never);
            assert.deepEqual(state.setting, { ...subject.original, ...set });
            assert.deepEqual(state.original, subject.original);
            assert.equal(state.isHeld, true);
            assert.deepEqual(state.mark, { action: `set-${index}`, fence: 5 + index });
            assert.equal(state.holdUntilSeconds, HOLD_UNTIL);
            assert.deepEqual(state.conflicts, []);
          }
          await target.apply(changeOf({ action: 'end', fence: 99, set: 'original' }), never);
          assert.equal((await target.read(never)).isHeld, false);
        }),
        { numRuns: 12 }
      );
    });

    question('of the same action twice acts once, whatever version it expects', [], async (subject, target) => {
      const { version } = await target.read(never);
      const change = changeOf({
        action: 'once',
        set: { floor: subject.original.floor + 2 },
        ...(version === undefined ? {} : { expectedVersion: version }),
      });
      await target.apply(change, never);
      const before = await observe(subject);
      await target.apply(change, never);
      await target.apply({ ...change, set: { floor: subject.original.floor + 1 } }, never);
      assert.deepEqual((await target.preview(change, never)).differences, []);
      assert.deepEqual(await observe(subject), before);
    });

    question('of the same action by a new process acts once', ['new process'], async (subject, target) => {
      const change = changeOf({ action: 'once', set: { floor: subject.original.floor + 2 } });
      await target.apply(change, never);
      const before = await observe(subject);
      await withTarget(subject, {}, (next) => next.apply(change, never));
      assert.deepEqual(await observe(subject), before);
    });

    question('under a lower fence is refused and changes nothing', [], async (subject, target) => {
      await target.apply(changeOf({ action: 'a', fence: 7, set: { floor: subject.original.floor + 2 } }), never);
      const before = await observe(subject);
      for (const set of [{ floor: subject.original.floor + 3 }, 'original'] as const) {
        const error = await rejection(target.apply(changeOf({ action: 'late', fence: 6, set }), never));
        assert.equal(error.code, 'TARGET_FENCED');
      }
      assert.deepEqual(await observe(subject), before);
      for (const [index, fence] of [7, 8].entries()) {
        await target.apply(changeOf({ action: `next-${index}`, fence, set: { floor: subject.original.floor } }), never);
      }
    });

    question('on another version is refused and changes nothing', ['versions'], async (subject, target) => {
      const { version } = await target.read(never);
      assert.ok(version !== undefined);
      await subject.world.touch();
      const before = await observe(subject);
      for (const set of [{ floor: subject.original.floor + 1 }, { floor: subject.original.floor }] as const) {
        const change = changeOf({ action: 'stale', set, expectedVersion: version });
        assert.equal((await rejection(target.apply(change, never))).code, 'TARGET_CONFLICT');
      }
      assert.deepEqual(await observe(subject), before);
      const now = await target.read(never);
      assert.notEqual(now.version, version);
      await target.apply(
        changeOf({ action: 'fresh', set: { floor: subject.original.floor + 1 }, expectedVersion: now.version! }),
        never
      );
      assert.notEqual((await target.read(never)).version, now.version);
    });

    question('of what may not be is refused and changes nothing', [], async (subject, target) => {
      await target.apply(changeOf({ action: 'held', fence: 9, set: { floor: subject.original.floor + 1 } }), never);
      const before = await observe(subject);
      for (const change of refused(subject)) {
        const error = await rejection(target.apply(change, never));
        assert.equal(error.code, change.fence < 9 ? 'TARGET_FENCED' : 'TARGET_REFUSED', inspect(change));
      }
      assert.deepEqual(await observe(subject), before);
    });

    question('never loses the original, whatever comes after what', ['new process'], async (subject) => {
      const steps = fc.array(
        fc.oneof(
          fc.record({ kind: fc.constant('set' as const), set: anySetting(subject) }),
          fc.record({ kind: fc.constantFrom('give back', 'new process', 'read', 'touch', 'repeat') })
        ),
        { maxLength: 12 }
      );
      await fc.assert(
        fc.asyncProperty(steps, async (list) => {
          let target = await subject.open();
          let count = 0;
          let last: TargetChange | undefined;
          try {
            for (const step of list) {
              if (step.kind === 'set' && 'set' in step) {
                last = changeOf({ action: `step-${count++}`, set: step.set });
                await target.apply(last, never);
              } else if (step.kind === 'give back') {
                await giveBack(target);
                last = undefined;
              } else if (step.kind === 'new process') {
                await target.close();
                target = await subject.open();
              } else if (step.kind === 'touch') {
                await subject.world.touch();
              } else if (step.kind === 'repeat' && last !== undefined) {
                await target.apply(last, never);
              }
              const state = await target.read(never);
              assert.deepEqual(state.original, subject.original);
              assert.equal(state.isHeld, last !== undefined);
              const set = last?.set;
              assert.deepEqual(state.setting, { ...subject.original, ...(typeof set === 'object' ? set : {}) });
            }
            await giveBack(target);
          } finally {
            await target.close();
          }
        }),
        { numRuns: 12 }
      );
    });
  });

  describe(`${name} as a ScaleTarget: giving back`, () => {
    question('leaves nothing of ours behind', ['leaving nothing'], async (subject, target) => {
      const before = await subject.world.whole();
      await fc.assert(
        fc.asyncProperty(fc.array(anySetting(subject), { minLength: 1, maxLength: 3 }), async (settings) => {
          for (const [index, set] of settings.entries()) {
            await target.apply(changeOf({ action: `set-${index}`, set }), never);
          }
          await giveBack(target);
          assert.deepEqual(await subject.world.whole(), before);
          const { mark, isHeld, holdUntilSeconds } = await target.read(never);
          assert.deepEqual(
            { mark, isHeld, holdUntilSeconds },
            { mark: undefined, isHeld: false, holdUntilSeconds: undefined }
          );
        }),
        { numRuns: 8 }
      );
    });

    question('what is not held changes nothing, and so does doing it again', [], async (subject, target) => {
      await giveBack(target);
      assert.equal(await subject.world.writes(), 0);
      await target.apply(changeOf({ action: 'a', set: { floor: subject.original.floor + 1 } }), never);
      await giveBack(target);
      const before = await observe(subject);
      await giveBack(target);
      assert.deepEqual(await observe(subject), before);
    });

    question('is what a new process can do', ['new process'], async (subject, target) => {
      const before = await subject.world.whole();
      await target.apply(changeOf({ action: 'a', set: { floor: subject.original.floor + 2 } }), never);
      await withTarget(subject, {}, giveBack);
      assert.deepEqual(await subject.world.whole(), before);
    });
  });

  describe(`${name} as a ScaleTarget: others`, () => {
    question(
      'who raise the floor by hand above ours are believed, and told of',
      ['set by hand'],
      async (subject, target) => {
        const hand = subject.original.floor + 3;
        await target.apply(changeOf({ action: 'a', set: { floor: subject.original.floor + 1 } }), never);
        await subject.world.setByHand(hand);
        const state = await target.read(never);
        assert.equal(state.setting.floor, hand);
        assert.equal(state.original.floor, hand);
        assert.notDeepEqual(state.conflicts, []);
        if (subject.isSoleOwner !== true) {
          const below = changeOf({ action: 'b', set: { floor: hand - 1 } });
          assert.equal((await rejection(target.apply(below, never))).code, 'TARGET_REFUSED');
        }
        await giveBack(target);
        const after = await target.read(never);
        assert.deepEqual([after.isHeld, after.setting.floor], [false, hand]);
      }
    );

    question(
      'who set it back below ours are told of, and never lose what they ask for',
      ['set by hand'],
      async (subject, target) => {
        await target.apply(changeOf({ action: 'a', set: { floor: subject.original.floor + 3 } }), never);
        await subject.world.setByHand(subject.original.floor + 1);
        const state = await target.read(never);
        assert.equal(state.setting.floor, subject.original.floor + 1);
        assert.equal(state.original.floor, subject.original.floor + 1);
        assert.notDeepEqual(state.conflicts, []);
        await target.apply(changeOf({ action: 'b', set: { floor: subject.original.floor + 3 } }), never);
        assert.deepEqual((await target.read(never)).original, state.original);
        await giveBack(target);
        assert.deepEqual((await target.read(never)).setting, state.original);
      }
    );

    question(
      'of the same kind at once: the original stands, and the higher fence wins',
      ['new process', 'concurrency'],
      async (subject, first) => {
        for (let round = 0; round < 6; round++) {
          await withTarget(subject, {}, async (second) => {
            const low = changeOf({
              action: `low-${round}`,
              fence: 20 + 2 * round,
              set: { floor: subject.original.floor + 1 },
            });
            const high = changeOf({
              action: `high-${round}`,
              fence: 21 + 2 * round,
              set: { floor: subject.original.floor + 2 },
            });
            const [, won] = await Promise.allSettled([first.apply(low, never), second.apply(high, never)]);
            const state: TargetState = await first.read(never);
            assert.deepEqual(state.original, subject.original);
            assert.equal(state.setting.floor, subject.original.floor + (state.mark?.action === high.action ? 2 : 1));
            if (won.status === 'fulfilled') {
              assert.equal(state.mark?.action, high.action);
            } else {
              assert.equal((won.reason as HeadroomError).code, 'TARGET_CONFLICT');
            }
          });
        }
      }
    );

    question(
      'who decided on the same version: one of them acts',
      ['new process', 'concurrency', 'versions'],
      async (subject, first) => {
        await withTarget(subject, {}, async (second) => {
          const { version } = await first.read(never);
          const outcomes = await Promise.allSettled(
            [first, second].map((target, index) =>
              target.apply(
                changeOf({
                  action: `one-${index}`,
                  set: { floor: subject.original.floor + 1 + index },
                  expectedVersion: version!,
                }),
                never
              )
            )
          );
          assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
          const lost = outcomes.find((outcome) => outcome.status === 'rejected');
          assert.equal((lost?.reason as HeadroomError).code, 'TARGET_CONFLICT');
          assert.equal(await subject.world.writes(), 1);
        });
      }
    );
  });

  describe(`${name} as a ScaleTarget: faults`, () => {
    for (const [fault, code] of Object.entries(FAULT_CODES) as ReadonlyArray<[keyof typeof FAULT_CODES, ErrorCode]>) {
      question(
        `a world that is ${fault} is ${code}, and the change is made once when it is healed`,
        [fault],
        async (subject, target) => {
          const change = changeOf({ action: 'through', set: { floor: subject.original.floor + 1 } });
          await withTarget(subject, fault === 'slow' ? { timeoutSeconds: 0.1 } : {}, async (impatient) => {
            await subject.world.fail(fault);
            if (target.ability.reads && !WRITE_FAULTS.has(fault)) {
              assertCoded(await rejection(impatient.read(never)), code, subject);
            }
            assertCoded(await rejection(impatient.apply(change, never)), code, subject);
            await subject.world.heal();
          });
          await target.apply(change, never);
          assert.equal(await subject.world.writes(), 1);
          assert.equal((await target.read(never)).mark?.action, 'through');
        }
      );
    }

    question(
      'a world that forgets what it said it did is found out',
      ['forgetful', 'reading'],
      async (subject, target) => {
        const change = changeOf({ action: 'forgotten', set: { floor: subject.original.floor + 1 } });
        await subject.world.fail('forgetful');
        const failed = await target.apply(change, never).then(
          () => undefined,
          (error: unknown) => error
        );
        await subject.world.heal();
        if (failed !== undefined) {
          assertCoded(failed as HeadroomError, 'TARGET_FAILED', subject);
        }
        const state = await target.read(never);
        assert.deepEqual([state.setting, state.isHeld], [subject.original, false]);
        await target.apply(change, never);
        assert.equal((await target.read(never)).mark?.action, 'forgotten');
      }
    );

    question('a connection cut after the act: the same action again acts no more', ['cut'], async (subject, target) => {
      const change = changeOf({ action: 'cut', set: { floor: subject.original.floor + 1 } });
      await subject.world.fail('cut');
      const error = await rejection(target.apply(change, never));
      assert.ok(['TARGET_UNREACHABLE', 'TARGET_FAILED', 'TARGET_TIMEOUT'].includes(error.code), error.code);
      assertCoded(error, error.code, subject);
      await subject.world.heal();
      assert.equal(await subject.world.writes(), 1);
      await target.apply(change, never);
      assert.equal(await subject.world.writes(), 1);
      assert.deepEqual((await target.read(never)).setting, { ...subject.original, floor: subject.original.floor + 1 });
    });

    question('an abort ends what waits, with its own reason', ['abort', 'slow'], async (subject, target) => {
      await subject.world.fail('slow');
      const change = changeOf({ action: 'aborted', set: { floor: subject.original.floor + 1 } });
      const reason = new Error('stopped by the exam');
      const waits: ReadonlyArray<(signal: AbortSignal) => Promise<unknown>> = [
        ...(target.ability.reads ? [(signal: AbortSignal) => target.read(signal)] : []),
        (signal) => target.apply(change, signal),
      ];
      for (const wait of waits) {
        const controller = new AbortController();
        const waiting = wait(controller.signal);
        setImmediate(() => {
          controller.abort(reason);
        });
        await assert.rejects(waiting, (error) => error === reason);
        await assert.rejects(wait(AbortSignal.abort(reason)), (error) => error === reason);
      }
      await subject.world.heal();
    });
  });
}

function changeOf(more: Partial<TargetChange> & Pick<TargetChange, 'action' | 'set'>): TargetChange {
  return { fence: 1, holdUntilSeconds: HOLD_UNTIL, reason: 'the exam asks for it', ...more };
}

async function giveBack(target: ScaleTarget): Promise<void> {
  await target.apply(changeOf({ action: 'give-back', fence: 1000, set: 'original' }), never);
}

async function withTarget(
  subject: TargetSubject,
  options: { readonly timeoutSeconds?: number },
  use: (target: ScaleTarget) => Promise<void>
): Promise<void> {
  const target = await subject.open(options);
  try {
    await use(target);
  } finally {
    await target.close();
  }
}

/** Floors within the owner's bounds, and whole percents of utilisation where the target has such a thing. */
function anySetting({ original, ceiling }: TargetSubject): fc.Arbitrary<TargetSetting> {
  const floor = fc.integer({ min: original.floor, max: ceiling ?? original.floor + 20 });
  if (original.utilization === undefined) {
    return floor.map((value) => ({ floor: value }));
  }
  const utilization = fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100);
  return fc.oneof(
    floor.map((value) => ({ floor: value })),
    fc.record({ floor, utilization })
  );
}

/** Changes that no target may make: below the owner's floor where something else scales, above the ceiling, no number, a lower fence than 9. */
function refused({ original, ceiling, isSoleOwner }: TargetSubject): TargetChange[] {
  const floors = [
    ...(isSoleOwner === true ? [] : [original.floor - 1]),
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    original.floor + 0.5,
  ];
  const utilizations = original.utilization !== undefined ? [0, -0.5, Number.NaN, 2.01] : [0.9];
  const sets: TargetSetting[] = [
    ...floors.map((floor) => ({ floor })),
    ...(ceiling === undefined ? [] : [{ floor: ceiling + 1 }]),
    ...utilizations.map((utilization) => ({ floor: original.floor, utilization })),
  ];
  return [
    ...sets.map((set, index) => changeOf({ action: `refused-${index}`, fence: 9, set })),
    changeOf({ action: 'fenced', fence: 8, set: { floor: original.floor + 2 } }),
  ];
}

async function observe({ world }: TargetSubject): Promise<[unknown, unknown, number]> {
  return [await world.fields(), await world.whole(), await world.writes()];
}

type Fields = Readonly<Record<string, string | number | boolean | null>>;

function differencesOf(before: unknown, after: Fields): Record<string, readonly [unknown, unknown]> {
  const was = before as Fields;
  return Object.fromEntries(
    [...new Set([...Object.keys(was), ...Object.keys(after)])]
      .map((path) => [path, [was[path] ?? null, after[path] ?? null]] as const)
      .filter(([, [from, to]]) => from !== to)
  );
}

async function rejection(work: Promise<unknown>): Promise<HeadroomError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason
  );
  assert.ok(error instanceof HeadroomError, `expected a coded error, got ${inspect(error)}`);
  return error;
}

function assertCoded(error: HeadroomError, code: ErrorCode, { secrets }: TargetSubject): void {
  assert.equal(error.code, code, error.message);
  const shown = `${error.message} ${error.action} ${JSON.stringify(error.details)} ${inspect(error, { depth: 5 })}`;
  for (const secret of secrets) {
    assert.ok(!shown.includes(secret), 'a message bears a secret');
  }
}
