import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { runTestFile } from './runTestFile.ts';

const files = globSync(new URL('../testdata/*.test', import.meta.url).pathname);

describe("query behaviour in Prometheus' own notation", () => {
  for (const file of files) {
    it(basename(file), async () => {
      const report = await runTestFile(readFileSync(file, 'utf8'));
      assert.deepEqual(report.failures, []);
      assert.ok(report.passed > 0);
    });
  }

  it('fails where an expected value is another one', async () => {
    const values = files.flatMap((file) => {
      const lines = readFileSync(file, 'utf8').split('\n');
      return lines.flatMap((line, index) =>
        /^ {2}(?:\w|\{).* -?\d{1,4}(?:\.\d)?$/.test(line) ? [{ file, lines, index }] : []
      );
    });
    const expected = values.filter(({ lines, index }) => evaluationAbove(lines, index));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...expected), async ({ lines, index }) => {
        const tampered = lines.with(index, `${lines[index] ?? ''}9`);
        assert.notDeepEqual((await runTestFile(tampered.join('\n'))).failures, []);
      }),
      { numRuns: 40 }
    );
  });
});

/** Whether a line stands under an evaluation that is to succeed, and not under a load. */
function evaluationAbove(lines: readonly string[], index: number): boolean {
  const head = lines.slice(0, index).findLast((line) => line !== '' && !line.startsWith(' '));
  return head?.startsWith('eval') === true && !head.startsWith('eval_fail');
}
