import type { Outlook, SeriesOutlook, ShortfallOutlook } from '../../../allocation/index.ts';
import { DEFAULTS } from '../../../config/index.ts';
import type { FleetView, WorkloadView } from '../../../control/index.ts';
import { PUBLISHED_LEVELS } from '../../../forecasting/index.ts';
import type { TimeGrid } from '../../../timeseries/index.ts';

const STEP_SECONDS = 300;
const HISTORY_STEPS = 288;
const HORIZON_STEPS = 288;
const PER_REPLICA = 50;
const REPLICAS = 10;
const OUTLOOK_EVERY_SECONDS = 3600;
const LEAD_SECONDS = 180;

export interface ExampleOptions {
  /** The present; its last whole step is the cutoff of the latest outlook. */
  readonly nowSeconds: number;
  /** Workloads `shop-0`, `shop-1`, ...; default 1. */
  readonly workloadCount?: number;
  readonly stepSeconds?: number;
  /** Ready replicas, hence capacity; default 10, of 50 each. */
  readonly replicas?: number;
  readonly view?: Partial<WorkloadView>;
}

/** What the example's forecast says at a time: demand with a daily cycle, the quantiles 100 apart from 0 to 1. */
export function exampleDemand(timeSeconds: number): number {
  return 300 + 100 * Math.sin((2 * Math.PI * timeSeconds) / 86_400);
}

/** A fleet without a loop, for tests and benchmarks: a day of history, a day of outlooks, an outlook of a day. */
export function exampleFleet(options: ExampleOptions): FleetView {
  const { nowSeconds, workloadCount = 1 } = options;
  const views = Array.from({ length: workloadCount }, (_, index) => exampleView(`shop-${String(index)}`, options));
  const past = new Map(views.map(({ config: { name } }) => [name, pastOutlooks(name, options)]));
  return {
    nowSeconds: () => nowSeconds,
    workloads: () => views,
    workload: (name) => views.find((view) => view.config.name === name),
    pastOutlooks: (workload, fromSeconds, toSeconds) =>
      Promise.resolve(
        (past.get(workload) ?? []).filter(
          ({ cutoffSeconds }) => cutoffSeconds <= toSeconds && cutoffSeconds + 86_400 >= fromSeconds
        )
      ),
  };
}

function cutoffOf({ nowSeconds, stepSeconds = STEP_SECONDS }: ExampleOptions): number {
  return Math.floor(nowSeconds / stepSeconds) * stepSeconds;
}

function exampleView(name: string, options: ExampleOptions): WorkloadView {
  const { stepSeconds = STEP_SECONDS, replicas = REPLICAS } = options;
  const cutoff = cutoffOf(options);
  const grid: TimeGrid = {
    startSeconds: cutoff - (HISTORY_STEPS - 1) * stepSeconds,
    stepSeconds,
    length: HISTORY_STEPS,
  };
  const measured = { grid, values: onGrid(grid, exampleDemand) };
  return {
    config: {
      name,
      declaredIn: 'demo',
      definition: { name },
      account: { name: 'acme', tier: 'gold', industry: 'retail', region: '', timeZone: 'UTC' },
      calendar: [],
      demand: 'requests',
      series: [
        {
          name: 'requests',
          kind: 'activity',
          query: { source: 'demo', query: 'requests' },
          unit: 'reqps',
          perReplica: PER_REPLICA,
        },
      ],
      notes: [],
      forecast: { stepSeconds, horizonSeconds: HORIZON_STEPS * stepSeconds, historySeconds: 86_400, model: 'auto' },
      scenarios: [],
      slo: {},
      serving: { unitSeconds: 1 },
      scaling: { ...DEFAULTS.scaling, max: 60, leadTimeSeconds: LEAD_SECONDS, freezes: [] },
      cost: { currency: 'USD', replicaHour: 0.1 },
    },
    mode: 'observe',
    health: { state: 'ok', problem: null, lastSuccessAt: options.nowSeconds },
    actual: new Map([['requests', measured]]),
    replicas: { grid, values: onGrid(grid, () => replicas) },
    outlook: exampleOutlook(name, cutoff, options),
    accuracy: [
      {
        resource: 'requests',
        model: 'auto',
        lead: '1h',
        count: 12,
        crps: 0.05,
        mase: 0.8,
        coverage: { '0.8': 0.79, '0.95': 0.94 },
      },
    ],
    warnings: [],
    ...options.view,
  };
}

/** An outlook as it would have been made right after `cutoffSeconds`. */
function exampleOutlook(workload: string, cutoffSeconds: number, options: ExampleOptions): Outlook {
  const { stepSeconds = STEP_SECONDS, replicas = REPLICAS } = options;
  const grid: TimeGrid = { startSeconds: cutoffSeconds, stepSeconds, length: HORIZON_STEPS + 1 };
  const afterCutoff = (of: (timeSeconds: number) => number): Float64Array =>
    onGrid(grid, (time) => (time === cutoffSeconds ? Number.NaN : of(time)));
  const shortfall: ShortfallOutlook = {
    probability: afterCutoff((time) => Math.min(1, Math.max(0, exampleDemand(time) / (replicas * PER_REPLICA) - 0.5))),
    window: {
      '1h': onGrid(grid, () => 0.1),
      '6h': onGrid(grid, () => 0.2),
      '24h': onGrid(grid, () => 0.3),
    },
  };
  const requests: SeriesOutlook = {
    name: 'requests',
    kind: 'activity',
    unit: 'reqps',
    model: 'auto',
    levels: PUBLISHED_LEVELS,
    values: Float64Array.from(
      PUBLISHED_LEVELS.flatMap((level) => [...afterCutoff((time) => exampleDemand(time) + 100 * (level - 0.5))])
    ),
    mean: afterCutoff(exampleDemand),
    capacity: afterCutoff(() => replicas * PER_REPLICA),
    shortfall,
    warnings: [],
  };
  return {
    workload,
    issuedAtSeconds: cutoffSeconds + 5,
    cutoffSeconds,
    grid,
    series: [requests],
    anyShortfall: shortfall,
    replicas: {
      committed: afterCutoff(() => 4),
      reserved: afterCutoff(() => 3),
      total: afterCutoff(() => 7),
      burst: afterCutoff(() => 5),
    },
    costHourly: afterCutoff(() => 0.7),
    currency: 'USD',
    warnings: [],
  };
}

/** An outlook for every hour of the day before the latest. */
function pastOutlooks(workload: string, options: ExampleOptions): Outlook[] {
  const cutoff = cutoffOf(options);
  const count = 86_400 / OUTLOOK_EVERY_SECONDS;
  return Array.from({ length: count }, (_, index) =>
    exampleOutlook(workload, cutoff - (count - index) * OUTLOOK_EVERY_SECONDS, options)
  );
}

function onGrid(grid: TimeGrid, of: (timeSeconds: number) => number): Float64Array {
  return Float64Array.from({ length: grid.length }, (_, index) => of(grid.startSeconds + index * grid.stepSeconds));
}
