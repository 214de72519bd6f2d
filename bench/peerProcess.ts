import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program that does its work once each time it is asked, on one thread. */
export interface PeerProcess {
  /** The line that it answers, or undefined once the program has ended. */
  answer(): Promise<string | undefined>;
  /** The answer as a number: CPU seconds. */
  seconds(): Promise<number | undefined>;
  stop(): void;
}

/** Starts a program and asks it once; undefined where it ends instead of answering. */
export async function startPeerProcess(
  command: string,
  args: ReadonlyArray<number | string>
): Promise<PeerProcess | undefined> {
  const child = spawn(command, args.map(String), {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close').then(
    () => undefined,
    () => undefined
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<string | undefined> => {
    child.stdin.write('\n');
    const line = await Promise.race([lines.next(), ended]);
    return line === undefined || line.done === true ? undefined : line.value;
  };
  const peer: PeerProcess = {
    answer,
    async seconds() {
      const line = await answer();
      return line === undefined ? undefined : Number(line);
    },
    stop: () => child.kill(),
  };
  return (await answer()) === undefined ? undefined : peer;
}
