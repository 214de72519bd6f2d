import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { HeadroomError } from '../errors/index.ts';
import type { HistorySource, SourceQuery } from '../forecasting/index.ts';
import { gridEnd, gridIndexAt, timeAt, type TimeGrid } from '../timeseries/index.ts';

/** A source with what it is known to hold. */
export interface SourceSubject {
  readonly source: HistorySource;
  readonly query: SourceQuery;
  /** A stretch of which `truth` tells every value. */
  readonly grid: TimeGrid;
  /** What the source holds at an instant of the grid; NaN where it holds nothing. At least one is NaN, one is not. */
  readonly truth: (timeSeconds: number) => number;
  /** A stretch of the same step for which the source holds nothing. */
  readonly emptyGrid: TimeGrid;
  readonly unknownQuery: SourceQuery;
  /** Makes every further read fail; absent where nothing can (see the exceptions). */
  readonly breakDown?: () => Promise<void>;
  /** Ends what the subject needed beside the source. */
  readonly dispose: () => Promise<void>;
}

/** Questions that an implementation is let off, each with its reason. */
export type SourceExceptions = Readonly<Partial<Record<'breakDown', string>>>;

/** The exam that every HistorySource sits. */
export function sourceExam(name: string, open: () => Promise<SourceSubject>, exceptions: SourceExceptions = {}): void {
  const examine = async (ask: (subject: SourceSubject, signal: AbortSignal) => Promise<void>) => {
    const subject = await open();
    try {
      await ask(subject, new AbortController().signal);
    } finally {
      await subject.source.close();
      await subject.dispose();
    }
  };

  describe(`${name} as a HistorySource`, () => {
    test('gives each instant of the grid its own value, and NaN to what was not measured', () =>
      examine(async ({ source, query, grid, truth }, signal) => {
        const { series } = await source.history(query, grid, signal);
        assert.equal(series.length, 1);
        assert.deepEqual(series[0]!.series.grid, grid);
        const expected = Float64Array.from({ length: grid.length }, (_, index) => truth(timeAt(grid, index)));
        assert.deepEqual(series[0]!.series.values, expected);
        assert.ok(expected.some(Number.isNaN) && !expected.every(Number.isNaN), 'the subject needs a gap and a value');
      }));

    test('gives any part of a range as it gives that part in the whole', () =>
      examine(async ({ source, query, grid, truth }, signal) => {
        const part = fc.tuple(fc.nat(grid.length - 1), fc.nat(grid.length - 1)).map(([a, b]) => {
          const first = Math.min(a, b);
          return { ...grid, startSeconds: timeAt(grid, first), length: Math.abs(a - b) + 1 };
        });
        await fc.assert(
          fc.asyncProperty(part, async (asked) => {
            const { series } = await source.history(query, asked, signal);
            const values = series[0]?.series.values ?? new Float64Array(asked.length).fill(Number.NaN);
            for (let index = 0; index < asked.length; index++) {
              assert.ok(Object.is(values[index], truth(timeAt(asked, index))), `instant ${index} of ${asked.length}`);
            }
          }),
          { numRuns: 25 }
        );
      }));

    test('gives the latest value at an instant as its history does, and a reason where there is none', () =>
      examine(async ({ source, query, grid, truth }, signal) => {
        const times = Array.from({ length: grid.length }, (_, index) => timeAt(grid, index));
        const measured = times.findLast((time) => !Number.isNaN(truth(time)))!;
        assert.deepEqual(await source.latest(query, measured, signal), { kind: 'observed', value: truth(measured) });
        const empty = await source.latest(query, gridEnd(await Promise.resolve(grid)) + 10 * 86_400, signal);
        assert.ok(empty.kind === 'missing' && empty.reason.length > 0);
      }));

    test('invents nothing where the source holds nothing', () =>
      examine(async ({ source, query, emptyGrid }, signal) => {
        const { series } = await source.history(query, emptyGrid, signal);
        assert.ok(series.every((one) => one.series.values.every(Number.isNaN)));
        assert.ok(series.every((one) => one.series.values.length === emptyGrid.length));
      }));

    test('gives an empty grid no values', () =>
      examine(async ({ source, query, grid }, signal) => {
        const { series } = await source.history(query, { ...grid, length: 0 }, signal);
        assert.ok(series.every((one) => one.series.values.length === 0));
      }));

    test('has nothing of a query that it does not know, or says so by a coded error', () =>
      examine(async ({ source, unknownQuery, grid }, signal) => {
        const outcome = await source.history(unknownQuery, grid, signal).then(
          (result) => result.series.length,
          (error: unknown) => (isSourceError(error) ? 0 : error)
        );
        assert.equal(outcome, 0);
      }));

    test('gives the same answer to the same question, also when asked twice at once', () =>
      examine(async ({ source, query, grid }, signal) => {
        const [one, two] = await Promise.all([
          source.history(query, grid, signal),
          source.history(query, grid, signal),
        ]);
        assert.deepEqual(one, two);
      }));

    test('stops with the reason of the signal, before it began and on the way', () =>
      examine(async ({ source, query, grid }) => {
        const reason = new Error('enough');
        const aborted = AbortSignal.abort(reason);
        await assert.rejects(source.history(query, grid, aborted), reason);
        await assert.rejects(source.latest(query, gridEnd(grid), aborted), reason);
        await assert.rejects(source.check(aborted), reason);
        const controller = new AbortController();
        const reading = source.history(query, { ...grid, length: 9000 }, controller.signal);
        controller.abort(reason);
        await assert.rejects(reading, reason);
      }));

    test('is healthy while it can be read', () =>
      examine(async ({ source }, signal) => {
        assert.deepEqual(await source.check(signal), { isHealthy: true });
      }));

    test('refuses with SOURCE_CLOSED once it is closed, and may be closed twice', () =>
      examine(async ({ source, query, grid }, signal) => {
        await source.close();
        await source.close();
        await assert.rejects(source.history(query, grid, signal), { code: 'SOURCE_CLOSED' });
        await assert.rejects(source.latest(query, gridEnd(grid), signal), { code: 'SOURCE_CLOSED' });
        assert.equal((await source.check(signal)).isHealthy, false);
      }));

    test('fails with a coded error when it breaks down, and says what is wrong', { skip: exceptions.breakDown }, () =>
      examine(async ({ source, query, grid, breakDown }, signal) => {
        assert.ok(breakDown !== undefined, 'the subject names no way to break down');
        await source.history(query, grid, signal);
        await breakDown();
        await assert.rejects(source.history(query, grid, signal), isSourceError);
        await assert.rejects(source.latest(query, gridEnd(grid), signal), isSourceError);
        const { isHealthy, problem } = await source.check(signal);
        assert.equal(isHealthy, false);
        assert.ok((problem?.length ?? 0) > 0);
      })
    );
  });
}

/** The truth of samples by time, for subjects: NaN where there is none. */
export function truthOf(grid: TimeGrid, values: readonly number[]): (timeSeconds: number) => number {
  return (timeSeconds) => values[gridIndexAt(grid, timeSeconds)] ?? Number.NaN;
}

function isSourceError(error: unknown): boolean {
  return error instanceof HeadroomError && error.code.startsWith('SOURCE_');
}
