import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from './readFiles.ts';

const READY_WITHIN_MS = 600_000;
const ASK_AGAIN_MS = 500;

export interface DemoSidecar {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts `headroom serve --demo` on a port and with a folder of its own and waits until `expressions` have values;
 * HEADROOM_E2E_URL names one that runs already.
 */
export async function startDemoSidecar(expressions: readonly string[]): Promise<DemoSidecar> {
  const given = process.env['HEADROOM_E2E_URL'];
  if (given !== undefined) {
    return { url: given, close: () => Promise.resolve() };
  }
  const folder = await mkdtemp(join(tmpdir(), 'headroom-boards-'));
  const child = spawn(process.execPath, ['backend/cli.ts', 'serve', '--demo'], {
    cwd: ROOT,
    env: { ...process.env, HEADROOM_LISTEN: '127.0.0.1:0', HEADROOM_DATA_DIR: folder, HEADROOM_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const close = async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const url = await addressOf(child);
    const until = Date.now() + READY_WITHIN_MS;
    for (const expression of expressions) {
      while (!(await hasValue(url, expression))) {
        if (Date.now() > until) {
          throw new Error(`The demo has no ${expression} after ${READY_WITHIN_MS / 1000} s`);
        }
        await delay(ASK_AGAIN_MS);
      }
    }
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function addressOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) {
    throw new Error('The sidecar has no output');
  }
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /ready at (http:\/\/\S+)/.exec(line)?.[1];
    if (url !== undefined) {
      child.stdout.resume();
      return url;
    }
  }
  throw new Error('The sidecar has ended before it was ready');
}

async function hasValue(url: string, expression: string): Promise<boolean> {
  const answer = (await (
    await fetch(`${url}/prometheus/api/v1/query?query=${encodeURIComponent(expression)}`)
  ).json()) as { readonly data?: { readonly result: readonly unknown[] } };
  return (answer.data?.result.length ?? 0) > 0;
}
