import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('./headroom.mjs', import.meta.url));

/** The sidecar as people run it: a process of its own, on a free loopback port. */
export interface SidecarProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** The JSON of a GET that is answered with 200. */
  get(path: string): Promise<unknown>;
  /** SIGTERM, and the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: gone at once, with whatever it was doing. */
  kill(): Promise<void>;
}

/** Starts `headroom ...args` and resolves when it says that it is ready; throws what it said where it ended instead. */
export async function startSidecarProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>
): Promise<SidecarProcess> {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: { ...process.env, HEADROOM_LISTEN: '127.0.0.1:0', HEADROOM_LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const ready = /ready at (\S+)/.exec(line);
      if (ready !== null) {
        resolve(ready[1]!);
      }
    });
    void exit.then(([code]) => {
      reject(new Error(`headroom ${args.join(' ')} ended with ${String(code)}: ${errors}`));
    });
  });
  return {
    url,
    child,
    async get(path) {
      const response = await fetch(url + path);
      const text = await response.text();
      assert.equal(response.status, 200, `${path}: ${text}`);
      return JSON.parse(text) as unknown;
    },
    async stop() {
      child.kill('SIGTERM');
      const [code] = await exit;
      return code;
    },
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
  };
}

/** Asks until there is an answer; the bound is generous, since it matters only when something is broken. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  for (let attempt = 0; attempt < 1200; attempt++) {
    const answer = await ask();
    if (answer !== undefined) {
      return answer;
    }
    await delay(50);
  }
  throw new Error(`${what}: not within a minute`);
}
