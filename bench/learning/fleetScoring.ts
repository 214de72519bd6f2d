import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Outlook } from '../../backend/allocation/index.ts';
import { DEFAULTS, type WorkloadConfig } from '../../backend/config/index.ts';
import type { FleetView, WorkloadView } from '../../backend/control/fleetView.ts';
import { KpiKeeper } from '../../backend/control/kpis/kpiKeeper.ts';
import { LiveLearning } from '../../backend/control/liveLearning.ts';
import { PUBLISHED_LEVELS, type Forecast } from '../../backend/forecasting/index.ts';
import { rawPieces, summarizeScores } from '../../backend/learning/index.ts';
import { normalQuantile } from '../../backend/statistics/index.ts';
import { openSqliteStorage, type Storage } from '../../backend/storage/index.ts';
import { seriesSlice, type Series } from '../../backend/timeseries/index.ts';
import { noisyDays } from '../noisyDays.ts';

const STEP = 300;
const DAY = 288;
const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3600;
const SERIES = 4;
const DAYS = 21;
const LEARNT_DAYS = 2;
const LEAD_SECONDS = 180;
const PER_REPLICA = 10;

/** What scoring, drift and KPIs take: CPU seconds of a workload and day, bytes of memory of a workload. */
export interface FleetScoring {
  readonly scoring: number;
  readonly kpis: number;
  readonly bytes: number;
}

/** Some workloads of four series at 5 minutes, with an outlook at each step kept in SQLite, over the last day of three weeks. */
export async function fleetScoring(
  workloads: number,
  held: number,
  taken: (work: () => Promise<unknown>) => Promise<number>
): Promise<FleetScoring> {
  const directory = await mkdtemp(join(tmpdir(), 'headroom-fleet-scoring-'));
  const storage = await openSqliteStorage({ directory });
  try {
    const actual = new Map(
      Array.from({ length: SERIES }, (_, index) => [`series-${String(index)}`, noisyDays(index).target] as const)
    );
    const names = Array.from({ length: workloads }, (_, index) => `shop-${String(index)}`);
    const lives = names.map((name) => new LiveLearning(configOf(name), { storage, hooks: {} }));
    for (const [index, name] of names.entries()) {
      for (let step = (DAYS - LEARNT_DAYS) * DAY; step < DAYS * DAY; step++) {
        const outlook = outlookAt(name, step * STEP, actual);
        await storage.saveOutlook(outlook, LEAD_SECONDS);
        lives[index]!.issued(
          new Map(outlook.series.map((each) => [each.name, rawPieces(forecastOf(outlook, each), HOUR_SECONDS)]))
        );
      }
    }
    const day = async (from: number): Promise<void> => {
      for (let hour = 0; hour < 24; hour++) {
        for (const [index, name] of names.entries()) {
          await scoreHour(storage, lives[index]!, name, actual, from + hour * HOUR_SECONDS);
        }
      }
    };
    await day((DAYS - 2) * DAY_SECONDS);
    const scoring = await taken(() => day((DAYS - 1) * DAY_SECONDS - HOUR_SECONDS));
    const reckoning = await taken(() => kpiKeeper(storage, names, actual).turn());
    const bytes = await heldBytes(storage, names[0]!, held);
    return { scoring: scoring / workloads, kpis: reckoning / workloads / (DAYS - 1), bytes };
  } finally {
    await storage.close();
    await rm(directory, { recursive: true });
  }
}

function configOf(name: string): WorkloadConfig {
  return {
    ...{ name, demand: 'series-0', account: { name: 'retail', tier: 'gold', industry: 'retail', region: 'eu' } },
    series: Array.from({ length: SERIES }, (_, index) => ({
      ...{ name: `series-${String(index)}`, kind: 'activity', unit: '' },
      ...(index === 0 ? { perReplica: PER_REPLICA } : {}),
    })),
    forecast: { stepSeconds: STEP, horizonSeconds: DAY_SECONDS, historySeconds: DAYS * DAY_SECONDS },
    scaling: { leadTimeSeconds: LEAD_SECONDS, drainSeconds: 30, min: 1, max: 100, risk: DEFAULTS.scaling.risk },
    ...{ cost: { currency: 'USD', replicaHour: 0.1, violationMinute: 1 }, slo: {} },
  } as unknown as WorkloadConfig;
}

function outlookAt(workload: string, cutoffSeconds: number, actual: ReadonlyMap<string, Series>): Outlook {
  const length = DAY + 1;
  const grid = { startSeconds: cutoffSeconds, stepSeconds: STEP, length };
  return {
    ...{ workload, issuedAtSeconds: cutoffSeconds, cutoffSeconds, grid, currency: 'USD', warnings: [] },
    series: [...actual.keys()].map((name) => {
      const mean = Float64Array.from({ length }, (_, index) =>
        index === 0 ? Number.NaN : 100 + 40 * Math.sin((2 * Math.PI * (cutoffSeconds / STEP + index)) / DAY)
      );
      const values = new Float64Array(PUBLISHED_LEVELS.length * length);
      PUBLISHED_LEVELS.forEach((level, row) => {
        mean.forEach((value, index) => (values[row * length + index] = value + 5 * normalQuantile(level)));
      });
      return {
        ...{ name, kind: 'activity' as const, unit: '', model: 'cycles', levels: PUBLISHED_LEVELS },
        values,
        mean,
        warnings: [],
      };
    }),
  };
}

/** What the model said, which begins a step after the cutoff. */
function forecastOf({ grid }: Outlook, { levels, values, mean }: Outlook['series'][number]): Forecast {
  const length = grid.length - 1;
  const said = new Float64Array(levels.length * length);
  levels.forEach((_, row) => {
    said.set(values.subarray(row * grid.length + 1, (row + 1) * grid.length), row * length);
  });
  const own = { startSeconds: grid.startSeconds + STEP, stepSeconds: STEP, length };
  return { grid: own, levels, values: said, mean: mean.subarray(1) } as unknown as Forecast;
}

/** As a workload's loop scores once an hour. */
async function scoreHour(
  storage: Storage,
  live: LiveLearning,
  name: string,
  actual: ReadonlyMap<string, Series>,
  fromSeconds: number
): Promise<void> {
  const untilSeconds = fromSeconds + HOUR_SECONDS;
  const seen = new Map(
    [...actual].map(([each, series]) => [each, seriesSlice(series, 0, untilSeconds / STEP + 1)] as const)
  );
  await storage.scoredUntil(name);
  const outlooks = await storage.wholeOutlooks(name, fromSeconds - DAY_SECONDS, untilSeconds);
  const rows = live.learn(outlooks, seen, fromSeconds, untilSeconds);
  await live.save();
  await storage.addScores(name, rows, untilSeconds);
  summarizeScores(await storage.scores(name, fromSeconds - 30 * DAY_SECONDS));
}

function kpiKeeper(storage: Storage, names: readonly string[], actual: ReadonlyMap<string, Series>): KpiKeeper {
  const demand = actual.get('series-0')!;
  const replicas = { ...demand, values: demand.values.map((value) => Math.ceil(value / PER_REPLICA / 0.7)) };
  const views = names.map(
    (name) => ({ config: configOf(name), mode: 'observe', actual, replicas }) as unknown as WorkloadView
  );
  const fleet: FleetView = {
    nowSeconds: () => DAYS * DAY_SECONDS,
    workloads: () => views,
    workload: (name) => views.find(({ config }) => config.name === name),
    pastOutlooks: (name, from, to) => storage.outlooks(name, from, to),
  };
  return new KpiKeeper({ storage, fleet, hooks: { event: () => undefined }, utilizationOf: () => undefined });
}

/** Memory of what is learnt, for each workload: really held so many times, as after a restart. */
async function heldBytes(storage: Storage, name: string, count: number): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const before = memory();
  const held: LiveLearning[] = [];
  for (let index = 0; index < count; index++) {
    const live = new LiveLearning(configOf(name), { storage, hooks: {} });
    await live.restore();
    held.push(live);
  }
  collect();
  const bytes = (memory() - before) / count;
  if (held.at(-1)!.verdicts().size !== SERIES) {
    throw new Error('nothing was learnt');
  }
  return bytes;
}

function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
