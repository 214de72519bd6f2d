import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runTestFile } from './runTestFile.ts';

const DATA = 'load 1m\n  up{job="a"} 1 2\n  up{job="b"} 3 4\n\n';

async function problemOf(evaluation: string): Promise<string> {
  const { failures } = await runTestFile(DATA + evaluation);
  assert.equal(failures.length, 1, `one failure of: ${evaluation}`);
  return failures[0]?.problem ?? '';
}

describe('runTestFile', () => {
  it('says what was expected and what came', async () => {
    assert.match(await problemOf('eval instant at 1m up{job="a"}\n  up{job="a"} 3'), /expected 3 .* got 2/);
    assert.match(await problemOf('eval instant at 1m up{job="a"}\n  up{job="c"} 2'), /expected no .*job="a".* got 2/);
    assert.match(await problemOf('eval instant at 1m up{job="a"}'), /expected no/);
    assert.match(
      await problemOf('eval instant at 1m up{job="c"}\n  up{job="c"} 2'),
      /expected .*job="c".* no such series/
    );
    assert.match(await problemOf('eval instant at 1m 1 + 1\n  3'), /expected scalar 3, got scalar 2/);
    assert.match(await problemOf('eval instant at 1m up\n  2'), /expected scalar 2, got a vector of 2/);
    assert.match(await problemOf('eval instant at 1m 1\n  {} 1'), /expected a vector, got scalar 1/);
    assert.match(
      await problemOf('eval range from 0 to 1m step 1m up{job="a"}\n  up{job="a"} 1 3'),
      /got 1 @0 2 @60000/
    );
    assert.match(await problemOf('eval range from 0 to 1m step 1m up{job="a"}\n  up{job="a"} 1'), /expected 1 /);
    assert.match(
      await problemOf('eval_ordered instant at 1m sort_desc(up)\n  up{job="a"} 2\n  up{job="b"} 4'),
      /at place/
    );
  });

  it('holds errors, warnings and infos to what is expected of them', async () => {
    assert.match(await problemOf('eval_fail instant at 1m up'), /expected an error, got a result/);
    assert.match(await problemOf('eval instant at 1m up + on () up'), /got the error/);
    assert.match(
      await problemOf('eval_fail instant at 1m up + on () up\n  expected_fail_message nothing'),
      /expected the error nothing, got/
    );
    assert.match(
      await problemOf('eval instant at 1m up + on () up\n  expect fail regex: ^exactly'),
      /expected the error \^exactly/
    );
    assert.match(await problemOf('eval_warn instant at 1m vector(1)\n  {} 1'), /expected warning , got no warning/);
    assert.match(
      await problemOf('eval instant at 1m quantile(2, up)\n  expect no_warn\n  {} +Inf'),
      /expected no warning/
    );
    assert.match(
      await problemOf('eval instant at 1m quantile(2, up)\n  expect warn msg: other\n  {} +Inf'),
      /expected warning other/
    );
    assert.match(await problemOf('eval_info instant at 1m vector(1)\n  {} 1'), /expected info/);
  });

  it('takes strings', async () => {
    assert.equal((await runTestFile('eval instant at 0 "tomorrow"\n  expect string "tomorrow"')).passed, 1);
    assert.match(await problemOf('eval instant at 0 "tomorrow"\n  expect string `today`'), /expected string "today"/);
  });

  it('counts commands that cannot be read as failures, and goes on', async () => {
    const { failures, passed } = await runTestFile(
      [
        'load sometimes',
        '',
        'load 1m\n  up{job=} 1',
        '',
        'load 1m\n  up 1+2',
        '',
        'eval instant at noon up',
        '',
        'eval range from 1m to 0 step 1m up',
        '',
        'eval instant at 1m up\n  up 1 2',
        '',
        'eval instant at 1m up\n  expect warn\n  expect no_warn',
        '',
        'eval instant at 1m up\n  expect surprise',
        '',
        'prove it',
        '',
        'eval instant at 1m 1\n  1',
      ].join('\n')
    );
    assert.deepEqual(
      failures.map(({ line }) => line),
      [1, 3, 6, 9, 11, 13, 16, 20, 23]
    );
    assert.equal(passed, 1);
  });

  it('skips, and counts, what reads or expects native histograms, by the notation alone', async () => {
    const { passed, failures, skipped } = await runTestFile(
      [
        'load 1m\n  native{a="1"} {{schema:0 sum:5 count:4 buckets:[1 2 1]}}x5\n  plain{a="1"} 1',
        '',
        'eval instant at 0 native{a="1"}\n  native{a="1"} {{schema:0 sum:5 count:4 buckets:[1 2 1]}}',
        '',
        'eval instant at 0 count({a="1"})\n  {} 2',
        '',
        'eval instant at 0 plain\n  plain{a="1"} 1',
        '',
        'clear',
        '',
        'load_with_nhcb 1m\n  wait_bucket{le="1"} 1\n  wait_bucket{le="+Inf"} 2',
        '',
        'eval instant at 0 histogram_quantile(0.5, wait)\n  {} 1',
        '',
        'eval instant at 0 wait_bucket{le="1"}\n  wait_bucket{le="1"} 1',
      ].join('\n')
    );
    assert.deepEqual(failures, []);
    assert.equal(passed, 2);
    assert.deepEqual([...skipped.values()], [3]);
  });

  it('evaluates each instant in a range query and pinned by @ as well', async () => {
    const { failures } = await runTestFile(
      `${DATA}eval instant at 1m sum_over_time(up[1m])\n  {job="a"} 2\n  {job="b"} 4`
    );
    assert.deepEqual(failures, []);
  });
});
