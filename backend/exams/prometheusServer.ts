import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './freePort.ts';

const run = promisify(execFile);
const BINARIES = ['/usr/bin/prometheus', '/usr/bin/promtool'];

/** Why tests against a real Prometheus skip here, or `false` where they don't. */
export function prometheusMissing(): string | false {
  const missing = BINARIES.filter((file) => !existsSync(file));
  return missing.length > 0 && `${missing.join(' and ')} not installed (apt-get install prometheus)`;
}

export interface PrometheusServer {
  readonly url: string;
  readonly pid: number | undefined;
  /** Replaces the configuration (and files beside it) and has the server take it up. */
  configure(config: string, files?: Readonly<Record<string, string>>): Promise<void>;
  /** The JSON of a GET under the server; throws where the status is not 2xx. */
  get(path: string, parameters: Readonly<Record<string, string>>): Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * Debian's Prometheus on a free loopback port over samples in the OpenMetrics text form, with feature flags of its own;
 * resolves when it answers.
 */
export async function startPrometheus(
  openMetrics: string,
  features: readonly string[] = []
): Promise<PrometheusServer> {
  const directory = await mkdtemp(join(tmpdir(), 'headroom-prometheus-'));
  await writeFile(join(directory, 'samples.om'), openMetrics);
  await writeFile(join(directory, 'prometheus.yml'), 'global: {}\n');
  // In blocks of two hours promtool reads the whole text again for each.
  const blocks = ['tsdb', 'create-blocks-from', '--max-block-duration=20000h', 'openmetrics', 'samples.om', 'data'];
  await run('/usr/bin/promtool', blocks, { cwd: directory });
  const address = `127.0.0.1:${await freePort()}`;
  const options = [
    'config.file=prometheus.yml',
    'storage.tsdb.path=data',
    'storage.tsdb.retention.time=100y',
    `web.listen-address=${address}`,
    ...features.map((feature) => `enable-feature=${feature}`),
  ];
  const child = spawn('/usr/bin/prometheus', ['--web.enable-lifecycle', ...options.map((option) => `--${option}`)], {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await untilReady(child);
  const url = `http://${address}`;
  return {
    url,
    pid: child.pid,
    async configure(config, files = {}) {
      for (const [name, text] of Object.entries({ ...files, 'prometheus.yml': config })) {
        await writeFile(join(directory, name), text);
      }
      const response = await fetch(`${url}/-/reload`, { method: 'POST' });
      if (!response.ok) {
        throw new Error(`reload refused: ${await response.text()}`);
      }
    },
    async get(path, parameters) {
      const response = await fetch(`${url}${path}?${new URLSearchParams(parameters).toString()}`);
      const text = await response.text();
      if (!response.ok) {
        throw new Error(`${path}: ${response.status} ${text.slice(0, 500)}`);
      }
      return JSON.parse(text) as unknown;
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function untilReady(child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    log += chunk.toString();
    if (log.includes('Server is ready to receive web requests')) {
      resolve(undefined);
    }
  });
  child.once('exit', () => {
    reject(new Error(`prometheus ended: ${log.slice(-500)}`));
  });
  await promise;
}
