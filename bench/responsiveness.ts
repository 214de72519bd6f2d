import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.ts';
import { demoFleet, startSidecar, untilReady } from './startedSidecar.ts';

const WORKLOADS = 20;
const BUSY_SECONDS = 30;
const PAUSE_MS = 200;
const ASKED_MS = 20;
const DAY = 86_400;

/**
 * The longest pause of the sidecar's event loop while it makes first outlooks of twenty workloads in its worker threads
 * and answers forecasts, features and queries over past and future; beside the twenty milliseconds that it may take.
 */
export const bench: Bench = {
  name: 'responsiveness',
  async run() {
    const directory = await mkdtemp(join(tmpdir(), 'headroom-bench-'));
    const file = join(directory, 'pauses.json');
    const workloads = demoFleet(WORKLOADS);
    const sidecar = await startSidecar(workloads, {
      nodeOptions: ['--import', fileURLToPath(new URL('./responsiveness/monitor.ts', import.meta.url))],
      env: { HEADROOM_BENCH_PAUSES: file },
    });
    let requests = 0;
    try {
      sidecar.child.kill('SIGUSR2');
      const end = performance.now() + BUSY_SECONDS * 1000;
      for (let round = 0; performance.now() < end; round++) {
        const { name } = workloads[round % workloads.length]!;
        const now = Math.floor(Date.now() / 1000);
        const range = `start=${now - DAY}&end=${now + DAY}&step=300`;
        const selector = encodeURIComponent(`headroom_forecast{workload="${name}"}`);
        const features = encodeURIComponent(`headroom_feature{workload="${name}"}`);
        await Promise.all(
          [
            `api/v1/workloads/${name}/forecast`,
            `api/v1/workloads/${name}/features?resource=all`,
            `prometheus/api/v1/query_range?query=${selector}&${range}`,
            `prometheus/api/v1/query_range?query=${features}&${range}`,
            'metrics',
          ].map(async (path) => (await fetch(`${sidecar.url}/${path}`)).arrayBuffer())
        );
        requests += 5;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
      await untilReady(sidecar);
    } finally {
      await sidecar.stop();
    }
    const { longest, p999 } = JSON.parse(await readFile(file, 'utf8')) as { longest: number; p999: number };
    await rm(directory, { recursive: true, force: true });
    const row = (name: string, ours: number) => ({
      name: `${name}, ${String(WORKLOADS)} first outlooks and ${String(requests)} requests, beside the ${String(ASKED_MS)} ms asked for`,
      ours,
      peer: ASKED_MS,
      unit: 'ms',
      ratio: ASKED_MS / ours,
      spread: [ASKED_MS / ours, ASKED_MS / ours] as const,
    });
    return {
      rows: [row('longest pause of the event loop', longest), row('99.9th percentile of its pauses', p999)],
      missing: [],
    };
  },
};
