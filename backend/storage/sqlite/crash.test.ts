import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { timeAt } from '../../timeseries/index.ts';
import { issuedAtOf, LEAD_SECONDS, markOf } from './crashRecords.fixture.ts';
import { openSqliteStorage } from './openSqliteStorage.ts';

const WRITER = fileURLToPath(new URL('./crashWriter.fixture.ts', import.meta.url));
const KILLS = 20;

/** The last index that the writer confirmed of each kind before it was killed after `lines` lines and a while. */
async function writeUntilKilled(
  file: string,
  first: number,
  lines: number,
  spins: number
): Promise<Map<string, number>> {
  const child = spawn(process.execPath, [WRITER, file, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const confirmed = new Map<string, number>();
  let printed = 0;
  let rest = '';
  const exit = once(child, 'exit');
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n');
    // What follows the last line break was cut off by the kill: it may not have been confirmed.
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const [kind, index] = part.split(' ');
      confirmed.set(kind!, Number(index));
      printed++;
    }
    if (printed >= lines) {
      // Between two turns of the loop, so that the kill falls anywhere within a write.
      let turns = 0;
      const kill = () => (turns++ < spins ? setImmediate(kill) : child.kill('SIGKILL'));
      kill();
    }
  });
  const [, signal] = (await exit) as [number | null, string | null];
  assert.equal(signal, 'SIGKILL', 'the writer ended by itself');
  return confirmed;
}

test(`SqliteStorage killed ${KILLS} times while it writes loses nothing that was confirmed, and keeps no half record`, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'headroom-crash-'));
  const file = join(directory, 'headroom.db');
  const seed = Math.floor(Math.random() * 2 ** 31);
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  try {
    let next = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const confirmed = await writeUntilKilled(file, next, 1 + random(25), random(400));
      const about = `seed ${seed}, kill ${kill}`;
      const check = new DatabaseSync(file);
      assert.deepEqual(
        check
          .prepare('PRAGMA integrity_check')
          .all()
          .map((row) => row['integrity_check']),
        ['ok'],
        about
      );
      check.close();

      const storage = await openSqliteStorage({ file });
      const decisions = await storage.decisions({ limit: 100_000 });
      const last = decisions.length - 1;
      assert.deepEqual(
        decisions.map(({ id }) => id),
        Array.from({ length: last + 1 }, (_, index) => `d${last - index}`),
        about
      );
      assert.ok(last >= (confirmed.get('decision') ?? -1), about);

      const latest = await storage.latestOutlook('w');
      const latestIndex = latest === undefined ? -1 : (latest.issuedAtSeconds - issuedAtOf(0)) / 300;
      assert.ok(latestIndex >= (confirmed.get('outlook') ?? -1), about);
      assert.ok(latestIndex === last || latestIndex === last + 1, `${about}: the writes came in order`);

      const scored = await storage.scoredUntil('w');
      assert.ok((scored ?? -1) >= (confirmed.get('scores') ?? -1), about);
      const scores = await storage.scores('w', 0);
      assert.deepEqual(
        scores.map(({ count }) => count),
        scored === undefined ? [] : [scored + 1, scored + 1],
        about
      );

      await assertOutlooksAnswer(storage, latestIndex, about);
      await storage.close();
      // What was written but not confirmed is not written again: each record carries on after the last there is.
      next = await resume(file, last, latestIndex, scored ?? -1);
    }
    assert.ok(next > 20, `only ${next} rounds of writes were made (seed ${seed})`);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

async function assertOutlooksAnswer(
  storage: Awaited<ReturnType<typeof openSqliteStorage>>,
  latestIndex: number,
  about: string
): Promise<void> {
  const outlooks = await storage.outlooks('w', 0, 4e9);
  const answers = new Map<number, number>();
  for (const { issuedAtSeconds, grid, series } of outlooks) {
    const index = (issuedAtSeconds - issuedAtOf(0)) / 300;
    for (let step = 0; step < grid.length; step++) {
      const time = timeAt(grid, step);
      assert.equal(series[0]?.mean[step], markOf(index, time), about);
      if (issuedAtSeconds + LEAD_SECONDS <= time) {
        answers.set(time, index);
      }
    }
  }
  for (let index = 0; index <= latestIndex; index++) {
    assert.equal(answers.get(issuedAtOf(index + 1)), index, `${about}: what outlook ${index} answers for`);
  }
}

/** Brings the kinds of record to the same index, so that the next round begins clean; that index plus one. */
async function resume(file: string, decision: number, outlook: number, scored: number): Promise<number> {
  const { crashDecision, crashOutlook, crashScore } = await import('./crashRecords.fixture.ts');
  const storage = await openSqliteStorage({ file });
  const target = Math.max(decision, outlook, scored);
  if (outlook < target) {
    await storage.saveOutlook(crashOutlook(target), LEAD_SECONDS);
  }
  if (decision < target) {
    await storage.appendDecision(crashDecision(target));
  }
  if (scored < target) {
    await storage.addScores('w', [crashScore('requests'), crashScore('cpu')], target);
  }
  await storage.close();
  return target + 1;
}
