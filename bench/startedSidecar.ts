import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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
