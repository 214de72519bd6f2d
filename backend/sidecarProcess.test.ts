import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, it, type TestContext } from 'node:test';
import { stringify } from 'yaml';
import { statusSchema, workloadsResponseSchema, type WorkloadEntry } from '../contract/index.ts';
import { runCommand } from './runCommand.fixture.ts';
import { startSidecarProcess, until, type SidecarProcess } from './sidecarProcess.fixture.ts';
import { openSqliteStorage } from './storage/index.ts';

const KILLS = 4;
const SERVICES = ['checkout', 'search', 'signup-api', 'notifications', 'etl'];

function folder(context: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'headroom-process-'));
  context.after(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}

function workloadOf(service: string): WorkloadEntry {
  return {
    name: service,
    activity: { requests: { query: `${service}.requests` } },
    capacity: { replicas: { query: `${service}.replicas` }, perReplica: 50 },
    forecast: { step: '10s', horizon: '5m', history: '1h', model: 'theta' },
  };
}

function fileOf(services: readonly string[], sources: unknown = [{ name: 'demo', type: 'demo' }]): string {
  return stringify({ sources, workloads: services.map(workloadOf) });
}

/** Written whole: nobody sees half a file. */
function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

describe('the sidecar killed at any moment', () => {
  /** What the API has shown last: when each outlook was issued, and which recommendation stands. */
  interface Shown {
    readonly issuedAt: Map<string, number>;
    readonly recommendation: Map<string, string>;
  }

  /** Looks at the API until `changes` new things were seen; what was shown. */
  async function watch(sidecar: SidecarProcess, changes: number, shown: Shown): Promise<void> {
    let seen = 0;
    await until(`${changes} new outlooks and recommendations`, async () => {
      for (const { name, health, recommendationId } of workloadsResponseSchema.parse(
        await sidecar.get('/api/v1/workloads')
      ).workloads) {
        if (health.lastSuccessAt !== null && health.lastSuccessAt !== shown.issuedAt.get(name)) {
          shown.issuedAt.set(name, health.lastSuccessAt);
          seen++;
        }
        if (recommendationId !== null && recommendationId !== shown.recommendation.get(name)) {
          shown.recommendation.set(name, recommendationId);
          seen++;
        }
      }
      return seen >= changes ? seen : undefined;
    });
  }

  /** Everything that was shown is in the file, or something newer; every record in it is whole. */
  async function assertKept(file: string, { issuedAt, recommendation }: Shown, about: string): Promise<number> {
    const check = new DatabaseSync(file);
    assert.deepEqual({ ...check.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' }, about);
    check.close();
    const storage = await openSqliteStorage({ file });
    let records = 0;
    for (const [name, shownAt] of issuedAt) {
      const latest = await storage.latestOutlook(name);
      assert.ok((latest?.issuedAtSeconds ?? 0) >= shownAt, `${about}: ${name} shown at ${shownAt}`);
      const outlooks = await storage.outlooks(name, 0, 1e11);
      assert.ok(
        outlooks.every(({ series, grid }) => series[0]?.mean.length === grid.length),
        about
      );
      records += outlooks.length;
    }
    for (const [name, id] of recommendation) {
      assert.equal((await storage.recommendation(id))?.workload, name, `${about}: recommendation ${id}`);
    }
    await storage.close();
    return records;
  }

  it(`${KILLS} times while it writes, opens again with all that the API had shown, and no half record`, async (t) => {
    const directory = folder(t);
    const config = join(directory, 'workloads.yaml');
    writeFileSync(config, fileOf(SERVICES));
    const seed = Math.floor(Math.random() * 2 ** 31);
    let state = seed;
    const random = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % below;
    };
    const shown: Shown = { issuedAt: new Map(), recommendation: new Map() };
    const start = () => startSidecarProcess(['serve', '--config', config], { HEADROOM_DATA_DIR: directory });
    let records = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const about = `seed ${seed}, kill ${kill}`;
      const sidecar = await start();
      await watch(sidecar, 1 + random(2 * SERVICES.length), shown);
      // Between two turns of the event loop, so that the kill falls anywhere within a write.
      for (let turns = random(300); turns > 0; turns--) {
        await new Promise(setImmediate);
      }
      await sidecar.kill();
      records = await assertKept(join(directory, 'headroom.db'), shown, about);
    }
    assert.ok(records >= SERVICES.length, `${records} records`);

    const again = await start();
    const { workloads } = workloadsResponseSchema.parse(await again.get('/api/v1/workloads'));
    for (const { name, health } of workloads) {
      assert.ok((health.lastSuccessAt ?? 0) >= (shown.issuedAt.get(name) ?? 0), `${name} after the last start`);
    }
    assert.equal(await again.stop(), 0, 'and stops gracefully');
  });
});

describe('a workloads file that is changed while the sidecar runs', () => {
  it('is taken up; a bad one leaves the last good one in force and the status names line and column', async (t) => {
    const directory = folder(t);
    const config = join(directory, 'workloads.yaml');
    writeFileSync(config, fileOf(['checkout']));
    const sidecar = await startSidecarProcess(['serve', '--config', config], { HEADROOM_DATA_DIR: directory });
    try {
      const status = async () => statusSchema.parse(await sidecar.get('/api/v1/status')).config;
      const names = async () =>
        workloadsResponseSchema
          .parse(await sidecar.get('/api/v1/workloads'))
          .workloads.map(({ name }) => name)
          .sort();
      const first = await status();
      assert.equal(first.problem, null);

      replaceFile(config, `${fileOf(['checkout', 'search'])}    colour: red\n`);
      const line = fileOf(['checkout', 'search']).split('\n').length;
      const bad = await until('the fault', async () => ((await status()).problem === null ? undefined : status()));
      assert.equal(
        bad.problem?.replace(`${config}:${line}:5: `, ''),
        'workloads[1].colour: is not a known field',
        String(bad.problem)
      );
      assert.equal(bad.loadedAt, first.loadedAt);
      assert.deepEqual(await names(), ['checkout']);

      replaceFile(config, fileOf(['checkout', 'search']));
      const corrected = await until('the correction', async () =>
        (await status()).problem === null ? status() : undefined
      );
      assert.ok(corrected.loadedAt! > first.loadedAt!);
      assert.deepEqual(await names(), ['checkout', 'search']);

      rmSync(config);
      const gone = await until('the loss', async () => ((await status()).problem === null ? undefined : status()));
      assert.match(gone.problem ?? '', /there is no such file/);
      assert.deepEqual(await names(), ['checkout', 'search']);
    } finally {
      await sidecar.stop();
    }
  });
});

describe('what keeps the sidecar from starting', () => {
  interface Fault {
    readonly title: string;
    readonly code: string;
    readonly exitCode: number;
    readonly says: RegExp;
    readonly args?: (directory: string) => readonly string[];
    readonly env?: (directory: string) => Readonly<Record<string, string>>;
    readonly prepare?: (directory: string) => unknown;
  }
  const faults: readonly Fault[] = [
    {
      title: 'a data folder that is a file',
      code: 'DATA_DIRECTORY_UNWRITABLE',
      exitCode: 2,
      says: /taken-by-a-file: cannot be written: EEXIST/,
      prepare: (directory) => {
        writeFileSync(join(directory, 'taken-by-a-file'), '');
      },
      env: (directory) => ({ HEADROOM_DATA_DIR: join(directory, 'taken-by-a-file') }),
    },
    {
      title: 'a workloads file that is not there',
      code: 'FILE_NOT_FOUND',
      exitCode: 2,
      says: /nothing\.yaml: there is no such file/,
      args: (directory) => ['--config', join(directory, 'nothing.yaml')],
    },
    {
      title: 'a workloads file with a fault',
      code: 'CONFIG_INVALID',
      exitCode: 2,
      says: /bad\.yaml:2:13: sources\[0\]\.type: must be one of prometheus, grafana, csv, demo .*; `npx headroom check-config \S+` shows every fault/,
      prepare: (directory) => {
        writeFileSync(join(directory, 'bad.yaml'), 'sources:\n  - { type: pigeon, name: p }\nworkloads: [{}]\n');
      },
      args: (directory) => ['--config', join(directory, 'bad.yaml')],
    },
    {
      title: 'every interface without a token',
      code: 'CONFIG_LISTEN_UNSAFE',
      exitCode: 2,
      says: /Without a token Headroom listens on loopback only, not on 0\.0\.0\.0:8370/,
      env: () => ({ HEADROOM_LISTEN: '0.0.0.0:8370' }),
    },
    {
      title: 'an address that is not of this machine',
      code: 'LISTEN_FAILED',
      exitCode: 2,
      says: /Cannot listen on 192\.0\.2\.1:8370: EADDRNOTAVAIL/,
      env: () => ({ HEADROOM_LISTEN: '192.0.2.1:8370', HEADROOM_TOKEN: 'a-token-for-this' }),
    },
    {
      title: 'an environment variable that cannot be read',
      code: 'CONFIG_ENVIRONMENT_INVALID',
      exitCode: 2,
      says: /HEADROOM_LISTEN is not valid: it must be host:port/,
      env: () => ({ HEADROOM_LISTEN: 'here' }),
    },
    {
      title: 'a database of another kind',
      code: 'CONFIG_ENVIRONMENT_INVALID',
      exitCode: 2,
      says: /HEADROOM_DATABASE_URL is not valid: it must be postgres:/,
      env: () => ({ HEADROOM_DATABASE_URL: 'mysql://db/headroom' }),
    },
    {
      title: 'a PostgreSQL that is not there',
      code: 'STORAGE_UNREACHABLE',
      exitCode: 1,
      says: /postgresql:\/\/127\.0\.0\.1:1\/db: cannot be reached: connect ECONNREFUSED/,
      env: () => ({ HEADROOM_DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/db' }),
    },
    {
      title: "another program's file in the database's place",
      code: 'STORAGE_FOREIGN',
      exitCode: 1,
      says: /headroom\.db: is not a Headroom database: it is no SQLite file/,
      prepare: (directory) => {
        writeFileSync(join(directory, 'headroom.db'), 'dear diary, '.repeat(100));
      },
    },
    {
      title: 'a damaged database',
      code: 'STORAGE_CORRUPT',
      exitCode: 1,
      says: /headroom\.db: the database is damaged: /,
      prepare: async (directory) => {
        await (await openSqliteStorage({ directory })).close();
        truncateSync(join(directory, 'headroom.db'), 8192);
      },
    },
  ];
  for (const { title, code, exitCode, says, ...fault } of faults) {
    it(`${title} is one line, ${code}, exit ${exitCode}`, async (t) => {
      const directory = folder(t);
      await fault.prepare?.(directory);
      const run = await runCommand(['serve', ...(fault.args?.(directory) ?? ['--demo'])], {
        HEADROOM_LISTEN: '127.0.0.1:0',
        HEADROOM_DATA_DIR: directory,
        ...fault.env?.(directory),
      });
      assert.match(run.stderr, new RegExp(`^headroom: [^\n]*\\. [^\n]*\\(${code}\\)\n$`));
      assert.match(run.stderr, says);
      assert.deepEqual([run.stdout, run.exitCode], ['', exitCode]);
    });
  }

  it('a port that is taken is one line, PORT_TAKEN, exit 2, and the process ends by itself', async (t) => {
    const directory = folder(t);
    const server = createServer().listen(0, '127.0.0.1');
    t.after(() => server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const command = fileURLToPath(new URL('./headroom.mjs', import.meta.url));
    const env = { ...process.env, HEADROOM_LISTEN: `127.0.0.1:${port}`, HEADROOM_DATA_DIR: directory };
    const ended = await new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
      execFile(process.execPath, [command, 'serve', '--demo'], { env }, (error, stdout, stderr) => {
        resolve({ code: error?.code, stdout, stderr });
      });
    });
    assert.deepEqual(ended, {
      code: 2,
      stdout: '',
      stderr: `headroom: Port ${port} on 127.0.0.1 is taken. Stop what uses it or set HEADROOM_LISTEN to another address. (PORT_TAKEN)\n`,
    });
  });
});
