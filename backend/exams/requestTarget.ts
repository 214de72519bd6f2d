import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { HeadroomError } from '../errors/index.ts';
import type { RequestChange, RequestSetting, RequestTarget } from '../scaling/index.ts';
import type { TargetFault } from './target.ts';

const never = new AbortController().signal;

/** A target under examination: what its owner set is 0.5 cores and 512 MiB, the limit of memory is 1 GiB. */
export interface RequestSubject {
  readonly open: () => RequestTarget;
  /** Everything that there is, but for what a server counts. */
  readonly whole: () => Promise<unknown>;
  /** What each replica requests. */
  readonly live: () => Promise<readonly RequestSetting[]>;
  readonly writes: () => number;
  /** A replica more, as its owner's template has it. */
  readonly addReplica: () => Promise<void>;
  /** Whether a replica that comes later has what is held by itself. */
  readonly isInherited: boolean;
  readonly fail: (fault: TargetFault) => void;
  readonly heal: () => void;
  readonly secrets: readonly string[];
  readonly dispose: () => Promise<void>;
}

const MIB = 2 ** 20;
export const OWNERS: RequestSetting = { cpu: 0.5, memory: 512 * MIB };

/** The law of `RequestTarget`, asked of an implementation. */
export function requestTargetExam(
  name: string,
  make: () => Promise<RequestSubject>,
  skip: string | false = false
): void {
  describe(`${name} as a RequestTarget`, { skip }, () => {
    let subject: RequestSubject;
    let target: RequestTarget;
    beforeEach(async () => {
      subject = await make();
      target = subject.open();
    });
    afterEach(async () => {
      await target.close();
      await subject.dispose();
    });

    test('tells what its owner set, and holds nothing at first', async () => {
      const { setting, original, isHeld, limits, replicas } = await target.read(never);
      assert.deepEqual([setting, original, isHeld], [OWNERS, OWNERS, false]);
      assert.equal(limits.memory, 1024 * MIB);
      assert.deepEqual(replicas, { total: 3, behind: 0, refused: [] });
    });

    test('a preview changes nothing, and tells each field that would change and no other', async () => {
      const before = await subject.whole();
      const { differences, dryRun } = await target.preview(change({ set: { cpu: 0.75 } }), never);
      assert.deepEqual(await subject.whole(), before);
      assert.equal(subject.writes(), 0);
      assert.equal(dryRun.kind, 'accepted');
      assert.ok(differences.length > 0);
      for (const { path, before: was, after } of differences) {
        assert.match(path, /resources\.requests\.cpu$/);
        assert.deepEqual([was, after], ['500m', '750m']);
      }
    });

    test('holds what is asked for, verified by a new process, and gives back without a trace', async () => {
      const before = await subject.whole();
      await target.apply(change({ set: { cpu: 0.75, memory: 700 * MIB } }), never);
      const other = subject.open();
      const { setting, original, isHeld, mark, replicas } = await other.read(never);
      assert.deepEqual([setting, original, isHeld], [{ cpu: 0.75, memory: 700 * MIB }, OWNERS, true]);
      assert.deepEqual(mark, { action: 'a', fence: 3 });
      assert.equal(replicas.behind, 0);
      await other.apply(change({ action: 'b', set: { cpu: 0.6 } }), never);
      assert.deepEqual((await target.read(never)).setting, { cpu: 0.6, memory: 700 * MIB }, 'the rest as it stands');
      await other.apply(change({ action: 'back', set: 'original' }), never);
      await other.close();
      assert.deepEqual(await subject.whole(), before);
      assert.deepEqual((await target.read(never)).setting, OWNERS);
    });

    test('the same action acts once, and makes up for a replica that came later', async () => {
      const asked = change({ set: { cpu: 0.75 } });
      await target.apply(asked, never);
      const writes = subject.writes();
      await target.apply(asked, never);
      assert.equal(subject.writes(), writes);
      await subject.addReplica();
      const { replicas } = await target.read(never);
      assert.equal(replicas.behind, subject.isInherited ? 0 : 1);
      await target.apply(asked, never);
      assert.equal((await target.read(never)).replicas.behind, 0);
    });

    test('refuses a lower fence, another version, and what no replica may have; nothing is changed', async () => {
      await target.apply(change({ set: { cpu: 0.75 }, fence: 9 }), never);
      const before = await subject.whole();
      const refused: ReadonlyArray<readonly [Partial<RequestChange>, string]> = [
        [{ fence: 8 }, 'TARGET_FENCED'],
        [{ fence: 8, set: 'original' }, 'TARGET_FENCED'],
        [{ expectedVersion: 'another' }, 'TARGET_CONFLICT'],
        [{ set: { memory: 1025 * MIB } }, 'TARGET_REFUSED'],
        [{ set: { cpu: 0 } }, 'TARGET_REFUSED'],
        [{ set: { cpu: -1 } }, 'TARGET_REFUSED'],
        [{ set: { cpu: Number.NaN } }, 'TARGET_REFUSED'],
        [{ set: { cpu: Number.POSITIVE_INFINITY } }, 'TARGET_REFUSED'],
        [{ action: 'with space' }, 'TARGET_REFUSED'],
      ];
      for (const [part, code] of refused) {
        const asked = change({ action: 'b', fence: 9, set: { cpu: 0.8 }, ...part });
        await assert.rejects(target.apply(asked, never), { code });
        await assert.rejects(target.preview(asked, never), { code });
      }
      assert.deepEqual(await subject.whole(), before);
    });

    test('of two that decided on the same version, one acts', async () => {
      const { version } = await target.read(never);
      const other = subject.open();
      const ends = await Promise.allSettled([
        target.apply(change({ action: 'one', set: { cpu: 0.7 }, expectedVersion: version }), never),
        other.apply(change({ action: 'two', set: { cpu: 0.9 }, expectedVersion: version }), never),
      ]);
      await other.close();
      assert.deepEqual(ends.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      const cpus = new Set((await subject.live()).map(({ cpu }) => cpu));
      assert.equal(cpus.size, 1);
    });

    for (const [fault, code] of [
      ['unreachable', 'TARGET_UNREACHABLE'],
      ['forbidden', 'TARGET_FORBIDDEN'],
      ['invalid', 'TARGET_REFUSED'],
      ['throttled', 'TARGET_THROTTLED'],
      ['failing', 'TARGET_FAILED'],
      ['gone', 'TARGET_GONE'],
      ['cut', 'TARGET_UNREACHABLE'],
    ] as const) {
      test(`a world that is ${fault} is ${code}, and the change is made when it is healed`, async () => {
        const asked = change({ set: { cpu: 0.75 } });
        subject.fail(fault);
        const error: unknown = await target.apply(asked, never).then(
          () => undefined,
          (reason: unknown) => reason
        );
        assert.ok(error instanceof HeadroomError, String(error));
        assert.equal(error.code, code);
        assert.ok(
          subject.secrets.every((secret) => !`${error.message} ${JSON.stringify(error.details)}`.includes(secret))
        );
        subject.heal();
        await target.apply(asked, never);
        const { setting, mark, replicas } = await target.read(never);
        assert.deepEqual([setting, mark?.action, replicas.behind], [{ ...OWNERS, cpu: 0.75 }, 'a', 0]);
      });
    }

    test('a world that forgets what it said it did is found out', async () => {
      subject.fail('forgetful');
      await target.apply(change({ set: { cpu: 0.75 } }), never).catch((error: unknown) => {
        assert.equal((error as HeadroomError).code, 'TARGET_FAILED');
      });
      subject.heal();
      const { setting, isHeld } = await target.read(never);
      assert.deepEqual([setting, isHeld], [OWNERS, false]);
    });
  });
}

function change(more: Partial<RequestChange> & Pick<RequestChange, 'set'>): RequestChange {
  return { action: 'a', fence: 3, reason: 'the exam asks for it', ...more };
}
