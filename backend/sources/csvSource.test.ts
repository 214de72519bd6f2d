import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { sourceExam, truthOf } from '../exams/source.ts';
import type { TimeGrid } from '../timeseries/index.ts';
import { createSource } from './createSource.ts';
import { testDeps } from './http/loopback.fixture.ts';

const never = new AbortController().signal;

function csv(grid: TimeGrid, columns: Readonly<Record<string, readonly number[]>>): string {
  const names = Object.keys(columns);
  const rows = Array.from({ length: grid.length }, (_, row) => {
    const cells = names.map((name) => columns[name]![row]!).map((value) => (Number.isNaN(value) ? '' : String(value)));
    return [grid.startSeconds + row * grid.stepSeconds, ...cells].join(',');
  });
  return [`timestamp,${names.join(',')}`, ...rows, ''].join('\n');
}

function inDirectory(): {
  readonly directory: string;
  readonly write: (text: string) => void;
  readonly remove: () => void;
} {
  const directory = mkdtempSync(join(tmpdir(), 'headroom-csv-'));
  return {
    directory,
    // As a file is replaced in the wild: written aside, then renamed.
    write: (text) => {
      writeFileSync(join(directory, 'new'), text);
      renameSync(join(directory, 'new'), join(directory, 'load.csv'));
    },
    remove: () => {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function open(directory: string) {
  return createSource({ name: 'file', type: 'csv', file: 'load.csv' }, { ...testDeps(), directory });
}

sourceExam('CsvSource', () => {
  const grid = { startSeconds: 1_790_000_100, stepSeconds: 300, length: 300 };
  const values = Array.from({ length: grid.length }, (_, index) => (index % 9 === 4 ? Number.NaN : index / 8));
  const { directory, write, remove } = inDirectory();
  write(csv(grid, { requests: values, cpu: values.map((value) => value * 2) }));
  return Promise.resolve({
    source: open(directory),
    query: { query: 'requests' },
    grid,
    truth: truthOf(grid, values),
    emptyGrid: { ...grid, startSeconds: grid.startSeconds + 300_000_000 },
    unknownQuery: { query: 'memory' },
    breakDown: () => Promise.resolve().then(remove),
    dispose: () => Promise.resolve().then(remove),
  });
});

describe('CsvSource', () => {
  const grid = { startSeconds: 1200, stepSeconds: 60, length: 10 };

  async function withFile(
    text: string,
    use: (source: ReturnType<typeof open>, write: (text: string) => void) => Promise<void>
  ): Promise<void> {
    const { directory, write, remove } = inDirectory();
    try {
      write(text);
      await use(open(directory), write);
    } finally {
      remove();
    }
  }

  test('takes the mean of the rows in [t, t + step), over what is there', () =>
    withFile(csv(grid, { a: [1, 2, 3, 4, Number.NaN, 6, 7, 8, Number.NaN, Number.NaN] }), async (source) => {
      const asked = { startSeconds: 900, stepSeconds: 300, length: 4 };
      const { series, warnings } = await source.history({ query: 'a' }, asked, never);
      assert.deepEqual([...series[0]!.series.values], [Number.NaN, 2.5, 7, Number.NaN]);
      assert.match(warnings[0]!, /a row every 1m: values are means over 5m/);
    }));

  test('refuses a step that is no whole multiple of its own', () =>
    withFile(csv(grid, { a: Array<number>(10).fill(1) }), async (source) => {
      for (const stepSeconds of [30, 90, 100]) {
        await assert.rejects(source.history({ query: 'a' }, { ...grid, stepSeconds }, never), {
          code: 'SOURCE_STEP_UNSUITABLE',
        });
      }
    }));

  test('says when the file covers nothing of the time asked for', () =>
    withFile(csv(grid, { a: Array<number>(10).fill(1) }), async (source) => {
      const { warnings } = await source.history({ query: 'a' }, { ...grid, startSeconds: 9000 }, never);
      assert.match(warnings[0]!, /covers 1970-01-01T00:20:00.000Z to 1970-01-01T00:29:00.000Z, nothing of the time/);
    }));

  test('reads the file again when it changes, and says what is wrong with it until it is mended', () =>
    withFile(csv(grid, { a: Array<number>(10).fill(1) }), async (source, write) => {
      const first = async () => (await source.history({ query: 'a' }, grid, never)).series[0]!.series.values[0];
      assert.equal(await first(), 1);
      write(csv(grid, { a: Array<number>(10).fill(2) }));
      assert.equal(await first(), 2);
      write('timestamp,a\n1200,1\n1260,one\n');
      await assert.rejects(first(), { code: 'SOURCE_FILE_UNREADABLE', message: /load\.csv:3: column a/ });
      assert.match((await source.check(never)).problem ?? '', /load\.csv:3/);
      write(csv(grid, { a: Array<number>(10).fill(3) }));
      assert.equal(await first(), 3);
    }));

  test('takes one column by name only, and names those there are', () =>
    withFile(csv(grid, { a: Array<number>(10).fill(1), b: Array<number>(10).fill(1) }), async (source) => {
      await assert.rejects(source.history({ query: 'c' }, grid, never), {
        code: 'SOURCE_SERIES_UNKNOWN',
        action: 'Use one of a, b',
      });
      await assert.rejects(source.history({ query: { a: 1 } }, grid, never), { code: 'SOURCE_QUERY_INVALID' });
      await assert.rejects(source.history({ query: 'a', by: 'b' }, grid, never), { code: 'SOURCE_QUERY_INVALID' });
    }));

  test('holds a row for one step', () =>
    withFile(csv(grid, { a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }), async (source) => {
      assert.deepEqual(await source.latest({ query: 'a' }, 1799.9, never), { kind: 'observed', value: 10 });
      assert.equal((await source.latest({ query: 'a' }, 1800, never)).kind, 'missing');
      assert.equal((await source.latest({ query: 'a' }, 1199, never)).kind, 'missing');
    }));
});
