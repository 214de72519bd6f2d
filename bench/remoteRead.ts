import { Agent } from 'node:http';
import { Worker } from 'node:worker_threads';
import { prometheusMissing, startPrometheus } from '../backend/exams/prometheusServer.ts';
import { exampleFleet } from '../backend/http/prometheus/fleet/exampleFleet.ts';
import { FleetSamples, remoteReadConfig } from '../backend/http/prometheus/index.ts';
import { labelMatcher } from '../backend/promql/index.ts';
import { answerMilliseconds, timesRow } from './answerTimes.ts';
import type { Bench, BenchRow } from './bench.ts';
import { workerPort } from './workerPort.ts';

const RUNS = 7;
const NOW = 1_767_225_600;
const DAY = 86_400;
/** Of 15 levels each: 1,005 series. */
const WORKLOADS = 67;
const LOCAL = 'local_forecast';

const QUERIES: ReadonlyArray<readonly [name: string, query: (metric: string) => string]> = [
  ['1,005 forecast series', (metric) => metric],
  ['1,005 forecast series, sum by workload', (metric) => `sum by (workload) (${metric})`],
  ['67 forecast series', (metric) => `${metric}{quantile="0.9"}`],
];

/**
 * A day of forecasts through a real Prometheus: what it reads from Headroom by remote read (ours) beside the same
 * samples in its own storage (peer); 0.67 is one and a half times as long.
 */
export const bench: Bench = {
  name: 'remoteRead',
  async run() {
    const missing = prometheusMissing();
    if (missing !== false) {
      return { rows: [], missing: [missing] };
    }
    const options = { nowSeconds: NOW, workloadCount: WORKLOADS };
    const worker = new Worker(new URL('./forecastServer.ts', import.meta.url), { workerData: options });
    const url = `http://127.0.0.1:${String(await workerPort(worker))}`;
    const prometheus = await startPrometheus(await localForecasts(options));
    const agent = new Agent({ keepAlive: true });
    try {
      await prometheus.configure(remoteReadConfig({ url }));
      const rows: BenchRow[] = [];
      for (const stepSeconds of [30, 300]) {
        for (const [name, query] of QUERIES) {
          const address = (metric: string): string =>
            `${prometheus.url}/api/v1/query_range?${new URLSearchParams({
              query: query(metric),
              start: String(NOW + 300),
              end: String(NOW + DAY),
              step: String(stepSeconds),
            }).toString()}`;
          const [remote, local] = [address('headroom_forecast'), address(LOCAL)];
          const pairs: Array<readonly [number, number]> = [];
          for (let run = -2; run < RUNS; run++) {
            const before = run % 2 === 0 ? await answerMilliseconds(remote, agent) : undefined;
            const theirs = await answerMilliseconds(local, agent);
            const pair = [before ?? (await answerMilliseconds(remote, agent)), theirs] as const;
            if (run >= 0) {
              pairs.push(pair);
            }
          }
          rows.push(timesRow(`${name}, a day at ${String(stepSeconds)} s`, pairs));
        }
      }
      return { rows, missing: [] };
    } finally {
      agent.destroy();
      await worker.terminate();
      await prometheus.stop();
    }
  },
};

async function localForecasts(options: Parameters<typeof exampleFleet>[0]): Promise<string> {
  const source = new FleetSamples(exampleFleet(options));
  const selected = await source.select([labelMatcher('__name__', '=', 'headroom_forecast')], {
    minMs: NOW * 1000,
    maxMs: (NOW + DAY) * 1000,
    lookbackMs: 0,
  });
  const lines = [`# TYPE ${LOCAL} gauge`];
  for (const series of selected) {
    const text = Object.entries(series.labels)
      .filter(([name]) => name !== '__name__')
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    const { timestamps, values } = series.samples();
    for (const [index, time] of timestamps.entries()) {
      lines.push(`${LOCAL}{${text.join(',')}} ${String(values[index])} ${String(time / 1000)}`);
    }
  }
  lines.push('# EOF\n');
  return lines.join('\n');
}
