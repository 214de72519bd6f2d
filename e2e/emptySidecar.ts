import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { addressOf, ready } from './sidecarAddress';

const ROOT = resolve(__dirname, '..');
const SOURCES = 'sources:\n  - { name: demo, type: demo }\nworkloads: []\n';

export interface EmptySidecar {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** A sidecar that knows a source and no workload, as on a first day. */
export async function startEmptySidecar(): Promise<EmptySidecar> {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-empty-'));
  const file = join(folder, 'workloads.yaml');
  await writeFile(file, SOURCES);
  const child = spawn(join(ROOT, 'node_modules/.bin/node'), ['backend/cli.ts', 'serve', '--config', file], {
    cwd: ROOT,
    env: {
      ...process.env,
      HEADROOM_LISTEN: '127.0.0.1:0',
      HEADROOM_DATA_DIR: join(folder, 'data'),
      HEADROOM_LOG_LEVEL: 'warn',
      HEADROOM_TRAINING_CPU_SHARE: '0',
      HEADROOM_SHADOW_CPU_SHARE: '0',
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
