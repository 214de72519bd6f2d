import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '../../exams/freePort.ts';

const run = promisify(execFile);
const VERSIONS = '/usr/lib/postgresql';

/** Where Debian's newest PostgreSQL has its programs. */
function programs(): string | undefined {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).map(Number) : [];
  const newest = versions.filter((version) => existsSync(`${VERSIONS}/${version}/bin/initdb`)).sort((a, b) => b - a)[0];
  return newest === undefined ? undefined : `${VERSIONS}/${newest}/bin`;
}

/** Why tests against a real PostgreSQL skip here, or `false` where they don't. */
export function postgresMissing(): string | false {
  return programs() === undefined && `no PostgreSQL in ${VERSIONS} (apt-get install postgresql)`;
}

export const PASSWORD = 'correct horse/battery@staple';

export interface PostgresServer {
  /** A URL with the right user and password, unless told others; `schema` becomes the search_path. */
  url(more?: { schema?: string; user?: string; password?: string; database?: string }): string;
  readonly port: number;
  /** As superuser. */
  sql(text: string, database?: string): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>>;
  start(settings?: readonly string[]): Promise<void>;
  /** A new self-signed certificate for 127.0.0.1, and the settings by which the server shows it. */
  certify(): Promise<{ readonly certificateFile: string; readonly settings: readonly string[] }>;
  /** SIGKILL to the server and all its processes. */
  kill(): Promise<void>;
  /** An orderly end, connections closed. */
  halt(): Promise<void>;
  dispose(): Promise<void>;
}

/** A throw-away cluster of PostgreSQL on a free loopback port, passwords needed; resolves when it answers. */
export async function startPostgres(): Promise<PostgresServer> {
  const bin = programs();
  if (bin === undefined) {
    throw new Error(String(postgresMissing()));
  }
  const directory = await mkdtemp(join(tmpdir(), 'headroom-postgres-'));
  const account = await unprivileged();
  const passwordFile = join(directory, 'password');
  await writeFile(passwordFile, PASSWORD);
  if (account !== undefined) {
    await chown(directory, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  const as = { cwd: directory, env: { ...process.env, LC_ALL: 'C' }, ...account };
  const data = join(directory, 'data');
  const cluster = ['-D', data, '-U', 'headroom', '--encoding=UTF8', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  await run(`${bin}/initdb`, [...cluster, '--no-sync', '--locale=C'], as);
  const port = await freePort();
  let child: ChildProcess | undefined;

  const server: PostgresServer = {
    port,
    url({ schema, user = 'headroom', password = PASSWORD, database = 'postgres' } = {}) {
      const options = schema === undefined ? '' : `?options=${encodeURIComponent(`-c search_path=${schema}`)}`;
      return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}${options}`;
    },
    async sql(text, database) {
      const client = new pg.Client({ connectionString: server.url(database === undefined ? {} : { database }) });
      await client.connect();
      try {
        const { rows } = await client.query<Record<string, unknown>>(text);
        return rows;
      } finally {
        await client.end();
      }
    },
    async start(settings = []) {
      const options = [
        'listen_addresses=127.0.0.1',
        `port=${port}`,
        `unix_socket_directories=${directory}`,
        // A kill leaves the operating system's cache: what was written is there without a sync.
        'fsync=off',
        'max_connections=40',
        ...settings,
      ];
      child = spawn(`${bin}/postgres`, ['-D', data, ...options.flatMap((each) => ['-c', each])], {
        ...as,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      await untilReady(child);
    },
    async certify() {
      const certificateFile = join(directory, 'server.crt');
      const keyFile = join(directory, 'server.key');
      const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
      const subject = ['-subj', '/CN=headroom', '-addext', 'subjectAltName=IP:127.0.0.1'];
      await run('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', keyFile, '-out', certificateFile], as);
      const settings = ['ssl=on', `ssl_cert_file=${certificateFile}`, `ssl_key_file=${keyFile}`];
      return { certificateFile, settings };
    },
    async kill() {
      if (child === undefined) {
        return;
      }
      const processes = [child.pid!, ...childrenOf(child.pid!)];
      const gone = once(child, 'exit');
      for (const pid of processes) {
        endAtOnce(pid);
      }
      await gone;
      while (processes.some((pid) => existsSync(`/proc/${pid}/fd`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8'))) {
        await setImmediate();
      }
      child = undefined;
    },
    async halt() {
      if (child !== undefined) {
        const gone = once(child, 'exit');
        // A fast shutdown.
        child.kill('SIGINT');
        await gone;
        child = undefined;
      }
    },
    async dispose() {
      await server.kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

/** PostgreSQL refuses to run as root: Debian's package brings the user for it. */
async function unprivileged(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

function endAtOnce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}

async function untilReady(child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-10_000);
    if (log.includes('ready to accept')) {
      resolve(undefined);
    }
  });
  child.once('exit', () => {
    reject(new Error(`postgres ended: ${log.slice(-1000)}`));
  });
  await promise;
}
