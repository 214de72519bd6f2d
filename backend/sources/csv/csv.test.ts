import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { HeadroomError } from '../../errors/index.ts';
import { parseCsvTable, parseTimestampMs, readCsvTable, type CsvTable } from './index.ts';

function table(text: string): CsvTable {
  return parseCsvTable(Buffer.from(text), 'f.csv');
}

function column(text: string, name = 'a'): number[] {
  return [...(table(text).columns.get(name) ?? [])];
}

function fault(text: string | Uint8Array): string {
  try {
    parseCsvTable(Buffer.from(text), 'f.csv');
  } catch (error) {
    assert.ok(error instanceof HeadroomError && error.code === 'CSV_INVALID', String(error));
    return error.message;
  }
  return 'no fault';
}

test('a table has metadata, a grid, and its columns in order', () => {
  const read = table('# tier: gold\n#region:eu: west\n# a remark\ntimestamp,cpu,mem\n60,1,2.5\n120,-3e2,\n180,+.5,0\n');
  assert.deepEqual(read.metadata, { tier: 'gold', region: 'eu: west' });
  assert.deepEqual(read.grid, { startSeconds: 60, stepSeconds: 60, length: 3 });
  assert.deepEqual([...read.columns.keys()], ['cpu', 'mem']);
  assert.deepEqual([...(read.columns.get('cpu') ?? [])], [1, -300, 0.5]);
  assert.deepEqual([...(read.columns.get('mem') ?? [])], [2.5, Number.NaN, 0]);
});

test('the step is the most common spacing, and gaps become missing values', () => {
  const read = table('timestamp,a\n0,1\n60,2\n240,3\n300,4\n');
  assert.deepEqual(read.grid, { startSeconds: 0, stepSeconds: 60, length: 6 });
  assert.deepEqual([...(read.columns.get('a') ?? [])], [1, 2, Number.NaN, Number.NaN, 3, 4]);
  assert.equal(table('timestamp,a\n0,1\n0.5,2\n1,3\n').grid.stepSeconds, 0.5);
});

test('ISO 8601 and epoch seconds name the same instants', () => {
  const instant = Date.UTC(2024, 1, 29, 12, 30, 15);
  for (const text of [
    '2024-02-29T12:30:15Z',
    '2024-02-29 12:30:15',
    '2024-02-29T14:30:15+02:00',
    '2024-02-29T07:00:15-0530',
    '1709209815',
  ]) {
    assert.equal(parseTimestampMs(text), instant, text);
  }
  assert.equal(parseTimestampMs('2024-02-29T12:30:15.25Z'), instant + 250);
  assert.equal(parseTimestampMs('2024-02-29'), Date.UTC(2024, 1, 29));
  for (const text of [
    '2023-02-29',
    '2024-13-01',
    '2024-01-01T24:00',
    '2024-01-01T10:60',
    '1709209815000',
    '1e9',
    '',
    'x',
  ]) {
    assert.equal(parseTimestampMs(text), undefined, text);
  }
});

test('every ISO instant of JavaScript is read as itself', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      assert.equal(parseTimestampMs(date.toISOString()), date.getTime());
    })
  );
});

test('quotes, byte order mark, carriage returns and blank lines are read as RFC 4180 has them', () => {
  const read = table('\ufeff"timestamp","a ""b"", c"\r\n\r\n0,"1.5"\r\n"60",""\r\n\r\n120,3');
  assert.deepEqual([...(read.columns.get('a "b", c') ?? [])], [1.5, Number.NaN, 3]);
  assert.deepEqual(column('timestamp,"a"\n0,1\n60,2'), [1, 2]);
});

const FAULTS: Array<[string, string]> = [
  ['', 'f.csv:1: column timestamp: there is no header'],
  ['# a: b\n', 'f.csv:1: column timestamp: there is no header'],
  ['# a: b\n# a: c\ntimestamp,a\n', 'f.csv:2: column a: this metadata is given twice'],
  ['time,a\n0,1\n', 'f.csv:1: column time: the first column must be named timestamp'],
  ['timestamp\n0\n', 'f.csv:1: column timestamp: there is no column beside the timestamp'],
  ['timestamp,a,a\n', 'f.csv:1: column a: there are two columns of this name'],
  ['timestamp,a,\n', 'f.csv:1: column 3: the column has no name'],
  ['timestamp,a\n', 'f.csv:1: column timestamp: at least two rows are needed to know the step'],
  ['timestamp,a\n0,1\n', 'f.csv:2: column timestamp: at least two rows are needed to know the step'],
  ['timestamp,a\n0,1\n0,1\n', 'f.csv:3: column timestamp: 0 stands there twice'],
  ['timestamp,a\n60,1\n0,1\n', 'f.csv:3: column timestamp: 0 is before the row above'],
  ['timestamp,a\n0,1\n60,2x\n', 'f.csv:3: column a: "2x" is no number'],
  ['timestamp,a\n0,NaN\n', 'f.csv:2: column a: "NaN" is no number'],
  ['timestamp,a\n0,0x10\n', 'f.csv:2: column a: "0x10" is no number'],
  ['timestamp,a\n0,Infinity\n', 'f.csv:2: column a: "Infinity" is no number'],
  ['timestamp,a\n0,1e999\n', 'f.csv:2: column a: "1e999" is out of range'],
  ['timestamp,a\n0,1 2\n', 'f.csv:2: column a: "1 2" is no number'],
  ['timestamp,a\nnow,1\n', 'f.csv:2: column timestamp: "now" is no instant (ISO 8601 or epoch seconds)'],
  ['timestamp,a,b\n0,1\n', 'f.csv:2: column b: the row ends after 2 of 3 cells'],
  ['timestamp,a\n0,1,2\n', 'f.csv:2: column 3: the row has more than 2 cells'],
  ['timestamp,a\n0,"1\n', 'f.csv:2: column 1: a quote is opened and never closed'],
  ['timestamp,a\n0,"1"2\n', 'f.csv:2: column 1: text follows a closing quote'],
  ['timestamp,a\n0,1"\n', 'f.csv:2: column 1: a quote stands inside a cell that does not start with one'],
  [
    'timestamp,a\n\n0,1\n60,2\n120,3\n150,4\n',
    'f.csv:6: column timestamp: the row lies off the grid of 60 s, the most common spacing',
  ],
  [
    'timestamp,a\n0,1\n1,2\n2,3\n200000000,4\n',
    'f.csv:5: column timestamp: the row would make a grid of more than 10000000 steps of 1 s',
  ],
];

for (const [text, message] of FAULTS) {
  test(`a fault is named with file, line and column: ${message}`, () => {
    assert.equal(fault(text), message);
  });
}

test('text that is not UTF-8 is named with its line', () => {
  assert.equal(
    fault(Buffer.concat([Buffer.from('timestamp,a\n0,1\n60,'), Buffer.from([0xff]), Buffer.from('\n')])),
    'f.csv:3: column 1: the text is not UTF-8'
  );
});

test('numbers are read to the last bit, as JavaScript reads them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 2, maxLength: 20 }),
      fc.nat(6),
      (values, digits) => {
        const texts = values.map((value, index) => (index % 2 === 0 ? String(value) : (value % 1e9).toFixed(digits)));
        const read = column(`timestamp,a\n${texts.map((text, index) => `${String(index)},${text}`).join('\n')}`);
        assert.deepEqual(
          read,
          texts.map((text) => Number(text) + 0)
        );
      }
    )
  );
});

const cell = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom('', ' ', '7', ' 8 ', '-0', '1e5')
);

test('rows are cut into cells as csv-parse cuts them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, fc.boolean(), cell, fc.boolean()), { minLength: 2, maxLength: 10 }),
      fc.constantFrom('\n', '\r\n'),
      (rows, newline) => {
        const lines = rows.map(([a, isQuotedA, b, isQuotedB], index) =>
          [String(index * 60), isQuotedA ? `"${a}"` : a, isQuotedB ? `"${b}"` : b].join(',')
        );
        const text = ['timestamp,a,b', ...lines, ''].join(newline);
        const expected = parse(text, { from_line: 2, columns: false }).map((cells) =>
          cells.slice(1).map((value) => (value.trim() === '' ? Number.NaN : Number(value) + 0))
        );
        const read = table(text);
        assert.deepEqual(
          [...(read.columns.get('a') ?? [])].map((value, index) => [value, read.columns.get('b')?.[index]]),
          expected
        );
      }
    )
  );
});

const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'timestamp',
        'a',
        ',',
        ',',
        '\n',
        '\n',
        '\r',
        '"',
        '""',
        '#',
        ':',
        ' ',
        '-',
        '.',
        'e',
        '\u0000',
        '🧨'
      ),
      fc.constantFrom('timestamp,a\n0,1\n', '60,2\n', '2024-01-01T00:00:00Z,3\n', '# name: value\n', '1e308', '\ufeff'),
      fc.nat(200).map(String)
    ),
    { maxLength: 60 }
  )
  .map((parts) => parts.join(''));

test('hostile files give a table without infinities or a coded error, never a crash', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        hostileText.map((text) => Buffer.from(text)),
        fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes))
      ),
      (bytes) => {
        try {
          const read = parseCsvTable(bytes, 'f.csv');
          for (const values of read.columns.values()) {
            assert.equal(values.length, read.grid.length);
            assert.ok(values.every((value) => Number.isNaN(value) || Number.isFinite(value)));
          }
        } catch (error) {
          assert.ok(error instanceof HeadroomError && error.code === 'CSV_INVALID', String(error));
          assert.ok(Number(error.details['line']) >= 1 && error.details['column'] !== '');
        }
      }
    ),
    { numRuns: 1000 }
  );
});

test('metadata named like an object property stays metadata', () => {
  const read = table('# __proto__: x\ntimestamp,a\n0,1\n1,2\n');
  assert.equal(Object.getOwnPropertyDescriptor(read.metadata, '__proto__')?.value, 'x');
});

test('files are read plain and gzipped; absent, unreadable and broken ones are coded errors', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-csv-'));
  const text = 'timestamp,a\n0,1\n60,2\n';
  const [plain, zipped, broken] = ['x.csv', 'x.csv.gz', 'broken.csv.gz'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  try {
    await writeFile(plain, text);
    await writeFile(zipped, gzipSync(text));
    await writeFile(broken, gzipSync(text).subarray(0, 20));
    assert.deepEqual((await readCsvTable(zipped)).columns, (await readCsvTable(plain)).columns);
    await assert.rejects(readCsvTable(broken), { code: 'FILE_UNREADABLE' });
    await assert.rejects(readCsvTable(folder), { code: 'FILE_UNREADABLE' });
    await assert.rejects(readCsvTable(join(folder, 'absent.csv')), { code: 'FILE_NOT_FOUND' });
  } finally {
    await rm(folder, { recursive: true });
  }
});
