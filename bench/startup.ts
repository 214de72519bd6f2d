import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { createForecaster, PUBLISHED_LEVELS } from '../backend/forecasting/index.ts';
import { createSource, demoWorkloads } from '../backend/sources/index.ts';
import { observedCount, type TimeGrid } from '../backend/timeseries/index.ts';
import type { Bench, BenchRow } from './bench.ts';

const WORKLOADS = 100;
const RUNS = 3;
const STEP = 300;
const HISTORY = 21 * 288 + 1;
const HORIZON = 288;

/** From the start of the process to a first forecast of 100 workloads, and the memory that each series takes. */
export const bench: Bench = {
  name: 'startup',
  async run() {
    const entries = fleet();
    const seriesCount = entries.reduce(
      (sum, { activity, resources }) => sum + Object.keys({ ...activity, ...resources }).length,
      0
    );
    const ours: number[] = [];
    const bare: number[] = [];
    let bytes = 0;
    for (let index = 0; index < RUNS; index++) {
      const started = await startOnce(entries);
      ours.push(started.seconds);
      bytes = started.bytes;
      bare.push(await bareSeconds(entries));
    }
    const ratios = ours.map((seconds, index) => bare[index]! / seconds).sort((a, b) => a - b);
    const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
    const historyBytes = HISTORY * Float64Array.BYTES_PER_ELEMENT;
    const perSeries = bytes / seriesCount;
    const rows: BenchRow[] = [
      {
        name: `start of the process to a first outlook of ${WORKLOADS} workloads (${seriesCount} series), beside the bare reads and seasonal-naive calls`,
        ours: middle(ours),
        peer: middle(bare),
        unit: 's',
        ratio: middle(ratios),
        spread: [ratios[0]!, ratios.at(-1)!],
      },
      {
        name: 'resident memory a series, beside the bytes of its history alone',
        ours: perSeries,
        peer: historyBytes,
        unit: 'bytes',
        ratio: historyBytes / perSeries,
        spread: [historyBytes / perSeries, historyBytes / perSeries],
      },
    ];
    return { rows, missing: [] };
  },
};

function fleet() {
  const { workloads } = demoWorkloads();
  return Array.from({ length: WORKLOADS }, (_, index) => {
    const each = workloads[index % workloads.length]!;
    return { ...each, name: `${each.name}-${index}` };
  });
}

/** Starts the sidecar on the fleet and waits until `/readyz` says that every workload has an outlook. */
async function startOnce(workloads: ReturnType<typeof fleet>): Promise<{ seconds: number; bytes: number }> {
  const directory = await mkdtemp(join(tmpdir(), 'headroom-bench-'));
  const file = join(directory, 'workloads.yaml');
  await writeFile(
    file,
    stringify({ sources: [{ name: 'demo', type: 'demo' }], workloads }, { aliasDuplicateObjects: false })
  );
  const begin = performance.now();
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('../backend/headroom.mjs', import.meta.url)), 'serve', '--config', file],
    {
      env: {
        ...process.env,
        HEADROOM_LISTEN: '127.0.0.1:0',
        HEADROOM_DATA_DIR: join(directory, 'data'),
        HEADROOM_LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    }
  );
  try {
    let url = '';
    for await (const line of createInterface({ input: child.stdout })) {
      url = /ready at (\S+)/.exec(line)?.[1] ?? '';
      if (url !== '') {
        break;
      }
    }
    while (!(await fetch(`${url}/readyz`)).ok) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const seconds = (performance.now() - begin) / 1000;
    const status = await readFile(`/proc/${child.pid ?? 0}/status`, 'utf8').catch(() => '');
    return { seconds, bytes: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) * 1024 };
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
    await rm(directory, { recursive: true, force: true });
  }
}

/** The same reads and forecasts without the product around them, on one core. */
async function bareSeconds(workloads: ReturnType<typeof fleet>): Promise<number> {
  const now = Math.floor(Date.now() / 1000 / STEP) * STEP;
  const grid: TimeGrid = { startSeconds: now - (HISTORY - 1) * STEP, stepSeconds: STEP, length: HISTORY };
  const source = createSource({ name: 'demo', type: 'demo' }, { env: {}, nowSeconds: () => now, random: () => 0.5 });
  const forecaster = createForecaster('seasonal-naive');
  const begin = performance.now();
  for (const { activity, resources } of workloads) {
    for (const { query } of Object.values({ ...activity, ...resources })) {
      const { series } = await source.history({ query }, grid, AbortSignal.timeout(60_000));
      const target = series[0]?.series;
      if (target !== undefined && observedCount(target) > 0) {
        const predictor = await forecaster.fit({ target }, { horizon: HORIZON, seed: 1 });
        await predictor.predict({ target }, { horizon: HORIZON, levels: PUBLISHED_LEVELS });
      }
    }
  }
  await source.close();
  return (performance.now() - begin) / 1000;
}
