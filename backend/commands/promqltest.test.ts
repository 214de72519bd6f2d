import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Command } from 'commander';
import type { HeadroomError } from '../errors/index.ts';
import type { CommandIo } from './commandIo.ts';
import { addPromqltestCommand } from './promqltest.ts';
import { addRemoteReadConfigCommand } from './remoteReadConfig.ts';

interface Run {
  readonly output: string;
  readonly error?: HeadroomError;
}

async function run(...argv: readonly string[]): Promise<Run> {
  let output = '';
  const io: CommandIo = {
    stdout: { write: (text: string) => (output += text) },
    stderr: { write: () => undefined },
    env: {},
    signal: new AbortController().signal,
  };
  const program = new Command().exitOverride();
  addPromqltestCommand(program, io);
  addRemoteReadConfigCommand(program, io);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return { output };
  } catch (error) {
    return { output, error: error as HeadroomError };
  }
}

describe('promqltest', () => {
  let folder: string;
  let good: string;
  let bad: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headroom-promqltest-'));
    [good, bad] = [join(folder, 'good.test'), join(folder, 'bad.test')];
    await writeFile(
      good,
      'load 1m\n  up 1\n  old {{schema:0 count:1}}\n\neval instant at 0 up\n  up 1\n\neval instant at 0 old\n'
    );
    await writeFile(bad, 'load 1m\n  up 1\n\neval instant at 0 up\n  up 2\n\neval instant at 0 up\n  up 1\n');
  });

  after(async () => {
    await rm(folder, { recursive: true });
  });

  it('counts what passed, names what it skipped and why, and ends with the counts', async () => {
    const { output, error } = await run('promqltest', good);
    assert.equal(error, undefined);
    assert.match(output, /^1 skipped: .*native histogram/);
    assert.match(output, /\n1 passed, 0 failed\n$/);
  });

  it('names each failure with file, line, expected and got, and fails', async () => {
    const { output, error } = await run('promqltest', good, bad);
    assert.equal(error?.exitCode, 1);
    assert.ok(output.startsWith(`${bad}:4: up\n    expected 2 for {__name__="up"}, got 1\n`));
    assert.match(output, /\n2 passed, 1 failed\n$/);
  });

  it('prints one JSON document', async () => {
    const { output } = await run('promqltest', '--json', bad);
    const { passed, failed, files } = JSON.parse(output) as {
      passed: number;
      failed: number;
      files: ReadonlyArray<{ failures: ReadonlyArray<{ line: number }> }>;
    };
    assert.deepEqual([passed, failed, files[0]?.failures[0]?.line], [1, 1, 4]);
  });

  it('refuses a file that is not there with exit code 2', async () => {
    const { error } = await run('promqltest', join(folder, 'none.test'));
    assert.equal(error?.code, 'FILE_NOT_FOUND');
    assert.equal(error.exitCode, 2);
  });
});

describe('remote-read-config', () => {
  it('refuses an address that is none', async () => {
    for (const url of ['headroom:8370', 'ftp://headroom', '']) {
      assert.equal((await run('remote-read-config', '--url', url)).error?.code, 'USAGE');
    }
  });

  it('prints an entry for each metric that asks for the future', async () => {
    const { output } = await run(
      'remote-read-config',
      '--url',
      'https://headroom.example/',
      '--token-file',
      '/run/token'
    );
    assert.match(output, /url: https:\/\/headroom\.example\/prometheus\/api\/v1\/read/);
    assert.match(output, /__name__: headroom_forecast\n/);
    assert.match(output, /credentials_file: \/run\/token/);
    assert.equal(output.match(/read_recent: true/g)?.length, output.match(/ url: /g)?.length);
  });
});
