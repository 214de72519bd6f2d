import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../markdown.fixture.ts';

test('each row of the fault table is a test of that name, and each of those tests has a row', () => {
  const rows = readFileSync(join(ROOT, 'docs/acting/faults.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (?:Fault|---)/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const code = readFileSync(join(ROOT, 'backend/control/acting/faults.test.ts'), 'utf8');
  const tests = Array.from(code.matchAll(/^ {2}test\('([^']+)'/gm), ([, name]) => name);
  assert.ok(tests.length > 15);
  for (const cells of rows) {
    assert.equal(cells.length, 7, `five cells: ${cells.join('|')}`);
    assert.ok(
      cells.slice(1, 6).every((cell) => cell !== ''),
      `an empty cell: ${cells.join('|')}`
    );
  }
  assert.deepEqual(rows.map((cells) => cells[5]).sort(), tests.sort());
});
