import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PYTHON = '/usr/bin/python3';

/** A Python program that does its work once each time it is asked, on one thread. */
export interface PythonPeer {
  /** The line that it answers, or undefined once the program has ended. */
  answer(): Promise<string | undefined>;
  /** The answer as a number: CPU seconds. */
  seconds(): Promise<number | undefined>;
  stop(): void;
}

/** Starts a script of this folder and asks it once; undefined where Python or what the script imports is not installed. */
export async function startPythonPeer(
  script: string,
  args: ReadonlyArray<number | string>
): Promise<PythonPeer | undefined> {
  if (!existsSync(PYTHON)) {
    return undefined;
  }
  const child = spawn(PYTHON, [join(import.meta.dirname, script), ...args.map(String)], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close').then(() => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<string | undefined> => {
    child.stdin.write('\n');
    const line = await Promise.race([lines.next(), ended]);
    return line === undefined || line.done === true ? undefined : line.value;
  };
  const peer: PythonPeer = {
    answer,
    async seconds() {
      const line = await answer();
      return line === undefined ? undefined : Number(line);
    },
    stop: () => child.kill(),
  };
  return (await answer()) === undefined ? undefined : peer;
}
