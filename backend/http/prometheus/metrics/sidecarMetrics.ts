import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FleetHooks } from '../../../control/index.ts';

const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const WORK_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** The sidecar's own health, in the form that `/metrics` shows it; typed functions say what happened. */
export interface SidecarMetrics {
  readonly registry: Registry;
  /** What the loop tells, but for its events. */
  readonly hooks: Omit<FleetHooks, 'event'>;
  request(route: string, method: string, status: number, seconds: number): void;
  /** What was done to a target: `kind` is scale, pause ..., `outcome` done, refused or failed. */
  action(kind: string, outcome: string): void;
  /** Shows how many wait in a queue, asked for at each scrape. */
  watchQueue(queue: string, depth: () => number): void;
}

/** The metrics of one running sidecar, with those of its process. */
export function createSidecarMetrics(version: string): SidecarMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const histogram = (name: string, help: string): Histogram =>
    new Histogram({ name, help, buckets: WORK_BUCKETS, registers });

  new Gauge({ name: 'headroom_build_info', help: 'Always 1', labelNames: ['version', 'node'], registers }).set(
    { version, node: process.version },
    1
  );
  const requests = new Histogram({
    name: 'headroom_request_duration_seconds',
    help: 'Duration of HTTP requests',
    labelNames: ['route', 'method', 'status'],
    buckets: REQUEST_BUCKETS,
    registers,
  });
  const forecasts = histogram('headroom_forecast_duration_seconds', 'Duration of the forecasts of one workload');
  const simulations = histogram('headroom_simulation_duration_seconds', 'Duration of the simulation of one workload');
  const trainings = histogram('headroom_training_duration_seconds', 'Duration of the training of one predictor');
  const sourceErrors = new Counter({
    name: 'headroom_source_errors_total',
    help: 'Failed reads of a source',
    labelNames: ['source'],
    registers,
  });
  const actions = new Counter({
    name: 'headroom_actions_total',
    help: 'What was done to targets',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const lastSuccess = (what: string): Gauge =>
    new Gauge({
      name: `headroom_${what}_last_success_timestamp_seconds`,
      help: `When the ${what} was last dealt with successfully`,
      labelNames: [what],
      registers,
    });
  const sourceSuccess = lastSuccess('source');
  const workloadSuccess = lastSuccess('workload');
  const queues = new Map<string, () => number>();
  new Gauge({
    name: 'headroom_queue_depth',
    help: 'How many wait',
    labelNames: ['queue'],
    registers,
    collect() {
      for (const [queue, depth] of queues) {
        this.set({ queue }, depth());
      }
    },
  });

  return {
    registry,
    hooks: {
      forecastSeconds: (seconds) => {
        forecasts.observe(seconds);
      },
      simulationSeconds: (seconds) => {
        simulations.observe(seconds);
      },
      fitSeconds: (seconds) => {
        trainings.observe(seconds);
      },
      sourceError: (source) => {
        sourceErrors.inc({ source });
      },
      sourceSuccess: (source, atSeconds) => {
        sourceSuccess.set({ source }, atSeconds);
      },
      workloadSuccess: (workload, atSeconds) => {
        workloadSuccess.set({ workload }, atSeconds);
      },
    },
    request: (route, method, status, seconds) => {
      requests.observe({ route, method, status: String(status) }, seconds);
    },
    action: (kind, outcome) => {
      actions.inc({ kind, outcome });
    },
    watchQueue: (queue, depth) => {
      queues.set(queue, depth);
    },
  };
}
