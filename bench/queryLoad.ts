import { Agent } from 'node:http';
import { prometheusMissing, startPrometheus } from '../backend/exams/prometheusServer.ts';
import { FLEET_METRIC_NAMES } from '../backend/http/index.ts';
import { parseExpression } from '../backend/promql/index.ts';
import { boards } from '../provisioning/boards/boards.ts';
import { metricsOf } from '../provisioning/metricsOf.ts';
import { median, timesRow } from './answerTimes.ts';
import type { Bench, BenchRow } from './bench.ts';
import { askForm } from './queryLoad/askForm.ts';
import { fleetAsOpenMetrics } from './queryLoad/fleetAsOpenMetrics.ts';
import { processCpuMs } from './queryLoad/processCpu.ts';
import { demoFleet, startSidecar, untilReady } from './startedSidecar.ts';

const WORKLOADS = 2;
const DASHBOARDS = 200;
/** Of one dashboard, asked at once; browsers keep to six connections a host. */
const PANELS = 4;
const CONNECTIONS = 6;
const DAY = 86_400;
const STEP = 300;
const ROUNDS = 5;

/**
 * Many at once, over HTTP: the provisioned dashboards' queries by 200 browsers, none of which may fail. Milliseconds by
 * the clock and of CPU, ours beside a real Prometheus' on the same samples, in turn; the first round is not counted.
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
      const metrics = [...new Set(queries.flatMap((query) => [...metricsOf(query)]))];
      const prometheus = await startPrometheus(await fleetAsOpenMetrics(ours, metrics));
      const own = (): Promise<Load> => dashboardsAtOnce(ours, queries, sidecar.child.pid);
      const theirs = (): Promise<Load> => dashboardsAtOnce(prometheus.url, queries, prometheus.pid);
      try {
        const pairs: Array<readonly [Load, Load]> = [];
        for (let round = -1; round < ROUNDS; round++) {
          const before = round % 2 === 0 ? await own() : undefined;
          const peer = await theirs();
          const pair = [before ?? (await own()), peer] as const;
          if (round >= 0) {
            pairs.push(pair);
          }
        }
        return { rows: dashboardRows(pairs), missing: [] };
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

interface Load {
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Of each query, sorted. */
  readonly times: readonly number[];
}

/** Throws at any status but 200. */
async function dashboardsAtOnce(api: string, queries: readonly string[], pid: number | undefined): Promise<Load> {
  const now = Math.floor(Date.now() / 1000);
  const begin = performance.now();
  const cpuBefore = processCpuMs(pid);
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: DASHBOARDS }, async (_, dashboard) => {
      const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
      await Promise.all(
        Array.from({ length: PANELS }, async (__, panel) => {
          const query = queries[(dashboard * PANELS + panel) % queries.length]!;
          const asked = performance.now();
          const { status } = await askForm(
            `${api}/api/v1/query_range`,
            [
              ['query', query],
              ['start', now - DAY / 2],
              ['end', now + DAY / 2],
              ['step', STEP],
            ],
            agent
          );
          if (status !== 200) {
            throw new Error(`${query}: ${String(status)}`);
          }
          times.push(performance.now() - asked);
        })
      );
      agent.destroy();
    })
  );
  return {
    wallMs: performance.now() - begin,
    cpuMs: processCpuMs(pid) - cpuBefore,
    times: times.sort((a, b) => a - b),
  };
}

function dashboardRows(pairs: ReadonlyArray<readonly [ours: Load, theirs: Load]>): BenchRow[] {
  const name = `${String(DASHBOARDS)} dashboards at once, ${String(DASHBOARDS * PANELS)} queries, all answered with 200`;
  const row = (what: string, of: (load: Load) => number): BenchRow =>
    timesRow(
      `${name}: ${what}`,
      pairs.map(([ours, theirs]) => [of(ours), of(theirs)])
    );
  return [
    row('until the last answer', ({ wallMs }) => wallMs),
    row('median', ({ times }) => median(times)),
    row('99th percentile', ({ times }) => times[Math.floor(times.length * 0.99)]!),
    row('CPU time of the server', ({ cpuMs }) => cpuMs),
  ].filter(({ ratio }) => !Number.isNaN(ratio));
}
