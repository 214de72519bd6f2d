import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
import { startSidecarProcess, type SidecarProcess } from '../backend/sidecarProcess.fixture.ts';
import { demoWorkloads } from '../backend/sources/index.ts';
import type { WorkloadsFile } from '../contract/index.ts';

const READY_WITHIN_MS = 600_000;
const ASK_AGAIN_MS = 500;

export interface DemoSidecar {
  readonly url: string;
  /** An instant at which all that was waited for had values at once. */
  readonly nowSeconds: number;
  close(): Promise<void>;
}

/**
 * Starts a sidecar on the demo fleet, on a port and with a folder of its own, and waits until `expressions` have values
 * at one instant; HEADROOM_E2E_URL names one that runs already.
 */
export async function startDemoSidecar(expressions: readonly string[]): Promise<DemoSidecar> {
  const given = process.env['HEADROOM_E2E_URL'];
  if (given !== undefined) {
    return { url: given, nowSeconds: await allThere(given, expressions), close: () => Promise.resolve() };
  }
  const folder = await mkdtemp(join(tmpdir(), 'headroom-boards-'));
  let sidecar: SidecarProcess | undefined;
  const close = async () => {
    await sidecar?.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const file = join(folder, 'workloads.yaml');
    await writeFile(file, stringify(quickDemo()));
    sidecar = await startSidecarProcess(['serve', '--config', file], {
      HEADROOM_DATA_DIR: join(folder, 'data'),
      // No query waits for what is trained and judged meanwhile.
      HEADROOM_TRAINING_CPU_SHARE: '0',
      HEADROOM_SHADOW_CPU_SHARE: '0',
    });
    const { url } = sidecar;
    return { url, nowSeconds: await allThere(url, expressions), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The demo fleet as its dashboards need it: a model that is fitted at once, and one workload's next hour, not all. */
function quickDemo(): WorkloadsFile {
  const demo = demoWorkloads();
  return {
    ...demo,
    workloads: demo.workloads.map((each) => {
      const { nearStep, ...forecast } = each.forecast ?? {};
      return { ...each, forecast: { ...forecast, ...(each.name === 'checkout' && { nearStep }), model: 'cycles' } };
    }),
  };
}

/** The first instant at which all have values: one alone may lose its own again while another is waited for. */
async function allThere(url: string, expressions: readonly string[]): Promise<number> {
  const until = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const nowSeconds = Math.floor(Date.now() / 1000);
    const missing = [];
    for (const expression of expressions) {
      if (!(await hasValue(url, expression, nowSeconds))) {
        missing.push(expression);
      }
    }
    if (missing.length === 0) {
      return nowSeconds;
    }
    if (Date.now() > until) {
      throw new Error(`The demo has no ${missing.join(', no ')} after ${READY_WITHIN_MS / 1000} s`);
    }
    await delay(ASK_AGAIN_MS);
  }
}

async function hasValue(url: string, expression: string, nowSeconds: number): Promise<boolean> {
  const parameters = new URLSearchParams({ query: expression, time: String(nowSeconds) });
  const answer = (await (await fetch(`${url}/prometheus/api/v1/query?${parameters.toString()}`)).json()) as {
    readonly data?: { readonly result: readonly unknown[] };
  };
  return (answer.data?.result.length ?? 0) > 0;
}
