import { Agent, request } from 'node:http';
import { Worker } from 'node:worker_threads';
import { prometheusMissing, startPrometheus } from '../backend/exams/prometheusServer.ts';
import { median, timesRow } from './answerTimes.ts';
import type { Bench, BenchRow } from './bench.ts';
import { END_SECONDS, openMetrics, START_SECONDS } from './queryRangeSeries.ts';
import { workerPort } from './workerPort.ts';

const RUNS = 2;
const DASHBOARDS = 200;
/** What a dashboard over an hour asks at once. */
const PANELS = [
  'sum by (rack) (bench_gauge)',
  'avg(bench_gauge)',
  'topk(5, max_over_time(bench_gauge[5m]))',
  'quantile(0.95, bench_gauge{rack=~"r1.*"})',
  'bench_gauge{instance="i7"} / bench_gauge{instance="i7"} offset 5m',
  'count(bench_gauge > 50)',
];
const DEADLY = [
  'max_over_time({__name__=~".+"}[1y:1s])',
  'sum(max_over_time(max_over_time({__name__=~".+"}[10d:10s])[10d:10s]))',
  'sum(quantile_over_time(0.5, {__name__=~".+"}[1d:5s]))',
  '{__name__=~"(a*)*b|(.++)+c"}',
  'count({instance=~"(i+)+(i+)+(i+)+$"})',
  'sum by (instance) (rate(bench_gauge[1d])) ^ on () group_left () vector(1)',
];
const LIGHT = 'bench_gauge{instance="i7"}';
const LIGHT_COUNT = 50;
/** How long a deadly query may take. */
const DEADLY_TIMEOUT_SECONDS = 3;

/**
 * Many at once, over HTTP: 200 dashboards, none of whose queries may fail with a 5xx, and light queries beside queries
 * of death. Milliseconds, ours beside a real Prometheus'.
 */
export const bench: Bench = {
  name: 'queryLoad',
  async run() {
    const missing = prometheusMissing();
    if (missing !== false) {
      return { rows: [], missing: [missing] };
    }
    const worker = new Worker(new URL('./queryRangeServer.ts', import.meta.url));
    const ours = `http://127.0.0.1:${String(await workerPort(worker))}/prometheus/api/v1`;
    const prometheus = await startPrometheus(openMetrics());
    const agent = new Agent({ keepAlive: true, maxSockets: 512 });
    try {
      const rows: BenchRow[] = [];
      const dashboards: Array<readonly [number, number]> = [];
      const deaths: Array<readonly [number, number]> = [];
      for (let run = 0; run < RUNS; run++) {
        const before = run % 2 === 0 ? await dashboardsAtOnce(ours, agent) : undefined;
        const theirs = await dashboardsAtOnce(`${prometheus.url}/api/v1`, agent);
        dashboards.push([before ?? (await dashboardsAtOnce(ours, agent)), theirs]);
      }
      rows.push(
        timesRow(
          `${String(DASHBOARDS)} dashboards of ${String(PANELS.length)} panels at once, all answered`,
          dashboards
        )
      );
      for (let run = 0; run < RUNS; run++) {
        const own = await lightBesideDeath(ours, agent);
        deaths.push([own, await lightBesideDeath(`${prometheus.url}/api/v1`, agent)]);
      }
      rows.push(timesRow(`a light query beside ${String(DEADLY.length)} queries of death`, deaths));
      return { rows, missing: [] };
    } finally {
      agent.destroy();
      await worker.terminate();
      await prometheus.stop();
    }
  },
};

/** How long it takes until the last panel of the last dashboard has its answer; throws at any status but 200. */
async function dashboardsAtOnce(api: string, agent: Agent): Promise<number> {
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: DASHBOARDS }, (_, index) => index * 30).flatMap((shift) =>
      PANELS.map(async (query) => {
        const end = END_SECONDS - shift;
        const status = await statusOf(
          `${api}/query_range?${parametersOf({ query, start: end - 3600, end, step: 60 })}`,
          agent
        );
        if (status !== 200) {
          throw new Error(`${query}: ${String(status)}`);
        }
      })
    )
  );
  return performance.now() - begin;
}

/** The time in the middle that light queries take, one after another, while all queries of death run. */
async function lightBesideDeath(api: string, agent: Agent): Promise<number> {
  const range = { start: START_SECONDS, end: END_SECONDS, step: 8, timeout: DEADLY_TIMEOUT_SECONDS };
  const deadly = DEADLY.map((query) => statusOf(`${api}/query_range?${parametersOf({ query, ...range })}`, agent));
  const times: number[] = [];
  for (let count = 0; count < LIGHT_COUNT; count++) {
    const begin = performance.now();
    const status = await statusOf(`${api}/query?${parametersOf({ query: LIGHT, time: END_SECONDS })}`, agent);
    times.push(performance.now() - begin);
    if (status !== 200) {
      throw new Error(`${LIGHT} beside queries of death: ${String(status)}`);
    }
  }
  const statuses = await Promise.all(deadly);
  const unexpected = statuses.filter((status) => ![200, 400, 422, 503].includes(status));
  if (unexpected.length > 0) {
    throw new Error(`queries of death were answered with ${unexpected.join(', ')}`);
  }
  return median(times);
}

function parametersOf(parameters: Readonly<Record<string, string | number>>): string {
  return new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)])
  ).toString();
}

async function statusOf(url: string, agent: Agent): Promise<number> {
  return await new Promise((resolve, reject) => {
    request(url, { agent }, (response) => {
      response.on('error', reject);
      response.on('end', () => {
        resolve(response.statusCode ?? 0);
      });
      response.resume();
    })
      .on('error', reject)
      .end();
  });
}
