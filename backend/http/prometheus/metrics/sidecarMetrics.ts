import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FleetEvent, FleetHooks } from '../../../control/index.ts';

const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const WORK_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** The sidecar's own health, in the form that `/metrics` shows it; typed functions say what happened. */
export interface SidecarMetrics {
  readonly registry: Registry;
  /** What the loop tells, but for its events. */
  readonly hooks: Omit<FleetHooks, 'event'>;
  /** Counts what went wrong by its code; what is only told is not counted. */
  event(event: FleetEvent): void;
  /** Times a turn of one workload in a range: day, near, planning. */
  turn(range: string, turn: () => Promise<void>): Promise<void>;
  request(route: string, method: string, status: number, seconds: number): void;
  /** What was done to a target: `kind` is scale, pause ..., `outcome` done, refused or failed. */
  action(kind: string, outcome: string): void;
  /** Counts a tune by how it ended: kept, discarded, failed, cancelled. */
  training(outcome: string): void;
  /** Shows how many wait in a queue, asked for at each scrape. */
  watchQueue(queue: string, depth: () => number): void;
  /** Shows what else there is to know, asked for at each scrape. */
  watchState(state: () => SidecarState): void;
}

/** What a sidecar knows of itself at one moment. */
export interface SidecarState {
  readonly config: { readonly problem: string | null; readonly loadedAtSeconds: number | null };
  readonly learning?: {
    readonly trainingCpuSeconds: number;
    readonly shadowCpuSeconds: number;
    /** Trainings that wait for their turn. */
    readonly due: number;
  };
  readonly storage: { readonly kind: string; readonly problem: string | null; readonly bytes?: number };
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
  const runs = new Counter({
    name: 'headroom_training_runs_total',
    help: 'Tunes of learnt models, by how they ended: kept, discarded, failed, cancelled',
    labelNames: ['outcome'],
    registers,
  });
  const outlooks = new Counter({ name: 'headroom_outlooks_total', help: 'Outlooks that were issued', registers });
  const errors = new Counter({
    name: 'headroom_errors_total',
    help: 'What went wrong in the loop, by code',
    labelNames: ['code', 'level'],
    registers,
  });
  const turns = new Histogram({
    name: 'headroom_turn_duration_seconds',
    help: 'Duration of a turn of one workload, with its reads and its wait for a thread',
    labelNames: ['range'],
    buckets: WORK_BUCKETS,
    registers,
  });
  const sourceSuccess = new Gauge({
    name: 'headroom_source_last_success_timestamp_seconds',
    help: 'When the source was last read successfully',
    labelNames: ['source'],
    registers,
  });
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

  const watchState = stateGauges(registers);

  return {
    registry,
    watchState,
    event: ({ level, code = 'INTERNAL' }) => {
      if (level !== 'info') {
        errors.inc({ code, level });
      }
    },
    turn: async (range, turn) => {
      const end = turns.startTimer({ range });
      await turn().finally(end);
    },
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
      workloadSuccess: () => {
        outlooks.inc();
      },
    },
    request: (route, method, status, seconds) => {
      requests.observe({ route, method, status: String(status) }, seconds);
    },
    action: (kind, outcome) => {
      actions.inc({ kind, outcome });
    },
    training: (outcome) => {
      runs.inc({ outcome });
    },
    watchQueue: (queue, depth) => {
      queues.set(queue, depth);
    },
  };
}

function stateGauges(registers: Registry[]): SidecarMetrics['watchState'] {
  const gauge = (
    name: string,
    help: string,
    set: (gauge: Gauge, state: SidecarState) => void,
    label?: string
  ): void => {
    new Gauge({
      name,
      help,
      labelNames: label === undefined ? [] : [label],
      registers,
      collect() {
        if (label === undefined) {
          this.remove();
        } else {
          this.reset();
        }
        if (watched !== undefined) {
          set(this, watched());
        }
      },
    });
  };
  let watched: (() => SidecarState) | undefined;
  gauge(
    'headroom_config_last_reload_successful',
    'Whether the workloads file as it is now is in force',
    (each, { config }) => {
      each.set(config.problem === null ? 1 : 0);
    }
  );
  gauge(
    'headroom_config_last_reload_success_timestamp_seconds',
    'When the configuration in force was read',
    (each, { config }) => {
      if (config.loadedAtSeconds !== null) {
        each.set(config.loadedAtSeconds);
      }
    }
  );
  gauge('headroom_training_due', 'Learnt models whose time to be trained again has come', (each, { learning }) => {
    if (learning !== undefined) {
      each.set(learning.due);
    }
  });
  gauge(
    'headroom_training_cpu_seconds',
    'Core seconds that trainings which nobody asked for were given since the start',
    (each, { learning }) => {
      if (learning !== undefined) {
        each.set(learning.trainingCpuSeconds);
      }
    }
  );
  gauge(
    'headroom_shadow_cpu_seconds',
    'Core seconds that forecasts of challengers took since the start',
    (each, { learning }) => {
      if (learning !== undefined) {
        each.set(learning.shadowCpuSeconds);
      }
    }
  );
  gauge(
    'headroom_storage_up',
    'Whether the last write was kept',
    (each, { storage }) => {
      each.set({ kind: storage.kind }, storage.problem === null ? 1 : 0);
    },
    'kind'
  );
  gauge(
    'headroom_storage_size_bytes',
    'Size of the database on disk',
    (each, { storage }) => {
      if (storage.bytes !== undefined) {
        each.set({ kind: storage.kind }, storage.bytes);
      }
    },
    'kind'
  );
  return (state) => {
    watched = state;
  };
}
