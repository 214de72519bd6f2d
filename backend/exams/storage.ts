import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Decision, NewDecision, Recommendation, RecommendationState } from '../../contract/index.ts';
import type { Outlook, SeriesOutlook, ShortfallOutlook } from '../allocation/index.ts';
import { storedChain, verifyChain, type ScoreRow, type Storage } from '../storage/index.ts';
import { gridEnd, timeAt } from '../timeseries/index.ts';
import { leaseExam } from './leases.ts';

/** A storage under examination. */
export interface StorageSubject {
  readonly storage: Storage;
  /** Closes the storage and opens it again on the same data; absent where nothing outlives it (see the exceptions). */
  readonly reopen?: () => Promise<Storage>;
  readonly dispose: () => Promise<void>;
}

/** Questions that an implementation is let off, each with its reason. */
export type StorageExceptions = Readonly<Partial<Record<'reopen', string>>>;

const DAY = 86_400;
const RETENTION = 90 * DAY;
const T0 = 1_790_000_100;

function sortedByKey(entries: Iterable<readonly [string, unknown]>): ReadonlyArray<readonly [string, unknown]> {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The exam that every Storage sits. */
export function storageExam(
  name: string,
  open: () => Promise<StorageSubject>,
  exceptions: StorageExceptions = {}
): void {
  const examine = async (ask: (storage: Storage, subject: StorageSubject) => Promise<void>) => {
    const subject = await open();
    try {
      await ask(subject.storage, subject);
    } finally {
      await subject.storage.close();
      await subject.dispose();
    }
  };

  leaseExam(name, examine, exceptions);

  describe(`${name} as a Storage: outlooks`, () => {
    test('come back equal to what was saved, floats to single precision, whatever they hold', () =>
      examine(async (storage) => {
        await fc.assert(
          fc.asyncProperty(anyOutlook(), async (outlook) => {
            await storage.forgetWorkload(outlook.workload);
            await storage.saveOutlook(outlook, 180);
            assert.deepEqual(await storage.latestOutlook(outlook.workload), toSinglePrecision(outlook));
          }),
          { numRuns: 150 }
        );
      }));

    test('are undefined or none where there are none', () =>
      examine(async (storage) => {
        assert.equal(await storage.latestOutlook('checkout'), undefined);
        assert.deepEqual(await storage.outlooks('checkout', 0, 2e9), []);
        assert.deepEqual(await storage.wholeOutlooks('checkout', 0, 2e9), []);
      }));

    test('answer, trimmed, exactly what the latest outlook of at least a lead time before says, and keep no more', () =>
      examine(async (storage) => {
        await fc.assert(
          fc.asyncProperty(anyIssues(), async ({ issues, leadSeconds, stepSeconds }) => {
            await storage.forgetWorkload('w');
            for (const issue of issues) {
              await storage.saveOutlook(markedOutlook('w', issue, stepSeconds), leadSeconds);
            }
            const stored = await storage.outlooks('w', 0, 4e9);
            assertOrdered(stored.map(({ issuedAtSeconds }) => issuedAtSeconds));
            const answered = (kept: readonly Outlook[], time: number) =>
              kept.findLast(
                (outlook) => outlook.issuedAtSeconds + leadSeconds <= time && markAt(outlook, time) !== undefined
              );
            const [last] = issues.map(({ issuedAt }) => issuedAt).slice(-1);
            for (const { issuedAt, length } of issues) {
              for (let index = 0; index < length; index++) {
                const time = issuedAt + index * stepSeconds;
                const model = issues.findLast(
                  (each) => each.issuedAt + leadSeconds <= time && isInside(each, stepSeconds, time)
                );
                // The latest of at least a lead time before, as long as it reaches: a shorter later one ends its reign.
                const reigning = issues.findLast((each) => each.issuedAt + leadSeconds <= time);
                const answer = answered(stored, time);
                if (reigning === model) {
                  assert.equal(answer?.issuedAtSeconds, model?.issuedAt, `at ${time - T0}`);
                  assert.equal(answer && markAt(answer, time), model && markOf(model.issuedAt, time));
                }
              }
            }
            for (const outlook of stored) {
              const isWhole = isFirstOfHour(issues, outlook.issuedAtSeconds) || outlook.issuedAtSeconds === last;
              const expected = instantsOf(issues, stepSeconds, outlook.issuedAtSeconds).filter(
                (time) => isWhole || reigns(issues, leadSeconds, outlook.issuedAtSeconds, time)
              );
              assert.deepEqual(timesOf(outlook), expected);
            }
          }),
          { numRuns: 100 }
        );
      }));

    test('of the first of an hour stay whole until their horizon has passed, then are trimmed like the rest', () =>
      examine(async (storage) => {
        await fc.assert(
          fc.asyncProperty(anyIssues(), async ({ issues, leadSeconds, stepSeconds }) => {
            await storage.forgetWorkload('w');
            for (const issue of issues) {
              await storage.saveOutlook(markedOutlook('w', issue, stepSeconds), leadSeconds);
            }
            const wholeIssues = async () =>
              (await storage.wholeOutlooks('w', 0, 4e9)).map(({ issuedAtSeconds }) => issuedAtSeconds);
            const last = issues.at(-1)!;
            const kept = issues.filter((issue) => isFirstOfHour(issues, issue.issuedAt) || issue === last);
            assert.deepEqual(
              await wholeIssues(),
              kept.map(({ issuedAt }) => issuedAt)
            );
            const now = kept[Math.floor(kept.length / 2)]!.issuedAt + stepSeconds * 5;
            await storage.prune(now);
            const isPassed = ({ issuedAt, length }: Issue) => issuedAt + (length - 1) * stepSeconds < now;
            const whole = kept.filter((issue) => issue === last || !isPassed(issue));
            assert.deepEqual(
              await wholeIssues(),
              whole.map(({ issuedAt }) => issuedAt)
            );
            for (const outlook of await storage.outlooks('w', 0, 4e9)) {
              const { issuedAtSeconds: issuedAt } = outlook;
              const isWhole = whole.some((issue) => issue.issuedAt === issuedAt);
              const expected = instantsOf(issues, stepSeconds, issuedAt).filter(
                (time) => isWhole || reigns(issues, leadSeconds, issuedAt, time)
              );
              assert.deepEqual(timesOf(outlook), expected);
            }
            await storage.prune(now);
            assert.deepEqual(
              await wholeIssues(),
              whole.map(({ issuedAt }) => issuedAt)
            );
          }),
          { numRuns: 60 }
        );
      }));

    test('leave no hole where the lead time changes, and are the same whatever the order they were saved in', () =>
      examine(async (storage) => {
        const saves = fc.uniqueArray(fc.record({ slot: fc.nat(40), lead: fc.constantFrom(0, 60, 180, 600, 3000) }), {
          selector: ({ slot }) => slot,
          minLength: 1,
          maxLength: 12,
        });
        await fc.assert(
          fc.asyncProperty(saves, async (list) => {
            await storage.forgetWorkload('w');
            for (const { slot, lead } of list) {
              await storage.saveOutlook(markedOutlook('w', { issuedAt: T0 + slot * 300, length: 60 }, 300), lead);
            }
            const stored = await storage.outlooks('w', 0, 4e9);
            const byIssue = list
              .toSorted((a, b) => a.slot - b.slot)
              .map(({ slot, lead }) => ({ issuedAt: T0 + slot * 300, lead }));
            for (let time = T0; time < T0 + 100 * 300; time += 300) {
              const model = byIssue.findLast(({ issuedAt, lead }) => issuedAt + lead <= time);
              const end = model && model.issuedAt + 59 * 300;
              if (model && end !== undefined && time <= end) {
                const answer = stored.findLast((outlook) => {
                  const { lead } = byIssue.find(({ issuedAt }) => issuedAt === outlook.issuedAtSeconds)!;
                  return outlook.issuedAtSeconds + lead <= time && markAt(outlook, time) !== undefined;
                });
                assert.equal(answer?.issuedAtSeconds, model.issuedAt, `at ${time - T0}`);
              }
            }
            const [latest] = byIssue.slice(-1);
            assert.equal((await storage.latestOutlook('w'))?.issuedAtSeconds, latest?.issuedAt);
          }),
          { numRuns: 60 }
        );
      }));

    test('saved twice for one time are replaced', () =>
      examine(async (storage) => {
        const first = markedOutlook('w', { issuedAt: T0, length: 5 }, 300);
        await storage.saveOutlook(first, 180);
        await storage.saveOutlook({ ...first, warnings: ['again'] }, 180);
        assert.deepEqual(
          (await storage.outlooks('w', 0, 4e9)).map(({ warnings }) => warnings),
          [['again']]
        );
      }));

    test('saved again after their successor take their former place, the first of an hour whole', () =>
      examine(async (storage) => {
        const [first, second] = [T0, T0 + 300].map((issuedAt) => markedOutlook('w', { issuedAt, length: 5 }, 300));
        for (const outlook of [first!, second!, first!]) {
          await storage.saveOutlook(outlook, 0);
        }
        assert.deepEqual((await storage.wholeOutlooks('w', 0, 4e9)).map(timesOf), [timesOf(first!), timesOf(second!)]);
      }));

    test('are found by any range that touches them, and are kept apart by workload', () =>
      examine(async (storage) => {
        await storage.saveOutlook(markedOutlook('a', { issuedAt: T0, length: 5 }, 300), 180);
        await storage.saveOutlook(markedOutlook('b', { issuedAt: T0, length: 5 }, 300), 180);
        const end = T0 + 4 * 300;
        for (const [from, to, count] of [
          [0, T0 - 1, 0],
          [0, T0, 1],
          [T0 + 10, T0 + 20, 1],
          [end, 4e9, 1],
          [end + 1, 4e9, 0],
        ] as const) {
          assert.equal((await storage.outlooks('a', from, to)).length, count, `${from} to ${to}`);
        }
        await storage.forgetWorkload('a');
        assert.equal(await storage.latestOutlook('a'), undefined);
        assert.equal((await storage.latestOutlook('b'))?.workload, 'b');
      }));

    test('that cannot be kept are refused, and change nothing', () =>
      examine(async (storage) => {
        const good = markedOutlook('w', { issuedAt: T0, length: 5 }, 300);
        await storage.saveOutlook(good, 180);
        const series = good.series.map((one) => ({ ...one, mean: new Float64Array(3) }));
        await assert.rejects(storage.saveOutlook({ ...good, issuedAtSeconds: T0 + 300, series }, 180));
        await assert.rejects(storage.saveOutlook(markedOutlook('w', { issuedAt: T0 + 300, length: 0 }, 300), 180));
        await assert.rejects(storage.saveOutlook({ ...good, issuedAtSeconds: Number.NaN }, 180));
        assert.deepEqual((await storage.outlooks('w', 0, 4e9)).map(timesOf), [timesOf(good)]);
      }));
  });

  describe(`${name} as a Storage: records`, () => {
    test('gives back recommendations by id, the last version of each', () =>
      examine(async (storage) => {
        await fc.assert(
          fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
            const first = recommendation({ id: `r${text}`, reasons: [{ code: 'c', text, values: { x: 1.5 } }] });
            await storage.saveRecommendation(first);
            const second = { ...first, state: 'approved' as const };
            await storage.saveRecommendation(second);
            assert.deepEqual(await storage.recommendation(first.id), second);
          }),
          { numRuns: 50 }
        );
        assert.equal(await storage.recommendation('none'), undefined);
      }));

    test('lists recommendations newest first, by workload and state, a hundred unless told otherwise', () =>
      examine(async (storage) => {
        const states: readonly RecommendationState[] = ['proposed', 'approved', 'dismissed'];
        const all = Array.from({ length: 130 }, (_, index) =>
          recommendation({
            id: `r${index}`,
            workload: index % 2 === 0 ? 'a' : 'b',
            state: states[index % 3]!,
            createdAt: T0 + index,
          })
        );
        for (const one of all) {
          await storage.saveRecommendation(one);
        }
        const newest = all.toReversed();
        assert.deepEqual(await storage.recommendations({}), newest.slice(0, 100));
        const filtered = newest.filter(({ workload, state }) => workload === 'b' && state !== 'proposed');
        const filter = { workload: 'b', states: ['approved', 'dismissed'], limit: 1000 } as const;
        assert.deepEqual(await storage.recommendations(filter), filtered);
        assert.deepEqual(await storage.recommendations({ ...filter, limit: 3 }), filtered.slice(0, 3));
        assert.deepEqual(await storage.recommendations({ states: [] }), []);
      }));

    test('appends decisions once, and lists them newest first, by workload and time', () =>
      examine(async (storage) => {
        const all = Array.from({ length: 20 }, (_, index) =>
          decision({ id: `d${index}`, at: T0 + Math.floor(index / 2), workload: index % 3 === 0 ? null : 'a' })
        );
        const kept: Decision[] = [];
        for (const one of all) {
          kept.push(await storage.appendDecision(one));
        }
        assert.deepEqual(kept.map(unsealed), all);
        assert.deepEqual(await storage.appendDecision({ ...all[3]!, who: 'somebody else' }), kept[3]);
        assert.deepEqual(await storage.decisions({}), kept.toReversed());
        const some = kept.filter(({ at, workload }) => workload === 'a' && at >= T0 + 2 && at <= T0 + 7).toReversed();
        assert.deepEqual(await storage.decisions({ workload: 'a', fromSeconds: T0 + 2, toSeconds: T0 + 7 }), some);
        assert.deepEqual(await storage.decisions({ limit: 2 }), kept.toReversed().slice(0, 2));
        assert.deepEqual(await storage.decisions({ limit: 2, beforeSeq: 5 }), [kept[3], kept[2]]);
        assert.deepEqual(await storage.decisions({ workload: 'a', beforeSeq: 3 }), [kept[1]]);
        assert.deepEqual(await storage.decision('d7'), kept[7]);
        assert.equal(await storage.decision('d70'), undefined);
      }));

    test('gives back a decision of any JSON, absence as null', () =>
      examine(async (storage) => {
        await fc.assert(
          fc.asyncProperty(fc.uuid(), fc.jsonValue(), fc.string({ unit: 'binary' }), async (id, after, who) => {
            const entry = decision({ id, who, before: undefined, after });
            const expected = { ...(JSON.parse(JSON.stringify(entry)) as NewDecision), before: null };
            const kept = await storage.appendDecision(entry);
            assert.deepEqual(unsealed(kept), expected);
            assert.deepEqual(await storage.decision(id), kept);
          }),
          { numRuns: 50 }
        );
        assert.ok((await verifyChain(storedChain(storage))).intact);
      }));

    test('refuses what is no decision, and keeps the chain without it', () =>
      examine(async (storage) => {
        for (const wrong of [
          { at: Number.NaN },
          { who: 7 },
          { why: 'because' },
          { workload: undefined },
          { id: '' },
          { id: 'a\0b' },
        ]) {
          await assert.rejects(storage.appendDecision(decision(wrong as never)));
        }
        assert.equal((await storage.appendDecision(decision({}))).seq, 1);
      }));

    test('chains decisions without a gap or a fork, whoever appends meanwhile', () =>
      examine(async (storage) => {
        let appended = 0;
        const batches = fc.array(fc.array(fc.nat(20), { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 });
        await fc.assert(
          fc.asyncProperty(fc.uuid(), batches, async (run, ids) => {
            for (const batch of ids) {
              const kept = await Promise.all(
                batch.map((id) => storage.appendDecision(decision({ id: `${run}/${id}`, at: T0 - id })))
              );
              kept.forEach(({ id }, index) => {
                assert.equal(id, `${run}/${batch[index]}`);
              });
            }
            appended += new Set(ids.flat()).size;
            const { intact, complete, count, lastSeq } = await verifyChain(storedChain(storage));
            assert.deepEqual([intact, complete, count, lastSeq], [true, true, appended, appended]);
          }),
          { numRuns: 20 }
        );
        const [newest] = await storage.decisions({ limit: 1 });
        const { head } = await verifyChain(storedChain(storage));
        assert.equal(newest?.hash, head);
        assert.deepEqual((await storage.decisionRecords(appended - 1, 10)).at(0), newest);
      }));

    test('adds up scores by their key, and moves the watermark with them or not at all', () =>
      examine(async (storage) => {
        const keys = [
          score({ lead: '1h' }),
          score({ lead: '24h' }),
          score({ series: 'cpu' }),
          score({ model: 'ets' }),
          score({ daySeconds: T0 + DAY }),
        ];
        assert.equal(await storage.scoredUntil('w'), undefined);
        await storage.addScores('w', keys, T0);
        await storage.addScores('w', keys.slice(0, 2), T0 + 300);
        const found = await storage.scores('w', 0);
        assert.equal(found.length, keys.length);
        for (const [index, key] of keys.entries()) {
          const same = found.find((row) =>
            ['series', 'model', 'lead', 'daySeconds'].every((field) => row[field as 'lead'] === key[field as 'lead'])
          );
          const times = index < 2 ? 2 : 1;
          assert.deepEqual(same, {
            ...key,
            ...Object.fromEntries(SUMS.map((sum) => [sum, (key[sum] ?? Number.NaN) * times])),
          });
        }
        assert.equal(await storage.scoredUntil('w'), T0 + 300);
        assert.deepEqual(
          await storage.scores('w', T0 + 1),
          found.filter(({ daySeconds }) => daySeconds > T0)
        );
        assert.deepEqual(await storage.scores('other', 0), []);
        await assert.rejects(storage.addScores('w', [score({}), score({ sumCrps: Number.NaN })], T0 + 600));
        await assert.rejects((async () => storage.addScores('w', [score({ workload: 'other' })], T0 + 600))());
        assert.deepEqual(await storage.scores('w', 0), found);
        assert.equal(await storage.scoredUntil('w'), T0 + 300);
      }));

    test('keeps settings of any key and JSON value, and finds them by prefix', () =>
      examine(async (storage) => {
        const model = new Map<string, unknown>();
        const keys = fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.constantFrom('mode/a', 'mode/b', 'mode', "'; DROP TABLE setting --", '%', '')
        );
        await fc.assert(
          fc.asyncProperty(keys, fc.jsonValue(), fc.boolean(), async (key, value, isDeleted) => {
            const json: unknown = JSON.parse(JSON.stringify(value));
            await storage.setSetting(key, value);
            model.set(key, json);
            assert.deepEqual(await storage.setting(key), json);
            if (isDeleted) {
              await storage.deleteSetting(key);
              model.delete(key);
              assert.equal(await storage.setting(key), undefined);
            }
            for (const prefix of ['', 'mode/', key]) {
              const found = [...model].filter(([each]) => each.startsWith(prefix));
              assert.deepEqual(sortedByKey(await storage.settings(prefix)), sortedByKey(found));
            }
          }),
          { numRuns: 60 }
        );
        await assert.rejects(storage.setSetting('x', undefined), TypeError);
      }));

    test('forgets after ninety days what has passed, and never a decision', () =>
      examine(async (storage) => {
        const now = T0 + 200 * DAY;
        const old = now - RETENTION;
        for (const [index, at] of [old - 600, old + 600, now].entries()) {
          const outlook = markedOutlook('w', { issuedAt: at, length: 1 }, 300);
          await storage.saveOutlook({ ...outlook, cutoffSeconds: at }, 0);
          await storage.saveRecommendation(recommendation({ id: `r${index}`, expiresAt: at }));
          await storage.addScores('w', [score({ daySeconds: at })], at);
          await storage.appendDecision(decision({ id: `d${index}`, at }));
        }
        await storage.prune(now);
        assert.deepEqual(
          (await storage.outlooks('w', 0, 4e9)).map(({ issuedAtSeconds }) => issuedAtSeconds),
          [old + 600, now]
        );
        assert.deepEqual((await storage.recommendations({})).map(({ id }) => id).toSorted(), ['r1', 'r2']);
        assert.deepEqual(
          (await storage.scores('w', 0)).map(({ daySeconds }) => daySeconds),
          [old + 600, now]
        );
        assert.equal((await storage.decisions({})).length, 3);
        assert.equal(await storage.scoredUntil('w'), now);
      }));

    test('forgets all of a workload but its decisions, and nothing of another', () =>
      examine(async (storage) => {
        for (const workload of ['a', 'b']) {
          await storage.saveOutlook(markedOutlook(workload, { issuedAt: T0, length: 3 }, 300), 0);
          await storage.saveRecommendation(recommendation({ id: workload, workload }));
          await storage.addScores(workload, [score({ workload })], T0);
          await storage.appendDecision(decision({ id: workload, workload }));
        }
        await storage.forgetWorkload('a');
        assert.equal(await storage.latestOutlook('a'), undefined);
        assert.equal(await storage.recommendation('a'), undefined);
        assert.deepEqual(await storage.scores('a', 0), []);
        assert.equal(await storage.scoredUntil('a'), undefined);
        assert.equal((await storage.decisions({ workload: 'a' })).length, 1);
        assert.ok(
          (await storage.latestOutlook('b')) !== undefined && (await storage.recommendation('b')) !== undefined
        );
        assert.equal((await storage.scores('b', 0)).length, 1);
      }));

    test('forgets with a workload what is kept under it, and nothing of one whose name begins alike', () =>
      examine(async (storage) => {
        const names = ['shop', 'shop/near', 'shop/planning', 'shop.eu', 'shop-2', 'shopping/near', 'a/shop'];
        for (const workload of names) {
          await storage.saveOutlook(markedOutlook(workload, { issuedAt: T0, length: 3 }, 300), 0);
          await storage.addScores(workload, [score({ workload })], T0);
        }
        await storage.forgetWorkload('shop');
        for (const [index, workload] of names.entries()) {
          assert.equal((await storage.latestOutlook(workload)) === undefined, index < 3, workload);
          assert.equal((await storage.scoredUntil(workload)) === undefined, index < 3, workload);
          assert.equal((await storage.scores(workload, 0)).length, index < 3 ? 0 : 1, workload);
        }
      }));

    test("forgets a workload's outlooks that ended before a time, never its latest nor another's", () =>
      examine(async (storage) => {
        for (const workload of ['w/near', 'w']) {
          for (const issuedAt of [T0, T0 + 3600, T0 + 7200]) {
            await storage.saveOutlook(markedOutlook(workload, { issuedAt, length: 3 }, 300), 0);
          }
        }
        const issues = async (workload: string) =>
          (await storage.outlooks(workload, 0, 4e9)).map(({ issuedAtSeconds }) => issuedAtSeconds);
        await storage.forgetOutlooks('w/near', T0 + 600);
        assert.deepEqual(await issues('w/near'), [T0, T0 + 3600, T0 + 7200]);
        await storage.forgetOutlooks('w/near', T0 + 601);
        assert.deepEqual(await issues('w/near'), [T0 + 3600, T0 + 7200]);
        await storage.forgetOutlooks('w/near', T0 + 1e6);
        assert.deepEqual(await issues('w/near'), [T0 + 7200]);
        assert.deepEqual(await issues('w'), [T0, T0 + 3600, T0 + 7200]);
        await storage.forgetOutlooks('nobody', 4e9);
      }));

    test('takes many writes and reads at once', () =>
      examine(async (storage) => {
        await Promise.all(
          Array.from({ length: 40 }, async (_, index) => {
            await storage.saveOutlook(
              markedOutlook(`w${index % 4}`, { issuedAt: T0 + index * 300, length: 20 }, 300),
              180
            );
            await storage.outlooks(`w${index % 4}`, 0, 4e9);
            await storage.addScores('w', [score({})], T0 + index);
          })
        );
        assert.equal((await storage.scores('w', 0))[0]?.count, 40 * score({}).count);
      }));

    test('still holds everything when it is opened again', { skip: exceptions.reopen }, () =>
      examine(async (storage, { reopen }) => {
        assert.ok(reopen !== undefined, 'the subject names no way to open it again');
        await storage.saveOutlook(markedOutlook('w', { issuedAt: T0, length: 20 }, 300), 180);
        await storage.saveRecommendation(recommendation({}));
        await storage.appendDecision(decision({}));
        await storage.addScores('w', [score({})], T0);
        await storage.setSetting('key', { value: 1 });
        const read = async (from: Storage) => [
          await from.latestOutlook('w'),
          await from.recommendations({}),
          await from.decisions({}),
          await from.scores('w', 0),
          await from.scoredUntil('w'),
          await from.settings(''),
        ];
        const before = await read(storage);
        const again = await reopen();
        assert.deepEqual(await read(again), before);
        await again.close();
      })
    );

    test('refuses with STORAGE_CLOSED once it is closed, and may be closed twice', () =>
      examine(async (storage) => {
        await storage.close();
        await storage.close();
        const closed = { code: 'STORAGE_CLOSED' };
        await assert.rejects(storage.saveOutlook(markedOutlook('w', { issuedAt: T0, length: 3 }, 300), 0), closed);
        await assert.rejects(storage.latestOutlook('w'), closed);
        await assert.rejects(storage.outlooks('w', 0, 1), closed);
        await assert.rejects(storage.setting('x'), closed);
        await assert.rejects(storage.appendDecision(decision({})), closed);
        await assert.rejects(storage.prune(T0), closed);
      }));
  });
}

interface Issue {
  readonly issuedAt: number;
  readonly length: number;
}

/** Issues in order of time, minutes to hours apart, none at the same time, each with a horizon of its own. */
function anyIssues(): fc.Arbitrary<{ issues: Issue[]; leadSeconds: number; stepSeconds: number }> {
  return fc.record({
    issues: fc
      .array(
        fc.record({
          gap: fc.constantFrom(60, 300, 301, 900, 2000, 3600, 9000),
          length: fc.integer({ min: 1, max: 30 }),
        }),
        { minLength: 1, maxLength: 15 }
      )
      .map((list) => {
        let issuedAt = T0;
        return list.map(({ gap, length }) => ({ issuedAt: (issuedAt += gap), length }));
      }),
    leadSeconds: fc.constantFrom(0, 60, 180, 300, 1000),
    stepSeconds: fc.constantFrom(60, 300),
  });
}

function isInside({ issuedAt, length }: Issue, stepSeconds: number, time: number): boolean {
  const index = (time - issuedAt) / stepSeconds;
  return Number.isInteger(index) && index >= 0 && index < length;
}

function instantsOf(issues: readonly Issue[], stepSeconds: number, issuedAt: number): number[] {
  const { length } = issues.find((issue) => issue.issuedAt === issuedAt)!;
  return Array.from({ length }, (_, index) => issuedAt + index * stepSeconds);
}

/** Whether, of all issues, this one is the latest of at least a lead time before `time`. */
function reigns(issues: readonly Issue[], leadSeconds: number, issuedAt: number, time: number): boolean {
  return issues.findLast((issue) => issue.issuedAt + leadSeconds <= time)?.issuedAt === issuedAt;
}

function isFirstOfHour(issues: readonly Issue[], issuedAt: number): boolean {
  const hour = Math.floor(issuedAt / 3600);
  return issues.find((issue) => Math.floor(issue.issuedAt / 3600) === hour)?.issuedAt === issuedAt;
}

/** A value that tells issue and instant. */
function markOf(issuedAt: number, time: number): number {
  return Math.fround((issuedAt - T0) * 0.5 + (time - T0) / 7);
}

function markedOutlook(workload: string, { issuedAt, length }: Issue, stepSeconds: number): Outlook {
  const marks = Float64Array.from({ length }, (_, index) => markOf(issuedAt, issuedAt + index * stepSeconds));
  const series: SeriesOutlook = {
    name: 'requests',
    kind: 'activity',
    unit: 'reqps',
    model: 'naive',
    levels: [0.1, 0.9],
    values: Float64Array.from([...marks.map((mark) => mark - 1), ...marks.map((mark) => mark + 1)]),
    mean: marks,
    warnings: [],
  };
  return {
    workload,
    issuedAtSeconds: issuedAt,
    cutoffSeconds: issuedAt,
    grid: { startSeconds: issuedAt, stepSeconds, length },
    series: [series],
    currency: 'USD',
    warnings: [],
  };
}

function markAt({ grid, series }: Outlook, time: number): number | undefined {
  const index = (time - grid.startSeconds) / grid.stepSeconds;
  const [{ mean, values, levels }] = series as readonly [SeriesOutlook];
  const mark = Number.isInteger(index) ? mean[index] : undefined;
  if (mark !== undefined) {
    assert.deepEqual(
      levels.map((_, level) => values[level * grid.length + index]),
      [Math.fround(mark - 1), Math.fround(mark + 1)]
    );
  }
  return mark;
}

function timesOf({ grid }: Outlook): number[] {
  assert.ok(grid.length === 0 || gridEnd(grid) >= grid.startSeconds);
  return Array.from({ length: grid.length }, (_, index) => timeAt(grid, index));
}

function assertOrdered(list: readonly number[]): void {
  assert.deepEqual(
    list,
    list.toSorted((a, b) => a - b)
  );
}

function anyOutlook(): fc.Arbitrary<Outlook> {
  const value = fc.oneof(fc.double({ noDefaultInfinity: true }), fc.constantFrom(0, -0, 1e300, Number.NaN, 0.1));
  const text = fc.string({ unit: 'grapheme', maxLength: 12 });
  return fc.integer({ min: 1, max: 12 }).chain((length) => {
    const array = (count = length) =>
      fc.array(value, { minLength: count, maxLength: count }).map((list) => Float64Array.from(list));
    const shortfall: fc.Arbitrary<ShortfallOutlook> = fc.record({
      probability: array(),
      window: fc.record({ '1h': array(), '6h': array(), '24h': array() }),
    });
    const series = fc
      .uniqueArray(fc.double({ min: 0.001, max: 0.999, noNaN: true }), { maxLength: 5 })
      .chain((levels) =>
        fc.record(
          {
            name: text,
            kind: fc.constantFrom('activity' as const, 'resource' as const),
            unit: text,
            model: text,
            levels: fc.constant(levels.toSorted((a, b) => a - b)),
            values: array(length * levels.length),
            mean: array(),
            capacity: array(),
            shortfall,
            warnings: fc.array(text, { maxLength: 3 }),
          },
          { requiredKeys: ['name', 'kind', 'unit', 'model', 'levels', 'values', 'mean', 'warnings'] }
        )
      );
    return fc.record(
      {
        workload: text,
        issuedAtSeconds: fc.double({ min: 0, max: 4e9, noNaN: true }),
        cutoffSeconds: fc.double({ min: 0, max: 4e9, noNaN: true }),
        grid: fc.record({
          startSeconds: fc.double({ min: 0, max: 4e9, noNaN: true }),
          stepSeconds: fc.constantFrom(15, 300, 0.5),
          length: fc.constant(length),
        }),
        series: fc.array(series, { maxLength: 4 }),
        anyShortfall: shortfall,
        replicas: fc.record({ committed: array(), reserved: array(), total: array(), burst: array() }),
        costHourly: array(),
        currency: text,
        warnings: fc.array(text, { maxLength: 3 }),
      },
      { requiredKeys: ['workload', 'issuedAtSeconds', 'cutoffSeconds', 'grid', 'series', 'currency', 'warnings'] }
    );
  });
}

/** What single precision makes of an outlook; beyond its range numbers become its greatest. */
function toSinglePrecision<T>(part: T): T {
  if (part instanceof Float64Array) {
    const greatest = Math.fround(3.4028234663852886e38);
    return part.map((value) => {
      const single = Math.fround(value);
      return Number.isFinite(single) || Number.isNaN(single) ? single : Math.sign(value) * greatest;
    }) as T;
  }
  if (Array.isArray(part)) {
    return part.map((each, index) =>
      typeof each === 'number' ? (part[index] as unknown) : toSinglePrecision<unknown>(each)
    ) as T;
  }
  if (typeof part === 'object' && part !== null) {
    return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, toSinglePrecision<unknown>(each)])) as T;
  }
  return part;
}

function recommendation(more: Partial<Recommendation>): Recommendation {
  return {
    id: 'r',
    workload: 'w',
    state: 'proposed',
    createdAt: T0,
    expiresAt: T0 + 3600,
    action: 'raise',
    current: { replicas: null },
    proposed: { replicas: 12 },
    plan: { name: 'least', replicas: [{ at: T0, count: 12 }] },
    tiers: { committed: 6, reserved: 4, total: 10, burst: 2 },
    expected: {
      current: null,
      proposed: {
        replicaHours: 240,
        cost: 28.8,
        shortfallProbability: 0.01,
        shortfallMinutes: 3,
        firstShortfallAt: null,
      },
    },
    risk: 0.01,
    leadTimeSeconds: 180,
    currency: 'USD',
    confidence: { level: 'high', historySeconds: 21 * DAY, coverage80: null },
    reasons: [],
    warnings: [],
    seed: 7,
    pathCount: 1000,
    ...more,
  };
}

function decision(more: Partial<NewDecision>): NewDecision {
  return {
    id: 'd',
    at: T0,
    who: 'me',
    what: 'approve',
    workload: 'w',
    why: ['because'],
    before: { replicas: 3 },
    after: { replicas: 5 },
    outcome: 'done',
    ...more,
  };
}

function unsealed({ id, at, who, what, workload, why, before, after, outcome }: Decision): NewDecision {
  return { id, at, who, what, workload, why, before, after, outcome };
}

const SUMS = [
  'count',
  'sumCrps',
  'sumAbsoluteError',
  'sumScale',
  'sumAbsoluteActual',
  'inside80',
  'inside90',
  'inside95',
] as const;

function score(more: Partial<ScoreRow>): ScoreRow {
  return {
    workload: 'w',
    series: 'requests',
    model: 'mstl',
    lead: '1h',
    daySeconds: T0,
    count: 12,
    sumCrps: 1.25,
    sumAbsoluteError: 3.5,
    sumScale: 7.75,
    sumAbsoluteActual: 100.5,
    inside80: 9,
    inside90: 9,
    inside95: 11,
    ...more,
  };
}
