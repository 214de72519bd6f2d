import type { Outlook } from '../../allocation/index.ts';
import type { FleetView, WorkloadView } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { gridIndexAt } from '../../timeseries/index.ts';
import type { ScalerMetadata } from './scalerMetadata.ts';

/** A forecast that ends longer ago than this many of its steps is not one to act on, whatever its health says. */
const FRESH_STEPS = 3;

/** The workload, or API_NOT_FOUND. */
export function scaledWorkload(fleet: FleetView, name: string): WorkloadView {
  const view = fleet.workload(name);
  if (view === undefined) {
    throw new HeadroomError('API_NOT_FOUND', { kind: 'workload', name, list: '/api/v1/workloads' });
  }
  return view;
}

/**
 * The most that is asked for from now until the lead has passed: replicas, or the forecast in its unit.
 *
 * Throws API_NOT_READY where any of it is unknown or the workload isn't well, so that an autoscaler holds what it has;
 * API_PARAMETER_INVALID where the forecast has no such resource or level or doesn't reach so far.
 */
export function scalerMetric(view: WorkloadView, { asked, leadSeconds }: ScalerMetadata, nowSeconds: number): number {
  const outlook = freshOutlook(view, nowSeconds);
  const values = asked.what === 'replicas' ? outlook.replicas?.[asked.kind] : forecastValues(outlook, asked);
  if (values === undefined) {
    throw notReady(view, 'no replicas are recommended, since nothing says what one carries');
  }
  return mostWithin(view, outlook, values, nowSeconds, leadSeconds ?? view.config.scaling.leadTimeSeconds);
}

/** Whether the workload should run at all: false only where a fresh recommendation is of no replicas until then. */
export function isActive(view: WorkloadView, metadata: ScalerMetadata, nowSeconds: number): boolean {
  try {
    const total = scalerMetric(view, { ...metadata, asked: { what: 'replicas', kind: 'total' } }, nowSeconds);
    return total > 0 || scalerMetric(view, metadata, nowSeconds) > 0;
  } catch {
    return true;
  }
}

/** What one replica is to carry of the metric; API_PARAMETER_INVALID where a forecast's is unknown. */
export function scalerTarget(view: WorkloadView, { asked, threshold }: ScalerMetadata): number {
  if (threshold !== undefined) {
    return threshold;
  }
  if (asked.what === 'replicas') {
    return 1;
  }
  const series = view.config.series.find(({ name }) => name === asked.resource);
  if (series === undefined) {
    throw unknownResource(asked.resource);
  }
  if (series.perReplica === undefined) {
    throw new HeadroomError('API_PARAMETER_INVALID', {
      name: 'threshold',
      problem: `it is required, since ${asked.resource} has no capacity for each replica`,
    });
  }
  return series.perReplica;
}

function freshOutlook(view: WorkloadView, nowSeconds: number): Outlook {
  const { health, outlook } = view;
  if (health.state !== 'ok') {
    throw notReady(view, health.problem ?? health.state);
  }
  if (outlook === undefined) {
    throw notReady(view, 'none has been made');
  }
  if (nowSeconds - outlook.cutoffSeconds > FRESH_STEPS * outlook.grid.stepSeconds) {
    throw notReady(view, 'the last one is too old');
  }
  return outlook;
}

function forecastValues(
  { series, grid }: Outlook,
  { resource, level }: Extract<ScalerMetadata['asked'], { readonly what: 'forecast' }>
): Float64Array {
  const found = series.find(({ name }) => name === resource);
  if (found === undefined) {
    throw unknownResource(resource);
  }
  const row = found.levels.indexOf(level);
  if (row < 0) {
    throw new HeadroomError('API_PARAMETER_INVALID', {
      name: 'level',
      problem: `it must be one of ${found.levels.join(', ')}`,
    });
  }
  return found.values.subarray(row * grid.length, (row + 1) * grid.length);
}

function mostWithin(
  view: WorkloadView,
  { grid }: Outlook,
  values: Float64Array,
  nowSeconds: number,
  leadSeconds: number
): number {
  // The cutoff itself, at index 0, is measured and has no forecast.
  const first = Math.max(1, gridIndexAt(grid, nowSeconds));
  const last = Math.max(first, Math.ceil((nowSeconds + leadSeconds - grid.startSeconds) / grid.stepSeconds));
  if (last >= grid.length) {
    throw new HeadroomError('API_PARAMETER_INVALID', {
      name: 'lead',
      problem: 'the forecast does not reach so far',
    });
  }
  const within = values.subarray(first, last + 1);
  if (!within.every((value) => Number.isFinite(value) && value >= 0)) {
    throw notReady(view, 'it has a gap before the lead has passed');
  }
  return within.reduce((most, value) => Math.max(most, value), 0);
}

function unknownResource(resource: string): HeadroomError {
  return new HeadroomError('API_PARAMETER_INVALID', {
    name: 'resource',
    problem: `nothing named ${resource} is forecast`,
  });
}

function notReady({ config: { name } }: WorkloadView, reason: string): HeadroomError {
  return new HeadroomError('API_NOT_READY', { name, reason });
}
