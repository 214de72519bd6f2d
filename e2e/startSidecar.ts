import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findChromium, NO_CHROMIUM } from './findChromium';
import { grafanaUrl } from './places';
import { addressOf, ready } from './sidecarAddress';

const ROOT = resolve(__dirname, '..');
const NODE = join(ROOT, 'node_modules/.bin/node');

/**
 * Starts one sidecar with the demo fleet for the whole run, on a port of its own with a folder of its own, and waits
 * until it has foreseen every workload. HEADROOM_E2E_URL names one that runs already; with GRAFANA_URL none is started:
 * that Grafana has its own.
 */
export default async function startSidecar(): Promise<(() => Promise<void>) | undefined> {
  if (findChromium() === undefined) {
    process.stderr.write(`${NO_CHROMIUM}: every browser test is skipped\n`);
    return undefined;
  }
  if (grafanaUrl() !== undefined || process.env['HEADROOM_E2E_URL'] !== undefined) {
    return undefined;
  }
  const { url, stop } = await startDemo();
  process.env['HEADROOM_E2E_URL'] = url;
  return stop;
}

/** A sidecar with the demo fleet, and the workbench it serves, built where it has to be. */
export async function startDemo({
  nodeOptions = [],
  env = {},
}: { readonly nodeOptions?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {}): Promise<{
  readonly url: string;
  readonly stop: () => Promise<void>;
}> {
  const built = spawnSync(NODE, ['workbench/ensureBuilt.ts'], { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  if (built.status !== 0) {
    throw new Error('The workbench is not built: see above');
  }
  const folder = await mkdtemp(join(tmpdir(), 'headroom-e2e-'));
  const child = spawn(NODE, [...nodeOptions, 'backend/cli.ts', 'serve', '--demo'], {
    cwd: ROOT,
    env: {
      ...process.env,
      HEADROOM_LISTEN: '127.0.0.1:0',
      HEADROOM_DATA_DIR: folder,
      HEADROOM_LOG_LEVEL: 'warn',
      // No page shows what is trained meanwhile; the browser has the same cores.
      HEADROOM_TRAINING_CPU_SHARE: '0',
      HEADROOM_SHADOW_CPU_SHARE: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: string[] = [];
  child.stderr.on('data', (part: Buffer) => log.push(part.toString()));
  const stop = async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const url = await addressOf(child.stdout, once(child, 'exit'), log);
    await ready(url);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
