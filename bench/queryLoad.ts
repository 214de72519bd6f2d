import { Agent, request } from 'node:http';
import { prometheusMissing, startPrometheus } from '../backend/exams/prometheusServer.ts';
import { FLEET_METRIC_NAMES } from '../backend/http/index.ts';
import { parseExpression } from '../backend/promql/index.ts';
import { boards } from '../provisioning/boards/boards.ts';
import { metricsOf } from '../provisioning/metricsOf.ts';
import { median, timesRow } from './answerTimes.ts';
import type { Bench, BenchRow } from './bench.ts';
import { demoFleet, startSidecar, untilReady } from './startedSidecar.ts';

const WORKLOADS = 2;
const DASHBOARDS = 200;
/** Of one dashboard, asked at once; browsers keep to six connections a host. */
const PANELS = 4;
const CONNECTIONS = 6;
const DAY = 86_400;
const STEP = 300;

/**
 * Many at once, over HTTP: the provisioned dashboards' queries by 200 browsers, none of which may fail. Milliseconds,
 * ours beside a real Prometheus' on the same samples.
 */
export const bench: Bench = {
  name: 'queryLoad',
  async run() {
    const missing = prometheusMissing();
    if (missing !== false) {
      return { rows: [], missing: [missing] };
    }
    const sidecar = await startSidecar(demoFleet(WORKLOADS));
    try {
      await untilReady(sidecar);
      const queries = panelQueries();
      const ours = `${sidecar.url}/prometheus`;
      const prometheus = await startPrometheus(await samplesOf(ours, queries));
      try {
        const own = await dashboardsAtOnce(ours, queries);
        return { rows: dashboardRows(own, await dashboardsAtOnce(prometheus.url, queries)), missing: [] };
      } finally {
        await prometheus.stop();
      }
    } finally {
      await sidecar.stop();
    }
  },
};

/** The queries of the provisioned dashboards that ask the Prometheus API, their variables filled in. */
function panelQueries(): string[] {
  const texts: string[] = [];
  JSON.stringify(boards(), (key, value: unknown) => {
    if (key === 'expr' && typeof value === 'string') {
      texts.push(value.replace(/\$__\w+|\$\{__\w+\}/g, '5m').replace(/\$\{?\w+(?::\w+)?\}?/g, '.+'));
    }
    return value;
  });
  const fleet = new Set<string>(FLEET_METRIC_NAMES);
  return [...new Set(texts)].filter((text) => {
    try {
      parseExpression(text);
      const metrics = [...metricsOf(text)];
      return metrics.length > 0 && metrics.every((metric) => fleet.has(metric));
    } catch {
      return false;
    }
  });
}

/** A day of past and a day of future of all that the queries name, as OpenMetrics. */
async function samplesOf(api: string, queries: readonly string[]): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const lines: string[] = [];
  for (const metric of [...new Set(queries.flatMap((query) => [...metricsOf(query)]))].sort()) {
    const { body } = await ask(`${api}/api/v1/query_range`, {
      query: metric,
      start: now - DAY,
      end: now + DAY,
      step: STEP,
    });
    const { data } = JSON.parse(body) as {
      readonly data: {
        readonly result: ReadonlyArray<{
          readonly metric: Readonly<Record<string, string>>;
          readonly values: ReadonlyArray<readonly [number, string]>;
        }>;
      };
    };
    lines.push(`# TYPE ${metric} gauge`);
    for (const { metric: labels, values } of data.result) {
      const text = Object.entries(labels)
        .filter(([name]) => name !== '__name__')
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      lines.push(...values.map(([time, value]) => `${metric}{${text.join(',')}} ${value} ${String(time)}`));
    }
  }
  return `${lines.join('\n')}\n# EOF\n`;
}

interface Load {
  readonly wallMs: number;
  /** Of each query, sorted. */
  readonly times: readonly number[];
}

/** Throws at any status but 200. */
async function dashboardsAtOnce(api: string, queries: readonly string[]): Promise<Load> {
  const now = Math.floor(Date.now() / 1000);
  const begin = performance.now();
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: DASHBOARDS }, async (_, dashboard) => {
      const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
      await Promise.all(
        Array.from({ length: PANELS }, async (__, panel) => {
          const query = queries[(dashboard * PANELS + panel) % queries.length]!;
          const asked = performance.now();
          const range = { start: now - DAY / 2, end: now + DAY / 2, step: STEP };
          const { status } = await ask(`${api}/api/v1/query_range`, { query, ...range }, agent);
          if (status !== 200) {
            throw new Error(`${query}: ${String(status)}`);
          }
          times.push(performance.now() - asked);
        })
      );
      agent.destroy();
    })
  );
  return { wallMs: performance.now() - begin, times: times.sort((a, b) => a - b) };
}

function dashboardRows(ours: Load, theirs: Load): BenchRow[] {
  const name = `${String(DASHBOARDS)} dashboards at once, ${String(ours.times.length)} queries, all answered with 200`;
  const p99 = ({ times }: Load): number => times[Math.floor(times.length * 0.99)]!;
  return [
    timesRow(`${name}: until the last answer`, [[ours.wallMs, theirs.wallMs]]),
    timesRow(`${name}: median`, [[median(ours.times), median(theirs.times)]]),
    timesRow(`${name}: 99th percentile`, [[p99(ours), p99(theirs)]]),
  ];
}

/** A form POST, as Grafana sends it. */
async function ask(
  url: string,
  parameters: Readonly<Record<string, string | number>>,
  agent?: Agent
): Promise<{ readonly status: number; readonly body: string }> {
  const form = new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return await new Promise((resolve, reject) => {
    const options = { method: 'POST', headers, ...(agent === undefined ? {} : { agent }) };
    request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
      });
    })
      .on('error', reject)
      .end(form.toString());
  });
}
