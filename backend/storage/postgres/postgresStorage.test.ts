import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { storageExam } from '../../exams/storage.ts';
import type { NewDecision } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { crashDecision, crashOutlook, crashScore, issuedAtOf, LEAD_SECONDS } from '../sqlite/crashRecords.fixture.ts';
import { storedChain } from '../audit/storedChain.ts';
import { verifyChain } from '../audit/verifyChain.ts';
import type { Storage } from '../storage.ts';
import { MIGRATIONS } from './migrations.ts';
import { migrate } from './migrate.ts';
import { openPostgresStorage } from './openPostgresStorage.ts';
import { PostgresDatabase } from './postgresDatabase.ts';
import { PASSWORD, postgresMissing, startPostgres, type PostgresServer } from './postgresServer.fixture.ts';
import { postgresTarget } from './postgresTarget.ts';

const skip = postgresMissing();

describe('PostgreSQL', { skip }, () => {
  let server: PostgresServer;
  let schemas = 0;
  const newSchema = () => `s${++schemas}`;
  before(async () => {
    server = await startPostgres();
  });
  after(() => server.dispose());

  storageExam('PostgresStorage', async () => {
    const schema = newSchema();
    const open = () => openPostgresStorage(server.url({ schema }));
    const storage = await open();
    return {
      storage,
      reopen: async () => {
        await storage.close();
        return open();
      },
      dispose: async () => {
        await server.sql(`DROP SCHEMA ${schema} CASCADE`);
      },
    };
  });

  const withTwo = async (ask: (one: Storage, other: Storage, schema: string) => Promise<void>) => {
    const schema = newSchema();
    const url = server.url({ schema });
    const [one, other] = await Promise.all([openPostgresStorage(url), openPostgresStorage(url)]);
    try {
      await ask(one, other, schema);
    } finally {
      await Promise.all([one.close(), other.close()]);
    }
  };

  describe('shared by two sidecars', () => {
    test('is migrated once, whoever comes first, and all that come get in', async () => {
      const schema = newSchema();
      const opened = await Promise.all(Array.from({ length: 6 }, () => openPostgresStorage(server.url({ schema }))));
      await Promise.all(opened.map((storage) => storage.close()));
      const versions = await server.sql(`SELECT version FROM ${schema}.schema_version ORDER BY version`);
      assert.deepEqual(
        versions.map(({ version }) => version),
        MIGRATIONS.map(({ version }) => version)
      );
    });

    test('ends with the same outlooks whoever saves which at the same time', () =>
      withTwo(async (one, other, schema) => {
        const indexes = Array.from({ length: 24 }, (_, index) => index);
        await Promise.all(
          indexes.map((index) => (index % 2 === 0 ? one : other).saveOutlook(crashOutlook(index), LEAD_SECONDS))
        );
        const answers = new Map<number, number>();
        for (const { issuedAtSeconds, grid } of await other.outlooks('w', 0, 4e9)) {
          for (let step = 0; step < grid.length; step++) {
            const time = grid.startSeconds + step * grid.stepSeconds;
            if (issuedAtSeconds + LEAD_SECONDS <= time) {
              answers.set(time, issuedAtSeconds);
            }
          }
        }
        for (const index of indexes) {
          assert.equal(answers.get(issuedAtOf(index + 1)), issuedAtOf(index));
        }
        const hourly = await server.sql(
          `SELECT count(*)::int AS of_hour FROM ${schema}.outlook WHERE is_hourly = 1 GROUP BY floor(issued_at / 3600)`
        );
        assert.ok(hourly.length > 0 && hourly.every(({ of_hour: count }) => count === 1));
        const open = await server.sql(`SELECT issued_at FROM ${schema}.outlook WHERE answers_until IS NULL`);
        assert.deepEqual(open, [{ issued_at: issuedAtOf(23) }]);
      }));

    test('keeps a decision of one id exactly once, the first that came', () =>
      withTwo(async (one, other) => {
        const written: NewDecision[] = Array.from({ length: 20 }, (_, index) => ({
          ...crashDecision(1),
          who: `sidecar ${index}`,
        }));
        await Promise.all(written.map((each, index) => (index % 2 === 0 ? one : other).appendDecision(each)));
        const kept = await one.decisions({});
        assert.equal(kept.length, 1);
        assert.deepEqual(await other.decisions({}), kept);
      }));

    test('adds the scores of both, and shows a setting of one to the other', () =>
      withTwo(async (one, other) => {
        await Promise.all(
          Array.from({ length: 30 }, (_, index) =>
            (index % 2 === 0 ? one : other).addScores('w', [crashScore('cpu'), crashScore('cpu')], index)
          )
        );
        assert.equal((await one.scores('w', 0))[0]?.count, 60);
        await Promise.all([one.setSetting('a', 1), other.setSetting('b', 2), one.setSetting('c', 3)]);
        assert.deepEqual(await other.settings(''), new Map(Object.entries({ a: 1, b: 2, c: 3 })));
      }));

    test('gives a lease to one of them, and says to the other who has it', () =>
      withTwo(async (one, other) => {
        for (let round = 1; round <= 10; round++) {
          const nowSeconds = round * 15;
          const ask = (holder: string) => ({ name: 'actor', holder, nowSeconds, ttlSeconds: 15 });
          const answers = await Promise.all([one.acquireLease(ask('one')), other.acquireLease(ask('other'))]);
          const winner = answers[0].held ? 'one' : 'other';
          const [lost] = answers.filter(({ held }) => !held);
          assert.deepEqual(lost, { held: false, holder: winner, expiresSeconds: nowSeconds + 15 });
          const [won] = answers.filter(({ held }) => held);
          assert.deepEqual(won, { held: true, token: round, expiresSeconds: nowSeconds + 15 });
        }
      }));

    test('prunes while the other saves, and both come to an end', () =>
      withTwo(async (one, other) => {
        await Promise.all([
          ...Array.from({ length: 12 }, (_, index) => one.saveOutlook(crashOutlook(index), LEAD_SECONDS)),
          ...Array.from({ length: 4 }, () => other.prune(issuedAtOf(2000))),
        ]);
        assert.equal((await other.latestOutlook('w'))?.issuedAtSeconds, issuedAtOf(11));
      }));
  });

  test('lets nobody change a decision, the owner of the table and the superuser included', async () => {
    const schema = newSchema();
    const storage = await openPostgresStorage(server.url({ schema }));
    await storage.appendDecision(crashDecision(1));
    for (const statement of ["UPDATE %.decision SET body = ''", 'DELETE FROM %.decision', 'TRUNCATE %.decision']) {
      await assert.rejects(server.sql(statement.replace('%', schema)), /append-only/);
    }
    assert.equal((await storage.decisions({})).length, 1);
    await storage.close();
  });

  test('chains what two sidecars append, and shows whatever was changed in it', () =>
    withTwo(async (one, other, schema) => {
      await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          (index % 2 === 0 ? one : other).appendDecision(crashDecision(index % 30))
        )
      );
      const { intact, count } = await verifyChain(storedChain(one));
      assert.deepEqual([intact, count], [true, 30]);
      for (const trigger of ['stays', 'follows']) {
        await server.sql(`DROP TRIGGER decision_${trigger} ON ${schema}.decision`);
      }
      const [kept] = await server.sql(`SELECT * FROM ${schema}.decision WHERE sequence = 7`);
      assert.equal(Object.keys(kept!).length, 7);
      for (const column of Object.keys(kept!)) {
        const changed = ['sequence', 'at'].includes(column) ? `${column} + 50` : `${column} || ' '`;
        const which = column === 'id' ? 'sequence = 7' : `id = '${String(kept!['id'])}'`;
        await server.sql(`UPDATE ${schema}.decision SET ${column} = ${changed} WHERE ${which}`);
        assert.equal((await verifyChain(storedChain(other))).intact, false, column);
        const back = ['sequence', 'at'].includes(column) ? `${column} - 50` : `left(${column}, -1)`;
        await server.sql(`UPDATE ${schema}.decision SET ${column} = ${back} WHERE ${which}`);
        assert.equal((await verifyChain(storedChain(other))).intact, true, column);
      }
    }));

  test('puts decisions of before the chain into it, in their order', async () => {
    const schema = newSchema();
    const url = server.url({ schema });
    const database = new PostgresDatabase(postgresTarget(url));
    await migrate(database, MIGRATIONS.slice(0, 2));
    await database.write(async ({ run }) => {
      for (const index of [0, 1, 2]) {
        const { id, at, workload, ...rest } = crashDecision(index);
        const body = JSON.stringify({ id, at, workload, ...rest });
        await run('INSERT INTO decision (id, at, workload, body) VALUES ($1, $2, $3, $4)', id, at, workload, body);
      }
    });
    await database.close();
    const storage = await openPostgresStorage(url);
    assert.equal((await storage.appendDecision(crashDecision(3))).seq, 4);
    const { intact, count } = await verifyChain(storedChain(storage));
    assert.deepEqual([intact, count], [true, 4]);
    const kept = await storage.decisions({});
    assert.deepEqual(
      kept.map(({ id }) => id),
      ['d3', 'd2', 'd1', 'd0']
    );
    await storage.close();
  });

  test('lets nobody delete a lease, or have its token fall', async () => {
    const schema = newSchema();
    const storage = await openPostgresStorage(server.url({ schema }));
    await storage.acquireLease({ name: 'actor', holder: 'h', nowSeconds: 0, ttlSeconds: 15 });
    for (const statement of ['DELETE FROM %.lease', 'TRUNCATE %.lease', 'UPDATE %.lease SET token = 0']) {
      await assert.rejects(server.sql(statement.replace('%', schema)), /lease/);
    }
    await storage.close();
  });

  test('finds keys by prefix and order by their bytes, whatever the locale of the database', async () => {
    await server.sql(
      `CREATE DATABASE other TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'de-DE' LOCALE 'C' ENCODING 'UTF8'`
    );
    const storage = await openPostgresStorage(server.url({ database: 'other' }));
    const keys = ['a', 'B', 'ä', 'Z/', 'a/', 'a%', 'A'];
    for (const key of keys) {
      await storage.setSetting(key, key);
    }
    assert.deepEqual([...(await storage.settings('')).keys()], [...keys].sort());
    assert.deepEqual([...(await storage.settings('a')).keys()], ['a', 'a%', 'a/']);
    await storage.close();
    assert.equal(
      (await server.sql(`SELECT to_regclass('headroom.setting') IS NOT NULL AS x`, 'other'))[0]?.['x'],
      true
    );
  });

  const refused = async (url: string, code: string, says: RegExp) => {
    const error: unknown = await openPostgresStorage(url).then(
      (storage) => storage.close(),
      (thrown: unknown) => thrown
    );
    assert.ok(error instanceof HeadroomError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, says);
    const everything = [error.message, error.stack, JSON.stringify(error), String(error.cause)].join('\n');
    for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), 'wrong-secret', '"headroom"', 'nobody_there']) {
      assert.ok(!everything.includes(secret), `it tells ${secret}: ${everything}`);
    }
  };

  describe('refuses, in one coded error without user and password:', () => {
    test('a wrong password', () =>
      refused(
        server.url({ password: 'wrong-secret' }),
        'STORAGE_REFUSED',
        /^postgresql:\/\/127\.0\.0\.1:\d+\/postgres: /
      ));

    test('no password at all', () =>
      refused(`postgres://headroom@127.0.0.1:${server.port}/postgres`, 'STORAGE_REFUSED', /password/));

    test('an unknown user', () => refused(server.url({ user: 'nobody_there' }), 'STORAGE_REFUSED', /pg_hba/));

    test('an unknown database', () => refused(server.url({ database: 'none' }), 'STORAGE_REFUSED', /"none"/));

    test('a port where nobody listens', () =>
      refused(`postgres://headroom:wrong-secret@127.0.0.1:1/db`, 'STORAGE_UNREACHABLE', /ECONNREFUSED/));

    test('a socket that is not there', () =>
      refused(`postgres://headroom:wrong-secret@/db?host=/nowhere`, 'STORAGE_UNREACHABLE', /ENOENT/));

    test('TLS where the server has none', () =>
      refused(`${server.url()}?sslmode=verify-full`, 'STORAGE_UNREACHABLE', /SSL/));

    test('what is no URL', () => refused('postgres://headroom:wrong-secret@[/db', 'STORAGE_REFUSED', /no URL/));

    test('the schema of a newer Headroom, which is left as it is', async () => {
      const schema = newSchema();
      await (await openPostgresStorage(server.url({ schema }))).close();
      await server.sql(`INSERT INTO ${schema}.schema_version (version, name) VALUES (99, 'from the future')`);
      await refused(server.url({ schema }), 'STORAGE_SCHEMA_NEWER', /schema 99/);
      assert.equal((await server.sql(`SELECT * FROM ${schema}.schema_version`)).length, MIGRATIONS.length + 1);
    });

    test('a schema of another program, though it keeps versions too', async () => {
      const schema = newSchema();
      await server.sql(`CREATE SCHEMA ${schema}; CREATE TABLE ${schema}.schema_version (version int)`);
      await refused(server.url({ schema }), 'STORAGE_FOREIGN', /another program/);
      assert.equal((await server.sql(`SELECT * FROM pg_tables WHERE schemaname = '${schema}'`)).length, 1);
    });

    test('a database that is not in UTF-8', async () => {
      await server.sql(`CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'`);
      await refused(server.url({ database: 'latin' }), 'STORAGE_REFUSED', /LATIN1/);
    });

    test('a database that is read-only, new or known', async () => {
      for (const database of ['frozen', 'thawed']) {
        await server.sql(`CREATE DATABASE ${database}`);
        if (database === 'thawed') {
          await (await openPostgresStorage(server.url({ database }))).close();
        }
        await server.sql(`ALTER DATABASE ${database} SET default_transaction_read_only = on`);
        await refused(server.url({ database }), 'STORAGE_READ_ONLY', /read-only/);
      }
    });

    test('a user without rights', async () => {
      await server.sql(`CREATE ROLE weak LOGIN PASSWORD 'wrong-secret'`);
      await refused(server.url({ user: 'weak', password: 'wrong-secret' }), 'STORAGE_REFUSED', /permission denied/);
    });
  });

  test('speaks TLS as the sslmode of the URL says, and only to a server that proves who it is', async () => {
    const { certificateFile, settings } = await server.certify();
    await server.halt();
    await server.start(settings);
    const verified = `${server.url()}?sslmode=verify-full`;
    const storage = await openPostgresStorage(`${verified}&sslrootcert=${encodeURIComponent(certificateFile)}`);
    await storage.setSetting('key', 1);
    const connections = `SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'headroom'`;
    assert.deepEqual(await server.sql(connections), [{ ssl: true }]);
    await storage.close();
    await refused(verified, 'STORAGE_UNREACHABLE', /self-signed certificate/);
    const elsewhere = verified.replace('127.0.0.1', 'localhost');
    await refused(
      `${elsewhere}&sslrootcert=${encodeURIComponent(certificateFile)}`,
      'STORAGE_UNREACHABLE',
      /localhost/
    );
    await refused(`${verified}&sslrootcert=/nowhere/ca.pem`, 'STORAGE_REFUSED', /\/nowhere\/ca\.pem/);
    await server.halt();
    await server.start();
  });

  test('a migration that fails leaves nothing behind', async () => {
    const schema = newSchema();
    const database = new PostgresDatabase(postgresTarget(server.url({ schema })));
    const broken = [
      ...MIGRATIONS,
      { version: MIGRATIONS.length + 1, name: 'broken', sql: 'CREATE TABLE more (x int); SELECT 1 / 0' },
    ];
    await assert.rejects(migrate(database, broken), { code: 'STORAGE_FAILED' });
    assert.deepEqual(await server.sql(`SELECT 1 FROM pg_namespace WHERE nspname = '${schema}'`), []);
    await migrate(database);
    await database.close();
  });

  test('what races is tried again, what is wrong is not', async () => {
    const database = new PostgresDatabase(postgresTarget(server.url({ schema: newSchema() })));
    let tries = 0;
    const raise = (state: string, until: number) =>
      database.write(async ({ run }) => {
        if (++tries < until) {
          await run(`DO $$ BEGIN RAISE SQLSTATE '${state}'; END $$`);
        }
      });
    await raise('40001', 3);
    assert.equal(tries, 3);
    tries = 0;
    await assert.rejects(raise('40P01', 1000), { code: 'STORAGE_BUSY' });
    assert.ok(tries > 3 && tries < 20);
    for (const [state, code] of [
      ['53100', 'STORAGE_FULL'],
      ['25006', 'STORAGE_READ_ONLY'],
      ['XX001', 'STORAGE_CORRUPT'],
      ['23514', 'STORAGE_FAILED'],
    ] as const) {
      tries = 0;
      await assert.rejects(raise(state, 2), { code });
      assert.equal(tries, 1);
    }
    await database.close();
  });

  test('connections that the server ended are replaced without anybody noticing', async () => {
    const schema = newSchema();
    const storage = await openPostgresStorage(server.url({ schema }));
    const ended = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'headroom'`;
    for (let round = 0; round < 5; round++) {
      await Promise.all(Array.from({ length: 6 }, (_, index) => storage.setSetting(`k${index}`, round)));
      assert.ok((await server.sql(ended)).length > 0);
      await storage.setSetting('round', round);
      assert.equal(await storage.setting('round'), round);
    }
    await storage.close();
  });

  test('away, it is STORAGE_UNREACHABLE at once; back, it is used again without being opened anew', async () => {
    const schema = newSchema();
    const storage = await openPostgresStorage(server.url({ schema }));
    await storage.setSetting('key', 'before');
    await server.halt();
    await assert.rejects(storage.setting('key'), { code: 'STORAGE_UNREACHABLE' });
    await assert.rejects(storage.saveOutlook(crashOutlook(1), LEAD_SECONDS), { code: 'STORAGE_UNREACHABLE' });
    await server.start();
    assert.equal(await storage.setting('key'), 'before');
    await storage.saveOutlook(crashOutlook(1), LEAD_SECONDS);
    await storage.close();
  });

  test('killed again and again while it is written to, it keeps what was confirmed as durable', async () => {
    const schema = newSchema();
    const storage = await openPostgresStorage(server.url({ schema }));
    let next = 0;
    let token = 0;
    for (let kill = 0; kill < 5; kill++) {
      const confirmed: number[] = [];
      const uncertain: number[] = [];
      let isUp = true;
      const writer = async () => {
        while (isUp) {
          const index = next++;
          try {
            await storage.appendDecision(crashDecision(index));
            confirmed.push(index);
            const ask = { name: 'actor', holder: 'h', nowSeconds: index, ttlSeconds: 15 };
            const lease = await storage.acquireLease(ask);
            token = Math.max(token, lease.held ? lease.token : 0);
            await storage.saveOutlook(crashOutlook(index), LEAD_SECONDS);
            await storage.addScores('w', [crashScore('cpu')], index);
          } catch (error) {
            assert.equal((error as HeadroomError).code, 'STORAGE_UNREACHABLE', String(error));
            uncertain.push(index);
            isUp = false;
          }
        }
      };
      const writers = Promise.all([writer(), writer(), writer()]);
      while (confirmed.length < 5 + kill) {
        await new Promise(setImmediate);
      }
      await server.kill();
      await writers;
      await server.start();
      const kept = new Set((await storage.decisions({ limit: 1e6 })).map(({ id }) => id));
      assert.deepEqual(
        confirmed.filter((index) => !kept.has(`d${index}`)),
        [],
        `kill ${kill}`
      );
      const lease = await storage.acquireLease({ name: 'actor', holder: 'h', nowSeconds: next, ttlSeconds: 15 });
      assert.ok(lease.held && lease.token > token, `kill ${kill}`);
      // Each record that is there is whole.
      await storage.outlooks('w', 0, 4e9);
      const scores = await storage.scores('w', 0);
      assert.equal(scores.length === 0, (await storage.scoredUntil('w')) === undefined);
    }
    await storage.close();
  });
});
