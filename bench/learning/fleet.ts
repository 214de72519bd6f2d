// `node bench/learning/fleet.ts [WORKLOADS [TUNED]]`: what learning takes of two cores for 1,000 workloads, from a few of them;
// each learnt model is really tuned for TUNED of them (1).
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Job } from '../../contract/index.ts';
import type { WorkloadConfig } from '../../backend/config/index.ts';
import type { SeriesJob } from '../../backend/control/compute.ts';
import { createInlineCompute } from '../../backend/control/inlineCompute.ts';
import { shippedFolder } from '../shippedFolder.ts';
import { tuneInThread } from '../../backend/control/index.ts';
import { CpuShare } from '../../backend/control/tuning/cpuShare.ts';
import { Retraining } from '../../backend/control/tuning/retraining.ts';
import { LEARNT_NAMES } from '../../backend/forecasting/index.ts';
import { pairLosses, WorkloadModels, type ForecastPair, type ModelVersion } from '../../backend/learning/index.ts';
import { CRPS_LEVELS } from '../../backend/statistics/index.ts';
import { seriesSlice } from '../../backend/timeseries/index.ts';
import { noisyDays } from '../noisyDays.ts';
import { fleetScoring } from './fleetScoring.ts';

const SAMPLE = Number(process.argv[2] ?? 3);
const TUNED = Number(process.argv[3] ?? 1);
const FLEET = 1000;
const CORES = 2;
const DAY = 288;
const DAYS = 21;
const SERIES = 4;
const CUTOFFS = 4;
/** What each tune may take, as a scheduled one. */
const TUNE_MINUTES = 1;
const WEEK_SECONDS = 7 * 86_400;

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

async function taken(work: () => Promise<unknown>): Promise<number> {
  const before = cpuSeconds();
  await work();
  return cpuSeconds() - before;
}

function tell(what: string, secondsADay: number): number {
  const share = secondsADay / (CORES * 86_400);
  process.stdout.write(`| ${what} | ${secondsADay.toFixed(0)} | ${(100 * share).toFixed(2)} % |\n`);
  return share;
}

const folder = await mkdtemp(join(tmpdir(), 'headroom-fleet-'));
const shipped = fileURLToPath(new URL('../../models/', import.meta.url));
const models = new WorkloadModels({ shipped, tuned: folder });
const compute = createInlineCompute(() => performance.now() / 1000, models);
const [lstm] = (await models.inventory()).shipped;
const version: ModelVersion = { origin: 'shipped', version: lstm!.version };
const series = Array.from({ length: SERIES }, (_, index) => noisyDays(index).target);
const jobsOf = (): SeriesJob[] =>
  series.map((each, index) => ({
    ...{ name: `series-${String(index)}`, kind: 'activity' as const, unit: '' },
    history: { target: seriesSlice(each, 0, (DAYS - 1) * DAY) },
  }));
const shadow = (workload: string, fits: boolean) =>
  compute.shadow({
    ...{ workload, model: 'auto', name: lstm!.name, version, series: jobsOf(), horizon: DAY, seasonSteps: DAY, fits },
    seeds: series.map((_, index) => index),
  });

process.stdout.write('| of 1,000 workloads | core seconds a day | of two cores |\n| --- | --- | --- |\n');
for (let each = 0; each < SAMPLE; each++) {
  for (const job of jobsOf()) {
    const own = { series: job.name, model: 'auto', history: job.history, horizon: DAY, seasonSteps: DAY, seed: 1 };
    await compute.fit({ workload: `shop-${String(each)}`, ...own });
  }
}
const each = async (work: (workload: string) => Promise<unknown>): Promise<void> => {
  for (let at = 0; at < SAMPLE; at++) {
    await work(`shop-${String(at)}`);
  }
};
const fits = await taken(() => each((workload) => shadow(workload, true)));
const forecasts = await taken(() => each((workload) => shadow(workload, false)));
let pairs: ForecastPair[] = [];
await each(async (workload) => {
  const { champion, challenger } = await shadow(workload, false);
  const grid = [...champion.values()][0]!.grid;
  const said = (of: typeof champion) => [...of].map(([name, { levels, values }]) => ({ name, levels, values }));
  pairs = [
    ...pairs,
    {
      cutoffSeconds: grid.startSeconds - grid.stepSeconds,
      grid,
      champion: said(champion),
      challenger: said(challenger),
    },
  ];
});
const actual = new Map(series.map((one, index) => [`series-${String(index)}`, one]));
const scores = await taken(() => {
  pairs.forEach((pair) => pairLosses(pair, actual, Number.POSITIVE_INFINITY));
  return Promise.resolve();
});
const scale = FLEET / SAMPLE;
let shadows = tell('challengers fitted once a day, one each', fits * scale);
shadows += tell(`their forecasts beside the champion's, ${String(CUTOFFS)} a day`, forecasts * scale * CUTOFFS);
shadows += tell(`their paired losses, ${String(CRPS_LEVELS.length)} levels`, scores * scale * CUTOFFS);

const nowSeconds = () => Date.now() / 1000;
const retraining = new Retraining({
  ...{ modelsFolder: folder, intervalSeconds: WEEK_SECONDS, names: () => LEARNT_NAMES, nowSeconds },
  workloads: () =>
    Array.from(
      { length: FLEET },
      (_, at) => ({ name: `shop-${String(at)}`, forecast: { model: 'auto' } }) as WorkloadConfig
    ),
  isOnTrial: () => Promise.resolve(false),
  start: () => Promise.resolve({} as Job),
  isTraining: () => false,
  cpu: new CpuShare({ share: 0.1, cores: CORES, nowSeconds }),
  onEvent: () => undefined,
});
await retraining.turn();
const looks = 20;
const looked = await taken(async () => {
  for (let look = 0; look < looks; look++) {
    await retraining.turn();
  }
});
const rest = await fleetScoring(SAMPLE, FLEET, taken);
let always = tell('live accuracy, drift and moved quantiles, each hour, from and to SQLite', rest.scoring * FLEET);
always += tell('KPIs of a day, beside three counterfactuals', rest.kpis * FLEET);
always += tell('looks at what is due, every 30 s', (looked / looks) * 2880);
/** All of a tune, as the sidecar does it: reading, learning, validating, scoring, writing, in its thread. */
async function tuned(name: string, at: number): Promise<number> {
  const workload = `shop-${String(at)}`;
  const work = await mkdtemp(join(tmpdir(), 'headroom-fleet-tune-'));
  try {
    return await taken(async () => {
      const { steps, isKept } = await tuneInThread(
        {
          task: {
            ...{ workload, horizon: DAY, seasonSteps: DAY, seed: at },
            fromFolder: await shippedFolder(name),
            series: new Map(jobsOf().map((job) => [job.name, job.history])),
            budget: { kind: 'minutes', minutes: TUNE_MINUTES },
          },
          ...{ workFolder: join(work, 'work'), modelsFolder: join(work, 'models') },
          ...{ isResumed: false, checkpointSeconds: 10 },
        },
        new AbortController().signal,
        () => undefined
      );
      process.stderr.write(`${name} of ${workload}: ${String(steps)} steps, ${isKept ? 'kept' : 'not kept'}\n`);
    });
  } finally {
    await rm(work, { recursive: true });
  }
}
let tunes = 0;
for (const name of LEARNT_NAMES) {
  let seconds = 0;
  for (let at = 0; at < TUNED; at++) {
    seconds += await tuned(name, at);
  }
  tunes += tell(
    `${name} tuned once a week, ${(seconds / TUNED).toFixed(0)} core seconds measured`,
    ((seconds / TUNED) * FLEET) / 7
  );
}
tell('all of it', (shadows + always + tunes) * CORES * 86_400);
process.stdout.write(
  `\nwithout tunes: ${(100 * (shadows + always)).toFixed(2)} % of two cores, tunes ${(100 * tunes).toFixed(2)} %; what is learnt of ${String(FLEET)} workloads holds ${((FLEET * rest.bytes) / 2 ** 20).toFixed(0)} MiB; ${String(SAMPLE)} workloads measured, by CPU time\n`
);
await rm(folder, { recursive: true });
