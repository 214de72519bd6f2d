import { Agent } from 'node:http';
import { Worker } from 'node:worker_threads';
import { prometheusMissing, startPrometheus } from '../backend/exams/prometheusServer.ts';
import { answerMilliseconds, timesRow, warmClient } from './answerTimes.ts';
import type { Bench, BenchRow } from './bench.ts';
import { END_SECONDS, openMetrics, START_SECONDS } from './queryRangeSeries.ts';
import { workerPort } from './workerPort.ts';

const RUNS = 7;
/** How long each is asked before the warm figures, as a dashboard that refreshes has asked long ago. */
const WARM_UP_MS = 500;
const STEP_SECONDS = 30;

const QUERIES: ReadonlyArray<readonly [name: string, query: string]> = [
  ['1 series', 'bench_gauge{instance="i7"}'],
  ['100 series', 'bench_gauge{rack=~"r0|r1"}'],
  ['1,000 series', 'bench_gauge'],
  ['1,000 series, max_over_time of 1 h', 'max_over_time(bench_gauge[1h])'],
  ['1,000 series, avg_over_time of 5 min', 'avg_over_time(bench_gauge[5m])'],
  ['1,000 series, sum by 20 groups', 'sum by (rack) (bench_gauge)'],
  ['1,000 series, ratio of two vectors', 'sum(bench_gauge / bench_gauge offset 5m)'],
];

/** `query_range` over a day at 30 s, whole answers over HTTP: milliseconds, ours beside a real Prometheus'. */
export const bench: Bench = {
  name: 'queryRange',
  async run() {
    const missing = prometheusMissing();
    if (missing !== false) {
      return { rows: [], missing: [missing] };
    }
    const worker = new Worker(new URL('./queryRangeServer.ts', import.meta.url));
    const port = await workerPort(worker);
    const prometheus = await startPrometheus(openMetrics());
    const agent = new Agent({ keepAlive: true });
    try {
      const ours = `http://127.0.0.1:${String(port)}/prometheus/api/v1/query_range`;
      const peer = `${prometheus.url}/api/v1/query_range`;
      const rows: BenchRow[] = [];
      await warmClient(agent);
      for (const [name, query] of QUERIES) {
        const parameters = {
          query,
          start: String(START_SECONDS),
          end: String(END_SECONDS),
          step: String(STEP_SECONDS),
        };
        const suffix = `?${new URLSearchParams(parameters).toString()}`;
        const first = [
          await answerMilliseconds(ours + suffix, agent),
          await answerMilliseconds(peer + suffix, agent),
        ] as const;
        rows.push(timesRow(`${name}, first`, [first]));
        for (const url of [ours, peer]) {
          const until = performance.now() + WARM_UP_MS;
          while (performance.now() < until) {
            await answerMilliseconds(url + suffix, agent);
          }
        }
        const pairs: Array<readonly [number, number]> = [];
        for (let run = 0; run < RUNS; run++) {
          const before = run % 2 === 0 ? await answerMilliseconds(ours + suffix, agent) : undefined;
          const theirs = await answerMilliseconds(peer + suffix, agent);
          pairs.push([before ?? (await answerMilliseconds(ours + suffix, agent)), theirs]);
        }
        rows.push(timesRow(name, pairs));
      }
      return { rows, missing: [] };
    } finally {
      agent.destroy();
      await worker.terminate();
      await prometheus.stop();
    }
  },
};
