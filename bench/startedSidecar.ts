import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { demoWorkloads } from '../backend/sources/index.ts';

export interface StartedSidecar {
  readonly url: string;
  readonly child: ChildProcess;
  /** Ends the process, waits for it and removes what it kept. */
  stop(): Promise<void>;
}

/** The demo's workloads, repeated under other names until there are `count`. */
export function demoFleet(count: number): ReturnType<typeof demoWorkloads>['workloads'] {
  const { workloads } = demoWorkloads();
  return Array.from({ length: count }, (_, index) => {
    const each = workloads[index % workloads.length]!;
    return { ...each, name: `${each.name}-${index}` };
  });
}

/** Starts the sidecar as a process of its own on these workloads of the demo source, and waits until it listens. */
export async function startSidecar(
  workloads: ReturnType<typeof demoFleet>,
  {
    nodeOptions = [],
    env = {},
  }: { readonly nodeOptions?: readonly string[]; readonly env?: Record<string, string> } = {}
): Promise<StartedSidecar> {
  const directory = await mkdtemp(join(tmpdir(), 'headroom-bench-'));
  const file = join(directory, 'workloads.yaml');
  const config = { sources: [{ name: 'demo', type: 'demo' }], workloads };
  await writeFile(file, stringify(config, { aliasDuplicateObjects: false }));
  const program = fileURLToPath(new URL('../backend/headroom.mjs', import.meta.url));
  const child = spawn(process.execPath, [...nodeOptions, program, 'serve', '--config', file], {
    env: {
      ...process.env,
      HEADROOM_LISTEN: '127.0.0.1:0',
      HEADROOM_DATA_DIR: join(directory, 'data'),
      HEADROOM_LOG_LEVEL: 'error',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let url = '';
  for await (const line of createInterface({ input: child.stdout })) {
    url = /ready at (\S+)/.exec(line)?.[1] ?? '';
    if (url !== '') {
      break;
    }
  }
  return {
    url,
    child,
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Waits until `/readyz` says that every workload has an outlook. */
export async function untilReady({ url }: StartedSidecar): Promise<void> {
  while (!(await fetch(`${url}/readyz`)).ok) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const LOOK_MS = 2000;
const REST_SHARE = 0.1;
const MOST_LOOKS = 120;
/** Of `/proc/PID/stat`, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Waits until what a start brings with it is done: it takes less than a tenth of a core, three looks in a row. Linux alone. */
export async function untilAtRest({ child }: StartedSidecar): Promise<void> {
  let restful = 0;
  let before = await cpuSecondsOf(child.pid);
  for (let look = 0; look < MOST_LOOKS && restful < 3; look++) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const now = await cpuSecondsOf(child.pid);
    restful = now - before < (REST_SHARE * LOOK_MS) / 1000 ? restful + 1 : 0;
    before = now;
  }
  if (restful < 3) {
    throw new Error('the sidecar does not come to rest');
  }
}

async function cpuSecondsOf(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
