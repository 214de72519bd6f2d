import { type APIRequestContext, type Page } from '@playwright/test';
import { NOW } from '../../src/testing/fixtures';
import { anExperiment, aTraining, someModels } from '../../src/testing/learningFixtures';
import { testIds } from '../../src/testIds';
import { SIDECAR, type Places } from '../places';

/** A page that is pictured. */
export interface Pictured {
  readonly name: string;
  readonly path: (at: Places, request: APIRequestContext) => string | Promise<string>;
  /** What is there once the page is. */
  readonly seen: string;
  /** What learning takes weeks for is told by stand-ins. */
  readonly standIns?: readonly StandIn[];
}

interface StandIn {
  readonly of: string;
  readonly json?: () => unknown;
  readonly events?: () => unknown;
}

const WORKLOAD = 'checkout';
const SHORT_WORKLOAD = 'search';

const MODELS: StandIn = { of: 'models', json: someModels };
const JOBS: readonly StandIn[] = [
  { of: 'jobs', json: () => ({ now: NOW, jobs: [aTraining()] }) },
  { of: 'jobs/j1/events', events: () => aTraining({ progress: 0.6 }) },
];
const EXPERIMENTS: readonly StandIn[] = [
  { of: 'experiments', json: () => ({ now: NOW, experiments: [anExperiment()] }) },
  { of: 'experiments/e1', json: anExperiment },
];

const QUERY = encodeURIComponent(
  JSON.stringify({ refId: 'A', expr: `headroom_actual{workload="${WORKLOAD}",resource="requests"}` })
);

export const PICTURED: readonly Pictured[] = [
  { name: 'overview', path: (at) => at.overview, seen: testIds.overview.table },
  {
    name: 'workload',
    path: (at) => `${at.workload(SHORT_WORKLOAD)}?from=now-24h&to=now%2B24h`,
    seen: testIds.workload.chart,
  },
  { name: 'recommendations', path: (at) => at.recommendations, seen: testIds.recommendations.table },
  {
    name: 'recommendation',
    path: async (at, request) => `${at.recommendations}/${await recommendationOf(SHORT_WORKLOAD, request)}`,
    seen: testIds.acting.requests,
  },
  { name: 'audit', path: (at) => at.audit, seen: testIds.audit.table },
  {
    name: 'scenarios',
    path: (at) => `${at.scenarios}?workload=${WORKLOAD}&s=flash-sale&s=zone-loss`,
    seen: testIds.scenarios.frontier,
  },
  { name: 'models', path: (at) => at.models, seen: testIds.models.fleet, standIns: [MODELS, ...JOBS] },
  {
    name: 'workload-models',
    path: (at) => at.workloadModels(WORKLOAD),
    seen: testIds.models.calibration,
    standIns: [MODELS, ...JOBS],
  },
  { name: 'experiments', path: (at) => at.experiments, seen: testIds.experiments.table, standIns: EXPERIMENTS },
  {
    name: 'experiment-new',
    path: (at) => `${at.experiments}/new?workload=${WORKLOAD}`,
    seen: testIds.experiments.power,
    standIns: [MODELS, ...EXPERIMENTS],
  },
  {
    name: 'experiment',
    path: (at) => `${at.experiments}/e1`,
    seen: testIds.experiments.schedule,
    standIns: EXPERIMENTS,
  },
  { name: 'report', path: (at) => at.report, seen: testIds.report.figures },
  { name: 'setup', path: (at) => at.setup, seen: testIds.setup.page },
  {
    name: 'forecast',
    path: (at) => `${at.forecast}?ds=headroom&query=${QUERY}&title=Requests%20of%20checkout`,
    seen: testIds.forecast.chart,
  },
  { name: 'configuration', path: (at) => at.configuration, seen: testIds.configuration.page },
  { name: 'dashboard', path: (at) => at.dashboard(WORKLOAD), seen: testIds.forecastBand.panel },
];

/** Answers by stand-ins what a page has stand-ins for, as if they were of the time `nowMs`. */
export async function standIn(page: Page, { standIns = [] }: Pictured, nowMs: number): Promise<void> {
  for (const { of, json, events } of standIns) {
    await page.route(`${SIDECAR}/api/v1/${of}`, (route) =>
      events === undefined
        ? route.fulfill({ json: movedTo(nowMs, json?.()) })
        : route.fulfill({
            contentType: 'text/event-stream',
            body: `data: ${JSON.stringify(movedTo(nowMs, events()))}\n\n`,
          })
    );
  }
}

const LONGEST_AGE_SECONDS = 400 * 86_400;

function movedTo(nowMs: number, value: unknown): unknown {
  const moved = Math.floor(nowMs / 1000) - NOW;
  return JSON.parse(
    JSON.stringify(value, (_key, each: unknown) =>
      typeof each === 'number' && Math.abs(each - NOW) < LONGEST_AGE_SECONDS ? each + moved : each
    )
  );
}

async function recommendationOf(workload: string, request: APIRequestContext): Promise<string> {
  const response = await request.get('/api/plugin-proxy/headroom-capacity-app/sidecar/api/v1/workloads');
  const { workloads } = (await response.json()) as {
    workloads: ReadonlyArray<{ name: string; recommendationId: string | null }>;
  };
  const id = workloads.find(({ name }) => name === workload)?.recommendationId;
  if (id === undefined || id === null) {
    throw new Error(`${workload} has no recommendation`);
  }
  return id;
}
