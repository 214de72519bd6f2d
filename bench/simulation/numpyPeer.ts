import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PYTHON = '/usr/bin/python3';

/** A numpy program that simulates once each time it is asked, on one thread. */
export interface NumpyPeer {
  /** CPU seconds of one simulation, or undefined once the program has ended. */
  seconds(): Promise<number | undefined>;
  stop(): void;
}

/** Starts `paths.py` with its arguments; undefined where Python or numpy are not installed. */
export async function startNumpyPeer(args: readonly number[]): Promise<NumpyPeer | undefined> {
  if (!existsSync(PYTHON)) {
    return undefined;
  }
  const script = join(import.meta.dirname, 'paths.py');
  const child = spawn(PYTHON, [script, ...args.map(String)], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close').then(() => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const peer: NumpyPeer = {
    async seconds() {
      child.stdin.write('\n');
      const line = await Promise.race([lines.next(), ended]);
      return line === undefined || line.done === true ? undefined : Number(line.value);
    },
    stop: () => child.kill(),
  };
  return (await peer.seconds()) === undefined ? undefined : peer;
}
