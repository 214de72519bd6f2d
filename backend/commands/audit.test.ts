import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runCommand } from '../runCommand.fixture.ts';
import { openSqliteStorage, storedChain } from '../storage/index.ts';

describe('audit verify', () => {
  let folder: string;
  let lines: string[];
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'headroom-audit-'));
    const storage = await openSqliteStorage({ file: ':memory:' });
    for (const id of ['a', 'b', 'c', 'd']) {
      await storage.appendDecision({
        id,
        at: 1_795_000_000,
        who: 'alice',
        what: 'approve',
        workload: 'shop',
        why: ['a shortfall is likely'],
        before: { floor: 3 },
        after: { floor: 5 },
        outcome: 'applied',
      });
    }
    lines = [];
    for await (const record of storedChain(storage)) {
      lines.push(`${JSON.stringify(record)}\n`);
    }
    await storage.close();
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const verify = (content: readonly string[], ...options: readonly string[]) => {
    const file = join(folder, 'audit.ndjson');
    writeFileSync(file, content.join(''));
    return runCommand(['audit', 'verify', file, ...options]);
  };
  const hashOf = (line: string) => (JSON.parse(line) as { hash: string }).hash;

  it('says that an export is intact, and its head', async () => {
    const { exitCode, stdout } = await verify(lines);
    assert.equal(exitCode, 0);
    assert.match(stdout, /audit\.ndjson: intact, 4 decisions: 1 to 4\nhead [0-9a-f]{64}\n$/);
    assert.ok(stdout.includes(hashOf(lines[3]!)));
    assert.match((await verify(lines.slice(2))).stdout, /intact, 2 decisions: 3 to 4; those before 3 are not/);
    assert.match((await verify([])).stdout, /intact, 0 decisions\nhead none/);
  });

  it('tells the same as JSON', async () => {
    const report = JSON.parse((await verify(lines, '--json')).stdout) as Record<string, unknown>;
    assert.deepEqual([report['intact'], report['count'], report['head']], [true, 4, hashOf(lines[3]!)]);
    const broken = await verify(lines.toSpliced(1, 1), '--json');
    assert.equal(broken.exitCode, 1);
    assert.equal((JSON.parse(broken.stdout) as Record<string, unknown>)['intact'], false);
  });

  it('fails with exit code 1, line and reason, where a decision was changed, taken out or cut off', async () => {
    const cases: ReadonlyArray<readonly [readonly string[], RegExp, ...string[]]> = [
      [lines.with(1, lines[1]!.replace('alice', 'mallory')), /ndjson:2: .* decision 2 is not as it was written/],
      [lines.toSpliced(1, 1), /ndjson:2: .* decision 3 does not follow decision 1/],
      [lines.toSpliced(3, 1), /ndjson:4: .*missing/, '--head', hashOf(lines[3]!)],
      [lines.with(2, '{}\n'), /ndjson:3: .* decision without a number is no decision/],
    ];
    for (const [content, expected, ...options] of cases) {
      const { exitCode, stdout, stderr } = await verify(content, ...options);
      assert.deepEqual([exitCode, stdout], [1, '']);
      assert.match(stderr, expected);
      assert.match(stderr, /AUDIT_CHAIN_BROKEN/);
    }
  });

  it('refuses what it cannot read with exit code 2', async () => {
    const half = await verify(lines.with(3, lines[3]!.slice(0, 40)));
    assert.equal(half.exitCode, 2);
    assert.match(half.stderr, /ndjson:4: is no line of JSON.*AUDIT_LINE_INVALID/);
    assert.match((await runCommand(['audit', 'verify', join(folder, 'none')])).stderr, /FILE_NOT_FOUND/);
    assert.match((await runCommand(['audit', 'verify', folder])).stderr, /FILE_UNREADABLE/);
    assert.equal((await verify(lines, '--head', 'abc')).exitCode, 2);
  });
});
