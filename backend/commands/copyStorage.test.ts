import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../runCommand.fixture.ts';
import { openPostgresStorage, openSqliteStorage, storedChain, verifyChain, type Storage } from '../storage/index.ts';
import {
  PASSWORD,
  postgresMissing,
  startPostgres,
  type PostgresServer,
} from '../storage/postgres/postgresServer.fixture.ts';
import { crashDecision, crashOutlook, crashScore, LEAD_SECONDS } from '../storage/sqlite/crashRecords.fixture.ts';

const OUTLOOKS = 60;
const DECISIONS = 700;
const MAIN = fileURLToPath(new URL('../headroom.mjs', import.meta.url));

async function kept(storage: Storage): Promise<unknown> {
  return {
    decisions: await storage.decisions({ limit: 10_000 }),
    outlooks: await storage.outlooks('w', 0, 2e9),
    latest: await storage.latestOutlook('w'),
    scores: await storage.scores('w', 0),
    scoredUntil: await storage.scoredUntil('w'),
    settings: await storage.settings(''),
  };
}

describe('headroom copy-storage', { skip: postgresMissing() }, () => {
  let server: PostgresServer;
  let directory: string;
  let was: unknown;
  let schemas = 0;
  const newTarget = () => server.url({ schema: `copy${String(++schemas)}` });
  const copy = (HEADROOM_DATABASE_URL: string, ...more: string[]) =>
    runCommand(['copy-storage', '--data-dir', directory, ...more], { HEADROOM_DATABASE_URL });

  before(async () => {
    server = await startPostgres();
    directory = await mkdtemp(join(tmpdir(), 'headroom-copy-'));
    const storage = await openSqliteStorage({ directory });
    for (let index = 0; index < OUTLOOKS; index++) {
      await storage.saveOutlook(crashOutlook(index), LEAD_SECONDS);
    }
    for (let index = 0; index < DECISIONS; index++) {
      await storage.appendDecision({ ...crashDecision(index), why: [`äöü \u0000 \u{1F600} ${String(index)}`] });
    }
    await storage.addScores('w', [crashScore('cpu'), crashScore('memory')], 1_790_000_000.125);
    await storage.setSetting('acting/mode/w', { mode: 'auto', note: '\u0000' });
    await storage.acquireLease({ name: 'acting', holder: 'one', nowSeconds: 1, ttlSeconds: 60 });
    await storage.acquireLease({ name: 'acting', holder: 'two', nowSeconds: 100, ttlSeconds: 60 });
    was = await kept(storage);
    await storage.close();
  });
  after(async () => {
    await server.dispose();
    await rm(directory, { recursive: true, force: true });
  });

  test('copies everything, the chain and the tokens of leases included, and leaves the source as it is', async () => {
    const url = newTarget();
    const { exitCode, stdout, stderr } = await copy(url);
    assert.equal(exitCode, 0, stderr);
    assert.match(
      stdout,
      /decision 700, scoring 1, score 2, setting 1, lease 1\ndecisions: intact, 700, head [0-9a-f]{64}/
    );
    assert.match(stderr, /copying: 0 %[^]*copying: 100 %[^]*checking: 100 %/);
    assert.ok(!`${stdout}${stderr}`.includes(PASSWORD));
    const target = await openPostgresStorage(url);
    assert.deepEqual(await kept(target), was);
    assert.equal((await verifyChain(storedChain(target))).intact, true);
    assert.equal((await target.appendDecision(crashDecision(DECISIONS))).seq, DECISIONS + 1);
    const lease = await target.acquireLease({ name: 'acting', holder: 'new', nowSeconds: 101, ttlSeconds: 60 });
    assert.ok(lease.held && lease.token === 3, 'no fence comes twice, and nobody waits for a holder that is gone');
    await target.close();
    const source = await openSqliteStorage({ directory });
    assert.deepEqual(await kept(source), was);
    await source.close();
  });

  test('refuses a target that keeps something, and changes nothing there', async () => {
    const url = newTarget();
    const target = await openPostgresStorage(url);
    await target.setSetting('a', 1);
    const { exitCode, stderr } = await copy(url);
    assert.notEqual(exitCode, 0);
    assert.match(stderr, /STORAGE_NOT_EMPTY/);
    assert.equal((await target.decisions({})).length, 0);
    await target.close();
  });

  test('refuses a source that a Headroom runs on, one that is not there, and a target that is none', async () => {
    const busy = await mkdtemp(join(tmpdir(), 'headroom-copy-'));
    const storage = await openSqliteStorage({ directory: busy });
    await storage.acquireLease({ name: 'acting', holder: 'one', nowSeconds: Date.now() / 1000, ttlSeconds: 600 });
    await storage.close();
    const HEADROOM_DATABASE_URL = newTarget();
    const inUse = await runCommand(['copy-storage', '--data-dir', busy], { HEADROOM_DATABASE_URL });
    assert.match(inUse.stderr, /STORAGE_IN_USE/);
    await rm(busy, { recursive: true });
    const gone = await runCommand(['copy-storage', '--data-dir', busy], { HEADROOM_DATABASE_URL });
    assert.match(gone.stderr, /there is none.*STORAGE_UNOPENABLE/);
    await assert.rejects(readFile(join(busy, 'headroom.db')), { code: 'ENOENT' });
    assert.equal((await runCommand(['copy-storage', '--data-dir', directory])).exitCode, 2);
    const wrong = await copy(server.url({ password: 'wrong-password-here' }));
    assert.match(wrong.stderr, /STORAGE_REFUSED/);
    assert.ok(!wrong.stderr.includes('wrong-password-here'));
  });

  test('an interrupt leaves nothing half-copied', async () => {
    const url = newTarget();
    const aborted = await runCommand(
      ['copy-storage', '--data-dir', directory],
      { HEADROOM_DATABASE_URL: url },
      AbortSignal.abort('SIGINT')
    );
    assert.equal(aborted.exitCode, 130);
    assert.equal((await copy(url, '--quiet')).exitCode, 0);
  });

  test('a kill in the middle leaves nothing half-copied, and the same again succeeds', async () => {
    const url = newTarget();
    for (const moment of ['copying: ', 'checking: ']) {
      const child = spawn(process.execPath, [MAIN, 'copy-storage', '--data-dir', directory], {
        env: { ...process.env, HEADROOM_DATABASE_URL: url },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const ended = once(child, 'exit');
      let told = '';
      child.stderr.on('data', (chunk: Buffer) => {
        told += chunk.toString();
        if (told.includes(moment)) {
          child.kill('SIGKILL');
        }
      });
      const [, signal] = (await ended) as [number | null, string | null];
      assert.equal(signal, 'SIGKILL', told);
    }
    const { exitCode, stderr, stdout } = await copy(url, '--quiet', '--json');
    assert.equal(exitCode, 0, stderr);
    assert.equal(stderr, '');
    const { rows, chain } = JSON.parse(stdout) as { rows: Record<string, number>; chain: { intact: boolean } };
    assert.deepEqual([rows['decision'], chain.intact], [DECISIONS, true]);
  });
});
