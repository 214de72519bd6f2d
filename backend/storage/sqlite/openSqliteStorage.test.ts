import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { HeadroomError } from '../../errors/index.ts';
import { crashDecision, crashOutlook, issuedAtOf } from './crashRecords.fixture.ts';
import { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations.ts';
import { storedChain } from '../audit/storedChain.ts';
import { verifyChain } from '../audit/verifyChain.ts';
import { openSqliteStorage } from './openSqliteStorage.ts';
import { SqliteStorage } from './sqliteStorage.ts';

const run = promisify(execFile);

async function inDirectory(use: (file: string, directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'headroom-open-'));
  try {
    await use(join(directory, 'headroom.db'), directory);
  } finally {
    chmodSync(directory, 0o755);
    rmSync(directory, { recursive: true, force: true });
  }
}

async function fill(file: string): Promise<void> {
  const storage = await openSqliteStorage({ file });
  for (let index = 0; index < 3; index++) {
    await storage.saveOutlook(crashOutlook(index), 180);
    await storage.appendDecision(crashDecision(index));
  }
  await storage.close();
}

function refuses(file: string, code: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof HeadroomError, String(error));
    assert.equal(error.code, code, error.message);
    assert.ok(error.message.includes(file), error.message);
    return true;
  };
}

describe('openSqliteStorage', () => {
  test('creates folder, file and schema, with WAL and our mark', () =>
    inDirectory(async (_, directory) => {
      const storage = await openSqliteStorage({ directory: join(directory, 'a', 'b') });
      assert.equal(storage.kind, 'sqlite');
      await storage.close();
      const sqlite = new DatabaseSync(join(directory, 'a', 'b', 'headroom.db'));
      assert.equal(sqlite.prepare('PRAGMA journal_mode').get()?.['journal_mode'], 'wal');
      const tables = sqlite
        .prepare(`SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'`)
        .all();
      assert.ok(tables.length >= 7 && tables.every((table) => table['strict'] === 1));
      sqlite.close();
    }));

  test('refuses what is no SQLite file, a database of another program, a folder; and changes none of them', () =>
    inDirectory(async (file, directory) => {
      writeFileSync(file, 'dear diary, '.repeat(100));
      const before = readFileSync(file);
      await assert.rejects(openSqliteStorage({ file }), refuses(file, 'STORAGE_FOREIGN'));
      assert.deepEqual(readFileSync(file), before);

      const foreign = join(directory, 'foreign.db');
      const sqlite = new DatabaseSync(foreign);
      sqlite.exec('CREATE TABLE contact (name TEXT); INSERT INTO contact VALUES (1)');
      sqlite.close();
      const untouched = readFileSync(foreign);
      await assert.rejects(openSqliteStorage({ file: foreign }), refuses(foreign, 'STORAGE_FOREIGN'));
      assert.deepEqual(readFileSync(foreign), untouched);

      const folder = join(directory, 'folder');
      mkdirSync(folder);
      await assert.rejects(openSqliteStorage({ file: folder }), HeadroomError);
    }));

  test('refuses a damaged file, wherever the damage lies, and leaves it as it is', () =>
    inDirectory(async (file) => {
      await fill(file);
      const whole = readFileSync(file);
      for (const [what, damage] of [
        ['cut off', (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * 0.6))],
        [
          'garbage in the schema',
          (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 100), Buffer.alloc(3000, 0xff), bytes.subarray(3100)]),
        ],
        [
          'zeros in the middle',
          (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(16_384), bytes.subarray(20_480)]),
        ],
      ] as const) {
        const damaged = damage(whole);
        writeFileSync(file, damaged);
        await assert.rejects(openSqliteStorage({ file }), refuses(file, 'STORAGE_CORRUPT'), what);
        assert.deepEqual(readFileSync(file), damaged, what);
      }
      writeFileSync(file, whole);
      await (await openSqliteStorage({ file })).close();
    }));

  test('refuses the schema of a newer Headroom, and leaves it as it is', () =>
    inDirectory(async (file) => {
      await fill(file);
      const sqlite = new DatabaseSync(file);
      sqlite.exec(`INSERT INTO schema_version (version, name) VALUES (4000, 'from the future')`);
      sqlite.close();
      await assert.rejects(openSqliteStorage({ file }), (error: HeadroomError) => {
        assert.ok(error.message.includes(`schema 4000; this one knows up to ${MIGRATIONS.length}`), error.message);
        return refuses(file, 'STORAGE_SCHEMA_NEWER')(error);
      });
    }));

  test('says so where the folder cannot be made', () =>
    inDirectory(async (file) => {
      writeFileSync(file, '');
      const below = join(file, 'deeper');
      await assert.rejects(openSqliteStorage({ directory: below }), refuses(below, 'STORAGE_UNOPENABLE'));
    }));

  test('takes an empty file as new', () =>
    inDirectory(async (file) => {
      writeFileSync(file, '');
      await fill(file);
      assert.ok(statSync(file).size > 0);
    }));

  test('refuses a file or folder that may not be written, with its name', () =>
    inDirectory(async (file, directory) => {
      await fill(file);
      chmodSync(directory, 0o555);
      const script = `
        import { openSqliteStorage } from ${JSON.stringify(new URL('./openSqliteStorage.ts', import.meta.url).href)};
        if (process.getuid() === 0) {
          // Root may write anything: go on as nobody.
          process.setgid(65534); process.setuid(65534);
        }
        await openSqliteStorage({ file: ${JSON.stringify(file)} }).then(
          () => console.log('opened'), (error) => console.log(error.code + ' ' + error.message));`;
      const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script]);
      assert.match(stdout, /^STORAGE_(READ_ONLY|UNOPENABLE) .*headroom\.db: cannot be (written|opened)/);
    }));
});

describe('SqliteStorage', () => {
  /** A storage with the database beneath it, to bring it into trouble. */
  async function withDatabase(
    use: (storage: SqliteStorage, sqlite: DatabaseSync, file: string) => Promise<void>
  ): Promise<void> {
    await inDirectory(async (file) => {
      await fill(file);
      const sqlite = new DatabaseSync(file, { timeout: 20, enableForeignKeyConstraints: true });
      const storage = new SqliteStorage(new Database(sqlite, file));
      try {
        await use(storage, sqlite, file);
      } finally {
        await storage.close();
      }
    });
  }

  test('reads on while the disk is full, and writes again when it is not', () =>
    withDatabase(async (storage, sqlite, file) => {
      const pages = Number(sqlite.prepare('PRAGMA page_count').get()?.['page_count']);
      sqlite.exec(`PRAGMA max_page_count = ${pages}`);
      await assert.rejects(storage.saveOutlook(crashOutlook(3), 180), refuses(file, 'STORAGE_FULL'));
      assert.equal((await storage.latestOutlook('w'))?.issuedAtSeconds, issuedAtOf(2));
      assert.equal((await storage.decisions({})).length, 3);
      sqlite.exec('PRAGMA max_page_count = 1000000');
      await storage.saveOutlook(crashOutlook(3), 180);
      assert.equal((await storage.latestOutlook('w'))?.issuedAtSeconds, issuedAtOf(3));
    }));

  test('reads on while the file is read-only', () =>
    withDatabase(async (storage, sqlite, file) => {
      sqlite.exec('PRAGMA query_only = ON');
      await assert.rejects(storage.saveOutlook(crashOutlook(3), 180), refuses(file, 'STORAGE_READ_ONLY'));
      await assert.rejects(storage.appendDecision(crashDecision(3)), refuses(file, 'STORAGE_READ_ONLY'));
      assert.equal((await storage.outlooks('w', 0, 4e9)).length, 3);
      sqlite.exec('PRAGMA query_only = OFF');
      await storage.appendDecision(crashDecision(3));
    }));

  test('waits for a lock of another process, and reads meanwhile', () =>
    withDatabase(async (storage, _, file) => {
      const other = new DatabaseSync(file);
      other.exec('BEGIN IMMEDIATE');
      const writing = storage.appendDecision(crashDecision(3));
      assert.equal((await storage.decisions({})).length, 3);
      other.exec('COMMIT');
      await writing;
      other.close();
      assert.equal((await storage.decisions({})).length, 4);
    }));

  test('goes on around a damaged record, and names it', () =>
    withDatabase(async (storage, sqlite) => {
      sqlite.prepare('UPDATE outlook SET body = ? WHERE issued_at = ?').run(Buffer.from([1, 2, 3]), issuedAtOf(2));
      await assert.rejects(storage.latestOutlook('w'), {
        code: 'STORAGE_RECORD_INVALID',
        message: /the outlook of w from 2026-/,
      });
      await storage.saveOutlook(crashOutlook(3), 180);
      assert.equal((await storage.latestOutlook('w'))?.issuedAtSeconds, issuedAtOf(3));
      sqlite.exec(`UPDATE setting SET value = '{' WHERE key = 'x'; INSERT INTO setting VALUES ('y', '{')`);
      await assert.rejects(storage.setting('y'), { code: 'STORAGE_RECORD_INVALID' });
      for (const body of [Buffer.of(), Buffer.of(9, 9), Buffer.alloc(50, 7)]) {
        sqlite.prepare('UPDATE outlook SET body = ? WHERE issued_at = ?').run(body, issuedAtOf(3));
        await assert.rejects(storage.latestOutlook('w'), { code: 'STORAGE_RECORD_INVALID' });
      }
    }));

  test('says so when the file is damaged while it is open', () =>
    withDatabase(async (storage, sqlite, file) => {
      sqlite.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA cache_size = 0');
      truncateSync(file, 8192);
      await assert.rejects(storage.outlooks('w', 0, 4e9), (error: HeadroomError) => {
        return ['STORAGE_CORRUPT', 'STORAGE_FAILED'].includes(error.code) && error.message.includes(file);
      });
    }));

  test('keeps leases, and their tokens from falling, even from itself', () =>
    withDatabase(async (storage, sqlite) => {
      await storage.acquireLease({ name: 'actor', holder: 'h', nowSeconds: 0, ttlSeconds: 15 });
      for (const sql of ['DELETE FROM lease', 'UPDATE lease SET token = 0', `UPDATE lease SET name = 'x'`]) {
        assert.throws(() => {
          sqlite.exec(sql);
        }, /lease/);
      }
    }));

  test('keeps decisions even from itself', () =>
    withDatabase((_, sqlite) => {
      assert.throws(() => {
        sqlite.exec(`UPDATE decision SET body = ''`);
      }, /append-only/);
      assert.throws(() => {
        sqlite.exec('DELETE FROM decision');
      }, /append-only/);
      const columns = 'sequence, id, at, workload, body, previous_hash, hash';
      for (const [what, changed] of [
        ['one in the place of another', columns.replace('body', `'{}'`)],
        ['one again', columns.replace('sequence', 'sequence + 1').replace('previous_hash', 'hash')],
        ['one after a gap', columns.replace('sequence, id', `9, 'new'`).replace('previous_hash, hash', `hash, 'x'`)],
        ['one after none', columns.replace('sequence, id', `4, 'new'`).replace('hash', 'hash || hash')],
      ] as const) {
        for (const insert of ['INSERT', 'INSERT OR REPLACE', 'INSERT OR IGNORE', 'REPLACE']) {
          assert.throws(
            () => {
              sqlite.exec(`${insert} INTO decision (${columns}) SELECT ${changed} FROM decision WHERE sequence = 3`);
            },
            /append-only/,
            `${insert} ${what}`
          );
        }
      }
      return Promise.resolve();
    }));

  test('shows by the chain whatever somebody with the file changed in a decision', () =>
    withDatabase(async (storage, sqlite) => {
      assert.deepEqual(await verifyChain(storedChain(storage)).then(({ intact, count }) => [intact, count]), [true, 3]);
      for (const name of ['stays', 'holds', 'follows']) {
        sqlite.exec(`DROP TRIGGER decision_${name}`);
      }
      const columns = sqlite.prepare('SELECT name FROM pragma_table_info(?)').all('decision');
      assert.equal(columns.length, 7);
      for (const { name } of columns) {
        const column = String(name);
        const [value, changes] =
          column === 'body'
            ? ['replace', [`replace(body, 'propose', 'approve')`, `'{}'`, `''`, `replace(body, '{', '{ ')`, `'7'`]]
            : ['set', [column === 'sequence' || column === 'at' ? `${column} + 50` : `${column} || 'x'`]];
        for (const change of changes) {
          sqlite.exec(`SAVEPOINT tampered; UPDATE decision SET ${column} = ${change} WHERE id = 'd1'`);
          const report = await verifyChain(storedChain(storage));
          assert.equal(report.intact, false, `${value} ${column} to ${change}`);
          sqlite.exec('ROLLBACK TO tampered; RELEASE tampered');
        }
      }
      // Every key of the body that a table's column has is refused in it.
      sqlite.exec(`SAVEPOINT tampered;
        UPDATE decision SET id = 'other', body = replace(body, ',"outcome"', ',"id":"d1","outcome"') WHERE id = 'd1'`);
      assert.equal((await verifyChain(storedChain(storage))).intact, false);
      await assert.rejects(storage.decision('other'), { code: 'STORAGE_RECORD_INVALID' });
      sqlite.exec('ROLLBACK TO tampered; RELEASE tampered');
      for (const [sql, intact] of [
        [`DELETE FROM decision WHERE id = 'd1'`, false],
        [`UPDATE decision SET workload = NULL WHERE id = 'd1'`, false],
        [`DELETE FROM decision WHERE id = 'd2'`, true],
      ] as const) {
        const { head } = await verifyChain(storedChain(storage));
        sqlite.exec(`SAVEPOINT tampered; ${sql}`);
        assert.equal((await verifyChain(storedChain(storage))).intact, intact, sql);
        assert.equal((await verifyChain(storedChain(storage), { head: head ?? '' })).intact, false, sql);
        sqlite.exec('ROLLBACK TO tampered; RELEASE tampered');
      }
      assert.ok((await verifyChain(storedChain(storage))).intact);
    }));

  test('chains what two processes append to one file', () =>
    withDatabase(async (storage, _, file) => {
      const other = await openSqliteStorage({ file });
      await Promise.all(
        Array.from({ length: 60 }, (_none, index) =>
          (index % 2 === 0 ? storage : other).appendDecision(crashDecision(3 + (index % 40)))
        )
      );
      const { intact, count } = await verifyChain(storedChain(other));
      assert.deepEqual([intact, count], [true, 43]);
      await other.close();
    }));
});

describe('migrate', () => {
  test('puts decisions of before the chain into it, in their order', () =>
    inDirectory(async (file) => {
      const old = new DatabaseSync(file);
      old.exec('PRAGMA application_id = 0x4844524d');
      migrate(old, file, MIGRATIONS.slice(0, 2));
      const insert = old.prepare('INSERT INTO decision (sequence, id, at, workload, body) VALUES (?, ?, ?, ?, ?)');
      for (const [index, sequence] of [3, 4, 9].entries()) {
        const decision = crashDecision(index);
        insert.run(sequence, decision.id, decision.at, decision.workload, JSON.stringify(decision));
      }
      old.close();
      const storage = await openSqliteStorage({ file });
      const { intact, count } = await verifyChain(storedChain(storage));
      assert.deepEqual([intact, count], [true, 3]);
      const kept = (await storage.decisions({})).toReversed();
      assert.deepEqual(
        kept.map(({ seq, id }) => [seq, id]),
        [
          [1, 'd0'],
          [2, 'd1'],
          [3, 'd2'],
        ]
      );
      assert.equal((await storage.appendDecision(crashDecision(3))).seq, 4);
      await storage.close();
    }));

  const steps = [1, 2, 3].map((version) => ({
    version,
    name: `step ${version}`,
    sql: `CREATE TABLE t${version} (x TEXT) STRICT`,
  }));
  const versions = (sqlite: DatabaseSync) =>
    sqlite
      .prepare('SELECT version FROM schema_version ORDER BY version')
      .all()
      .map((row) => row['version']);

  test('applies what is missing, once each, from whatever version it finds', () => {
    for (let from = 0; from <= steps.length; from++) {
      const sqlite = new DatabaseSync(':memory:');
      migrate(sqlite, 'x', steps.slice(0, from));
      migrate(sqlite, 'x', steps);
      migrate(sqlite, 'x', steps);
      assert.deepEqual(versions(sqlite), [1, 2, 3]);
      sqlite.close();
    }
  });

  test('leaves the last sound version where a step fails', () => {
    const sqlite = new DatabaseSync(':memory:');
    const broken = [
      ...steps.slice(0, 1),
      { version: 2, name: 'broken', sql: 'CREATE TABLE half (x TEXT); CREATE NONSENSE' },
    ];
    assert.throws(() => {
      migrate(sqlite, 'x', broken);
    });
    assert.deepEqual(versions(sqlite), [1]);
    assert.equal(sqlite.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'half'`).get(), undefined);
    migrate(sqlite, 'x', steps);
    assert.deepEqual(versions(sqlite), [1, 2, 3]);
  });

  test('has steps from 1 on, without a gap', () => {
    assert.deepEqual(
      MIGRATIONS.map(({ version }) => version),
      MIGRATIONS.map((_, index) => index + 1)
    );
  });
});
