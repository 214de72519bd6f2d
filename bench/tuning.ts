import { mkdtemp, rm } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tuneInThread } from '../backend/control/index.ts';
import { LEARNT_NAMES, type History } from '../backend/forecasting/index.ts';
import { randomNormal, seededRandom } from '../backend/random/index.ts';
import type { Bench, BenchRow } from './bench.ts';
import { shippedFolder } from './shippedFolder.ts';

const DAYS = 21;
const DAY = 288;
/** What issue 4 asks for: a tune of one workload takes at most this of one core. */
const ASKED_SECONDS = 60;
/** What it asks of the event loop at any time. */
const ASKED_PAUSE_MS = 20;

/**
 * Tuning one workload (21 days at 5 minutes, an activity and four resources) in a worker thread as the sidecar does,
 * all of it: reading, learning, validating, scoring, writing. Beside it there is no peer but what was asked for.
 */
export const bench: Bench = {
  name: 'tuning',
  async run() {
    const rows: BenchRow[] = [];
    for (const name of LEARNT_NAMES) {
      const folder = await mkdtemp(join(tmpdir(), 'headroom-tuning-'));
      const delay = monitorEventLoopDelay({ resolution: 1 });
      try {
        const started = process.cpuUsage();
        delay.enable();
        const { isKept, reason, steps } = await tuneInThread(
          {
            task: {
              ...{ workload: 'bench', horizon: DAY, seasonSteps: DAY, seed: 1 },
              fromFolder: await shippedFolder(name),
              series: histories(),
              budget: { kind: 'minutes', minutes: 1 },
            },
            ...{ workFolder: join(folder, 'work'), modelsFolder: join(folder, 'models') },
            ...{ isResumed: false, checkpointSeconds: 10 },
          },
          new AbortController().signal,
          () => undefined
        );
        delay.disable();
        const { user, system } = process.cpuUsage(started);
        process.stderr.write(`tuning: ${name}: ${String(steps)} steps, ${isKept ? 'kept' : 'not kept'}: ${reason}\n`);
        rows.push(row(`${name}, one workload on one core, beside what is asked`, (user + system) / 1e6, 'CPU s'));
        rows.push(pauseRow(name, delay.max / 1e6));
      } finally {
        delay.disable();
        await rm(folder, { recursive: true });
      }
    }
    return { rows, missing: [] };
  },
};

function row(name: string, seconds: number, unit: string): BenchRow {
  const ratio = ASKED_SECONDS / seconds;
  return { name, ours: seconds, peer: ASKED_SECONDS, unit, ratio, spread: [ratio, ratio] };
}

function pauseRow(name: string, pauseMs: number): BenchRow {
  const ratio = ASKED_PAUSE_MS / pauseMs;
  return {
    ...{ name: `${name}, longest pause of the event loop meanwhile`, ours: pauseMs, peer: ASKED_PAUSE_MS, unit: 'ms' },
    ...{ ratio, spread: [ratio, ratio] },
  };
}

function histories(): Map<string, History> {
  const random = seededRandom(5);
  const grid = { startSeconds: 1_795_000_000, stepSeconds: 300, length: DAYS * DAY };
  let drift = 0;
  const requests = Float64Array.from({ length: grid.length }, (_, t) => {
    drift = 0.995 * drift + 0.02 * randomNormal(random);
    const day = 1 + 0.5 * Math.sin((2 * Math.PI * t) / DAY) + 0.2 * Math.sin((4 * Math.PI * t) / DAY);
    return 200 * day * Math.exp(drift) * (Math.floor(t / DAY) % 7 > 4 ? 0.6 : 1);
  });
  const resource = (perRequest: number, noise: number): Float64Array =>
    requests.map((each) => Math.max(0, perRequest * each * (1 + noise * randomNormal(random))));
  return new Map(
    Object.entries({
      requests,
      cpu: resource(0.02, 0.05),
      memory: resource(3e6, 0.01),
      disk: resource(5e4, 0.3),
      network: resource(2e4, 0.1),
    }).map(([name, values]) => [name, { target: { grid, values } }])
  );
}
