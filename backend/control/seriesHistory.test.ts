import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { HistorySource } from '../forecasting/index.ts';
import { gridEnd, timeAt, type TimeGrid } from '../timeseries/index.ts';
import { SeriesHistory } from './seriesHistory.ts';

const STEP = 300;
const OPTIONS = { stepSeconds: STEP, historySeconds: 100 * STEP };
const signal = new AbortController().signal;

interface FakeSource extends HistorySource {
  readonly asked: TimeGrid[];
  value: (timeSeconds: number) => number;
  failure: Error | undefined;
}

function fakeSource(parts = 1): FakeSource {
  return {
    name: 'fake',
    asked: [],
    value: (time) => time,
    failure: undefined,
    history(_query, grid) {
      this.asked.push(grid);
      if (this.failure) {
        return Promise.reject(this.failure);
      }
      const values = Float64Array.from({ length: grid.length }, (_, index) => this.value(timeAt(grid, index)));
      return Promise.resolve({
        series: Array.from({ length: parts }, (_, part) => ({
          labels: { part: String(part) },
          series: { grid, values },
        })),
        warnings: [],
      });
    },
    latest: () => Promise.reject(new Error('not asked')),
    check: () => Promise.resolve({ isHealthy: true }),
    close: () => Promise.resolve(),
  };
}

describe('SeriesHistory', () => {
  it('reads everything first, then what is new and the last hour', async () => {
    const source = fakeSource();
    const history = new SeriesHistory(source, { query: 'q' }, OPTIONS);
    await history.update(1_000_000, signal);
    await history.update(1_000_000 + STEP, signal);
    assert.equal(source.asked[0]?.length, 101);
    assert.equal(source.asked[1]?.length, 14);
    assert.equal(gridEnd(history.series!.grid), 1_000_200);
    assert.ok(history.series!.values.every((value, index) => value === timeAt(history.series!.grid, index)));
  });

  it('takes up a sample that came late', async () => {
    const source = fakeSource();
    const history = new SeriesHistory(source, { query: 'q' }, OPTIONS);
    source.value = (time) => (time > 999_600 ? Number.NaN : time);
    await history.update(1_000_000, signal);
    assert.ok(Number.isNaN(history.series!.values.at(-1)));
    source.value = (time) => time;
    await history.update(1_000_000 + STEP, signal);
    assert.ok(history.series!.values.every((value) => !Number.isNaN(value)));
  });

  it('keeps what it knew when a read fails, and pads what it could not read with gaps', async () => {
    const source = fakeSource();
    const history = new SeriesHistory(source, { query: 'q' }, OPTIONS);
    await history.update(1_000_000, signal);
    source.failure = new Error('down');
    await assert.rejects(history.update(1_000_900, signal), /down/);
    assert.equal(gridEnd(history.series!.grid), 999_900);
    const padded = history.paddedTo(1_000_800)!;
    assert.equal(padded.values.length, 101);
    assert.deepEqual([...padded.values.slice(-4)], [999_900, Number.NaN, Number.NaN, Number.NaN]);
  });

  it('gives no value rather than a guess where a query returns several series', async () => {
    const history = new SeriesHistory(fakeSource(3), { query: 'q' }, OPTIONS);
    await history.update(1_000_000, signal);
    assert.ok(history.series!.values.every(Number.isNaN));
    assert.match(history.warnings.join(), /3 series where one is needed/);
  });

  it('sums the parts of a split', async () => {
    const history = new SeriesHistory(fakeSource(3), { query: 'q', by: 'part' }, OPTIONS);
    await history.update(1_000_000, signal);
    assert.equal(history.series!.values.at(-1), 3 * 999_900);
  });

  it('keeps the parts of a split apart: they sum to the whole, and one that ends goes on as a gap', async () => {
    const source = fakeSource(3);
    const history = new SeriesHistory(source, { query: 'q', by: 'part' }, OPTIONS);
    await history.update(1_000_000, signal);
    assert.deepEqual([...history.parts.keys()], ['0', '1', '2']);
    const whole = fakeSource(3);
    source.history = async (...args) => {
      const result = await whole.history(...args);
      return { ...result, series: result.series.slice(1) };
    };
    await history.update(1_000_000 + STEP, signal);
    const ended = history.parts.get('0')!;
    assert.deepEqual(ended.grid, history.series!.grid);
    assert.ok(Number.isNaN(ended.values.at(-1)) && ended.values[0] === ended.grid.startSeconds);
    for (let i = 0; i < ended.values.length; i++) {
      const values = [...history.parts.values()].map((part) => part.values[i]!).filter((value) => !Number.isNaN(value));
      assert.equal(
        values.reduce((sum, value) => sum + value, 0),
        history.series!.values[i]
      );
    }
  });

  it('keeps a bounded number of parts and says how many are in the sum only', async () => {
    const history = new SeriesHistory(fakeSource(40), { query: 'q', by: 'part' }, OPTIONS);
    await history.update(1_000_000, signal);
    assert.equal(history.parts.size, 32);
    assert.equal(history.series!.values.at(-1), 40 * 999_900);
    assert.match(history.warnings.join(), /8 parts of the split are in the sum only/);
  });

  it('holds the same as one read of everything, whatever the times of its updates', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 1, maxLength: 8 }),
        async (steps) => {
          const history = new SeriesHistory(fakeSource(), { query: 'q' }, OPTIONS);
          let now = 1_000_000;
          for (const step of steps) {
            now += step;
            await history.update(now, signal);
          }
          const { grid, values } = history.series!;
          assert.equal(gridEnd(grid), Math.floor(now / STEP) * STEP);
          assert.ok(values.every((value, index) => value === timeAt(grid, index)));
        }
      ),
      { numRuns: 50 }
    );
  });
});
