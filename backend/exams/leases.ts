import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Lease, LeaseAsk, Storage } from '../storage/index.ts';
import type { StorageExceptions, StorageSubject } from './storage.ts';

type Examine = (ask: (storage: Storage, subject: StorageSubject) => Promise<void>) => Promise<void>;

const T0 = 1_790_000_100;
const TTL = 15;

/** The part of a storage's exam that is about leases. */
export function leaseExam(name: string, examine: Examine, exceptions: StorageExceptions): void {
  describe(`${name} as a Storage: leases`, () => {
    test('are given, prolonged, taken over and given back as a model of them says, whatever is asked', () =>
      examine(async (storage) => {
        let runs = 0;
        await fc.assert(
          fc.asyncProperty(anyAsks(), async (asks) => {
            const run = ++runs;
            const model = new Map<string, ModelLease>();
            let nowSeconds = T0;
            for (const { kind, leaseName, holder, gapSeconds, ttlSeconds, age } of asks) {
              nowSeconds += gapSeconds;
              const lease = `${run}/${leaseName}`;
              const ask = { name: lease, holder, nowSeconds, ttlSeconds };
              const token = (model.get(lease)?.token ?? 0) - age;
              switch (kind) {
                case 'acquire':
                  assert.deepEqual(await storage.acquireLease(ask), acquireOf(model, ask));
                  break;
                case 'renew':
                  assert.deepEqual(await storage.renewLease({ ...ask, token }), renewOf(model, ask, token));
                  break;
                case 'release':
                  await storage.releaseLease({ name: lease, holder, token });
                  releaseOf(model, lease, holder, token);
              }
            }
          }),
          { numRuns: 60 }
        );
      }));

    test('are held by exactly one of all who ask at the same instant, whose token is above the former ones', () =>
      examine(async (storage) => {
        const holders = Array.from({ length: 20 }, (_, index) => `sidecar-${index}`);
        for (let round = 1; round <= 5; round++) {
          const nowSeconds = T0 + (round - 1) * TTL;
          const answers = await Promise.all(
            holders.map((holder) => storage.acquireLease({ name: 'actor', holder, nowSeconds, ttlSeconds: TTL }))
          );
          const winner = holders[answers.findIndex(({ held }) => held)];
          const expiresSeconds = nowSeconds + TTL;
          for (const [index, answer] of answers.entries()) {
            assert.deepEqual(
              answer,
              holders[index] === winner
                ? { held: true, token: round, expiresSeconds }
                : { held: false, holder: winner, expiresSeconds }
            );
          }
        }
      }));

    test('are lost by the former holder once another took over, which its token tells', () =>
      examine(async (storage) => {
        const old = { name: 'actor', holder: 'old' };
        const first = await storage.acquireLease({ ...old, nowSeconds: T0, ttlSeconds: TTL });
        const second = await storage.acquireLease({
          name: 'actor',
          holder: 'new',
          nowSeconds: T0 + TTL,
          ttlSeconds: TTL,
        });
        assert.ok(first.held && second.held && second.token > first.token);
        // It was asleep, and wakes with a clock that stood still.
        const late = { ...old, token: first.token, nowSeconds: T0 + 1, ttlSeconds: TTL };
        const lost = { held: false, holder: 'new', expiresSeconds: second.expiresSeconds };
        assert.deepEqual(await storage.renewLease(late), lost);
        await storage.releaseLease(late);
        await storage.releaseLease({ ...late, token: second.token });
        await storage.releaseLease({ ...late, holder: 'new' });
        assert.deepEqual(await storage.acquireLease({ ...late }), lost);
      }));

    test('of a holder that starts anew go to the new one, and the old one is told', () =>
      examine(async (storage) => {
        const ask = { name: 'actor', holder: 'h', nowSeconds: T0, ttlSeconds: TTL };
        assert.deepEqual(await storage.acquireLease(ask), { held: true, token: 1, expiresSeconds: T0 + TTL });
        assert.deepEqual(await storage.acquireLease(ask), { held: true, token: 2, expiresSeconds: T0 + TTL });
        assert.equal((await storage.renewLease({ ...ask, token: 1 })).held, false);
        assert.equal((await storage.renewLease({ ...ask, token: 2 })).held, true);
      }));

    test('outlive prune and forgetWorkload, and what is asked of them amiss', () =>
      examine(async (storage) => {
        const ask: LeaseAsk = { name: 'w', holder: 'h', nowSeconds: T0, ttlSeconds: TTL };
        await storage.acquireLease(ask);
        for (const amiss of [
          { name: '' },
          { holder: '' },
          { ttlSeconds: 0 },
          { ttlSeconds: -1 },
          { ttlSeconds: Number.NaN },
          { ttlSeconds: Infinity },
          { ttlSeconds: 1e-9 },
          { nowSeconds: Number.NaN },
          { nowSeconds: -Infinity },
        ]) {
          await assert.rejects(storage.acquireLease({ ...ask, ...amiss }), RangeError);
          await assert.rejects(storage.renewLease({ ...ask, token: 1, ...amiss }), RangeError);
        }
        await storage.forgetWorkload('w');
        await storage.prune(T0 + 1e9);
        const other = await storage.acquireLease({ ...ask, holder: "o'ther" });
        assert.deepEqual(other, { held: false, holder: 'h', expiresSeconds: T0 + TTL });
      }));

    test(
      'go on where they were when it is opened again, with tokens above all former ones',
      {
        skip: exceptions.reopen,
      },
      () =>
        examine(async (storage, { reopen }) => {
          assert.ok(reopen !== undefined, 'the subject names no way to open it again');
          const ask = { name: 'actor', holder: 'a', nowSeconds: T0, ttlSeconds: TTL };
          await storage.acquireLease(ask);
          await storage.acquireLease({ ...ask, name: 'given back' });
          await storage.releaseLease({ ...ask, name: 'given back', token: 1 });
          const again = await reopen();
          const other = { ...ask, holder: 'b' };
          assert.deepEqual(await again.acquireLease(other), { held: false, holder: 'a', expiresSeconds: T0 + TTL });
          assert.equal((await again.renewLease({ ...ask, token: 1 })).held, true);
          const given = await again.acquireLease({ ...other, name: 'given back' });
          assert.deepEqual(given, { held: true, token: 2, expiresSeconds: T0 + TTL });
          await again.close();
        })
    );
  });
}

interface ModelLease {
  readonly holder: string | null;
  readonly token: number;
  readonly expiresSeconds: number;
}

const NOBODY: Lease = { held: false, holder: null, expiresSeconds: null };

function acquireOf(model: Map<string, ModelLease>, { name, holder, nowSeconds, ttlSeconds }: LeaseAsk): Lease {
  const kept = model.get(name);
  if (kept !== undefined && kept.holder !== null && kept.holder !== holder && nowSeconds < kept.expiresSeconds) {
    return { held: false, holder: kept.holder, expiresSeconds: kept.expiresSeconds };
  }
  const given = { token: (kept?.token ?? 0) + 1, expiresSeconds: nowSeconds + ttlSeconds };
  model.set(name, { holder, ...given });
  return { held: true, ...given };
}

function renewOf(model: Map<string, ModelLease>, ask: LeaseAsk, token: number): Lease {
  const { name, holder, nowSeconds, ttlSeconds } = ask;
  const kept = model.get(name);
  if (kept === undefined || kept.holder === null || nowSeconds >= kept.expiresSeconds) {
    return NOBODY;
  }
  if (kept.holder !== holder || kept.token !== token) {
    return { held: false, holder: kept.holder, expiresSeconds: kept.expiresSeconds };
  }
  const expiresSeconds = nowSeconds + ttlSeconds;
  model.set(name, { ...kept, expiresSeconds });
  return { held: true, token, expiresSeconds };
}

function releaseOf(model: Map<string, ModelLease>, name: string, holder: string, token: number): void {
  const kept = model.get(name);
  if (kept !== undefined && kept.holder === holder && kept.token === token) {
    model.set(name, { ...kept, holder: null });
  }
}

interface Ask {
  readonly kind: 'acquire' | 'renew' | 'release';
  readonly leaseName: string;
  readonly holder: string;
  readonly gapSeconds: number;
  readonly ttlSeconds: number;
  /** How many tokens ago the one that is shown was given; below 0 it never was. */
  readonly age: number;
}

function anyAsks(): fc.Arbitrary<readonly Ask[]> {
  return fc.array(
    fc.record({
      kind: fc.constantFrom('acquire' as const, 'renew' as const, 'release' as const),
      leaseName: fc.constantFrom('a', "b'; DROP TABLE lease --"),
      holder: fc.constantFrom('x', 'y', 'ÿ/1'),
      // Clocks go back too.
      gapSeconds: fc.constantFrom(0, 0, 5, 10, 0.5, TTL, -7),
      ttlSeconds: fc.constantFrom(5, 10, TTL, 0.5),
      age: fc.constantFrom(0, 0, 0, 1, -1),
    }),
    { minLength: 1, maxLength: 30 }
  );
}
