import { readFile } from 'node:fs/promises';
import { createForecaster, PUBLISHED_LEVELS } from '../backend/forecasting/index.ts';
import { createSource } from '../backend/sources/index.ts';
import { observedCount, type TimeGrid } from '../backend/timeseries/index.ts';
import type { Bench, BenchRow } from './bench.ts';
import { demoFleet, startSidecar, untilReady } from './startedSidecar.ts';

const WORKLOADS = 100;
const RUNS = 3;
const STEP = 300;
const HISTORY = 21 * 288 + 1;
const HORIZON = 288;

/** From the start of the process to a first forecast of 100 workloads, and the memory that each series takes. */
export const bench: Bench = {
  name: 'startup',
  async run() {
    const entries = demoFleet(WORKLOADS);
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

/** Starts the sidecar on the fleet and waits until `/readyz` says that every workload has an outlook. */
async function startOnce(workloads: ReturnType<typeof demoFleet>): Promise<{ seconds: number; bytes: number }> {
  const begin = performance.now();
  const sidecar = await startSidecar(workloads);
  try {
    await untilReady(sidecar);
    const seconds = (performance.now() - begin) / 1000;
    const status = await readFile(`/proc/${sidecar.child.pid ?? 0}/status`, 'utf8').catch(() => '');
    return { seconds, bytes: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) * 1024 };
  } finally {
    await sidecar.stop();
  }
}

/** The same reads and forecasts without the product around them, on one core. */
async function bareSeconds(workloads: ReturnType<typeof demoFleet>): Promise<number> {
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
