import type { PlanFile, Scenario, ServiceFile, SimulationRequest } from '../../../contract/index.ts';
import {
  checkWhatIf,
  type SeriesOutlook,
  type WhatIfInput,
  type WhatIfSeries,
  type WhatIfService,
} from '../../allocation/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { PUBLISHED_LEVELS } from '../../forecasting/index.ts';
import {
  formatDuration,
  gridIndexAt,
  lastObservedSeconds,
  observedCount,
  parseDurationSeconds,
  timeAt,
  type Series,
  type TimeGrid,
} from '../../timeseries/index.ts';
import type { WorkloadView } from '../fleetView.ts';
import { declaredService } from './declaredService.ts';
import { understandService } from './understandService.ts';

const DEFAULT_PATHS = 2000;
const DEFAULT_SEED = 1;
const SLIDER_LEVELS: readonly number[] = [0.1, 0.5, 0.9];

/** A simulation that was asked for, checked and ready to run, and what is to be said of it beside its result. */
export interface SimulationTask {
  readonly workload: string;
  readonly demand: string;
  readonly grid: TimeGrid;
  readonly input: WhatIfInput;
  readonly warnings: readonly string[];
}

/**
 * Makes a what-if of what a workload was asked: its latest forecast and its history, its own capacity, limits and prices
 * unless `service` is given.
 *
 * Throws API_NOT_READY without a forecast, SIMULATION_IMPOSSIBLE without a demand, API_NOT_FOUND for an unknown
 * scenario, API_BODY_INVALID for the horizon, SERVICE_INVALID, SCENARIO_* and PLAN_INVALID with the field.
 */
export function simulationTask(
  view: WorkloadView,
  request: SimulationRequest,
  scenarioOf: (name: string) => Scenario | undefined
): SimulationTask {
  const { config, outlook } = view;
  const { name: workload } = config;
  if (outlook === undefined) {
    throw new HeadroomError('API_NOT_READY', { name: workload, reason: view.health.problem ?? 'it is being made' });
  }
  const demand = outlook.series.find(({ name }) => name === config.demand);
  if (demand === undefined) {
    const reason = config.demand === undefined ? 'it has no activity' : `${config.demand} has no forecast`;
    throw new HeadroomError('SIMULATION_IMPOSSIBLE', { workload, reason });
  }
  const used = [demand, ...outlook.series.filter(({ kind }) => kind === 'resource')];
  const resources = used.slice(1).map(({ name }) => name);
  const grid: TimeGrid = {
    startSeconds: timeAt(outlook.grid, 1),
    stepSeconds: outlook.grid.stepSeconds,
    length: stepsOf(request.horizon, outlook.grid.stepSeconds, outlook.grid.length - 1),
  };
  const scenarios = (request.scenarios ?? config.scenarios).map((one) => {
    if (typeof one !== 'string') {
      return one;
    }
    const scenario = scenarioOf(one);
    if (scenario === undefined) {
      throw new HeadroomError('API_NOT_FOUND', { kind: 'scenario', name: one, list: '/api/v1/scenarios' });
    }
    return scenario;
  });
  const served = serviceOf(view, request.service, resources);
  const plans = request.plans ?? [];
  requireService(plans, served.service, workload);
  const ask = {
    scenarios,
    plans,
    ...(served.service === undefined ? {} : { service: served.service }),
  };
  checkWhatIf({ ...ask, grid, names: used.map(({ name }) => name) });
  const series = used.map((one) => seriesOf(one, view, grid, outlook.cutoffSeconds, served.perReplica(one.name)));
  return {
    workload,
    demand: demand.name,
    grid,
    input: {
      ...ask,
      series,
      levels: PUBLISHED_LEVELS,
      ...(request.detail === 'slider' ? { sliderLevels: SLIDER_LEVELS } : {}),
      confidence: { historySeconds: observedCount(series[0]!.history) * grid.stepSeconds },
      pathCount: request.paths ?? DEFAULT_PATHS,
      seed: request.seed ?? DEFAULT_SEED,
    },
    warnings: served.warnings,
  };
}

function stepsOf(horizon: SimulationRequest['horizon'], stepSeconds: number, most: number): number {
  const steps =
    typeof horizon === 'string' ? Math.floor((parseDurationSeconds(horizon) ?? 0) / stepSeconds) : (horizon ?? most);
  if (steps < 1 || steps > most) {
    throw new HeadroomError('API_BODY_INVALID', {
      problem: `horizon: must be 1 to ${String(most)} steps of ${formatDuration(stepSeconds)}, as far as the latest forecast reaches`,
    });
  }
  return steps;
}

interface Served {
  readonly service?: WhatIfService;
  readonly perReplica: (series: string) => number | undefined;
  readonly warnings: readonly string[];
}

function serviceOf(view: WorkloadView, given: ServiceFile | undefined, resources: readonly string[]): Served {
  const { config } = view;
  const current = replicasNow(view);
  const declared = (name: string) => config.series.find((one) => one.name === name)?.perReplica;
  if (given !== undefined) {
    const understood = understandService(given, resources, (field, problem) => {
      throw new HeadroomError('SERVICE_INVALID', { where: 'service', field, problem });
    });
    const latest = lastValue(view.actual.get(config.demand ?? ''));
    const assumed = understood.replicasFor(latest ?? 0);
    return {
      service: understood.serving(current ?? assumed),
      perReplica: (name) => (name === config.demand ? understood.perReplica : understood.perReplicaOf.get(name)),
      warnings: [
        ...understood.warnings,
        ...(current === undefined
          ? [`Replicas of now are not known; taken to be ${String(assumed)}, what the last demand takes`]
          : []),
      ],
    };
  }
  const perReplica = declared(config.demand ?? '');
  if (current === undefined || perReplica === undefined) {
    const missing = current === undefined ? 'the replicas of now are not known' : 'its demand has no perReplica';
    return { perReplica: declared, warnings: [`No plan can be judged: ${missing}`] };
  }
  const own = declaredService(config, perReplica, resources);
  const understood = understandService(own, resources, (field, problem) => {
    throw new HeadroomError('SERVICE_INVALID', { where: `workload ${config.name}`, field, problem });
  });
  return {
    service: { ...understood.serving(current), tiers: config.scaling.tiers },
    perReplica: declared,
    warnings: understood.warnings,
  };
}

function requireService(plans: readonly PlanFile[], service: WhatIfService | undefined, workload: string): void {
  if (plans.length > 0 && service === undefined) {
    throw new HeadroomError('SIMULATION_IMPOSSIBLE', {
      workload,
      reason: 'plans need replicas and a capacity (capacity.replicas and perReplica), or a service in the request',
    });
  }
}

function seriesOf(
  { name, unit, levels, values }: SeriesOutlook,
  view: WorkloadView,
  grid: TimeGrid,
  cutoffSeconds: number,
  perReplica: number | undefined
): WhatIfSeries {
  const width = values.length / levels.length;
  const steps = new Float64Array(levels.length * grid.length);
  levels.forEach((_, level) => {
    steps.set(values.subarray(level * width + 1, level * width + 1 + grid.length), level * grid.length);
  });
  return {
    name,
    unit,
    forecast: { grid, levels, values: steps },
    history: historyTo(view.actual.get(name), cutoffSeconds, grid.stepSeconds),
    ...(perReplica === undefined ? {} : { perReplica }),
  };
}

/** What was measured up to the cutoff, gaps and what is not read yet as NaN. */
function historyTo(series: Series | undefined, cutoffSeconds: number, stepSeconds: number): Series {
  if (series === undefined) {
    return { grid: { startSeconds: cutoffSeconds, stepSeconds, length: 1 }, values: Float64Array.of(Number.NaN) };
  }
  const length = Math.max(1, gridIndexAt(series.grid, cutoffSeconds) + 1);
  const values = new Float64Array(length).fill(Number.NaN);
  values.set(series.values.subarray(0, length));
  return { grid: { ...series.grid, length }, values };
}

function replicasNow({ replicas }: WorkloadView): number | undefined {
  const value = lastValue(replicas);
  return value === undefined ? undefined : Math.floor(value);
}

function lastValue(series: Series | undefined): number | undefined {
  const at = series && lastObservedSeconds(series);
  return series === undefined || at === undefined ? undefined : series.values[gridIndexAt(series.grid, at)];
}
