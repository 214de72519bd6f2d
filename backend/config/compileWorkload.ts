import type { WorkloadEntry } from '../../contract/index.ts';
import { parseDurationSeconds, parseQuantity } from '../timeseries/index.ts';
import { compileCost } from './compileCost.ts';
import { compileRanges } from './compileRanges.ts';
import { compileScaling } from './compileScaling.ts';
import type { QueryConfig, SeriesConfig, WorkloadConfig } from './config.ts';
import { DEFAULTS, LIMITS } from './defaults.ts';
import type { FaultPath, PathFault } from './fault.ts';
import { targetFaults } from './targetFaults.ts';

interface QueryEntry {
  readonly query: string | Record<string, unknown>;
  readonly source?: string | undefined;
  readonly by?: string | undefined;
}

/**
 * One workload of the file, complete: defaults filled in, durations in seconds, quantities as numbers.
 *
 * Where `faults` is not empty, the workload must not be used.
 */
export function compileWorkload(
  entry: WorkloadEntry,
  sourceNames: readonly string[],
  declaredIn: WorkloadConfig['declaredIn']
): { readonly workload: WorkloadConfig; readonly faults: readonly PathFault[] } {
  const faults: PathFault[] = [];
  const fault = (path: FaultPath, problem: string) => faults.push({ path, problem });
  const notes: string[] = [];

  const ownSource = entry.source ?? (sourceNames.length === 1 ? sourceNames[0] : undefined);
  const query = (from: QueryEntry, path: FaultPath): QueryConfig => {
    const source = from.source ?? ownSource;
    if (source === undefined) {
      fault(path, 'has no source: name one in the workload, since there is more than one');
    } else if (!sourceNames.includes(source)) {
      fault(from.source === undefined ? ['source'] : [...path, 'source'], `is not one of the sources: ${source}`);
    }
    return { source: source ?? '', query: from.query, ...(from.by === undefined ? {} : { by: from.by }) };
  };
  const seconds = (text: string | undefined, path: FaultPath, fallback: number): number => {
    const value = text === undefined ? fallback : parseDurationSeconds(text);
    if (value === undefined || value <= 0) {
      fault(path, 'must be longer than nothing');
      return fallback;
    }
    return value;
  };
  const quantity = (value: string | number | undefined, path: FaultPath): number | undefined => {
    const number = typeof value === 'string' ? parseQuantity(value) : value;
    if (value !== undefined && (number === undefined || !Number.isFinite(number) || number <= 0)) {
      fault(path, 'must be more than 0');
    } else if (number !== undefined && (number < LIMITS.minPerReplica || number > LIMITS.maxPerReplica)) {
      fault(path, `must be from ${LIMITS.minPerReplica} to ${LIMITS.maxPerReplica}`);
    }
    return number;
  };

  const activities = Object.entries(entry.activity ?? {});
  const resources = Object.entries(entry.resources ?? {});
  const demand = activities[0]?.[0];
  if (activities.length + resources.length === 0) {
    fault([], 'must have at least one activity or resource');
  }
  for (const [name] of resources) {
    if (activities.some(([activity]) => activity === name)) {
      fault(['resources', name], 'is the name of an activity too');
    }
  }

  const capacityAuto = entry.capacity?.perReplica === 'auto';
  const perReplica = capacityAuto ? undefined : quantity(entry.capacity?.perReplica, ['capacity', 'perReplica']);
  if (entry.capacity?.perReplica !== undefined && demand === undefined) {
    fault(['capacity', 'perReplica'], 'needs an activity: capacity is counted in the first one');
  }

  const series: SeriesConfig[] = [
    ...activities.map(([name, activity]): SeriesConfig => ({
      name,
      kind: 'activity',
      query: query(activity, ['activity', name]),
      unit: activity.unit ?? '',
      ...(name === demand && perReplica !== undefined ? { perReplica } : {}),
      ...(name === demand && capacityAuto ? { learnsPerReplica: true } : {}),
    })),
    ...resources.map(([name, resource]): SeriesConfig => {
      const each = quantity(resource.perReplica, ['resources', name, 'perReplica']);
      return {
        name,
        kind: 'resource',
        query: query(resource, ['resources', name]),
        unit: resource.unit ?? '',
        ...(each === undefined ? {} : { perReplica: each }),
      };
    }),
  ];

  if (entry.name === 'all') {
    fault(['name'], 'must not be all: that is all workloads together where scaling is paused');
  }
  const replicas = entry.capacity?.replicas && query(entry.capacity.replicas, ['capacity', 'replicas']);
  if (replicas === undefined) {
    notes.push('capacity.replicas is not set, so there is no capacity, no shortfall and no recommendation');
  } else if (!series.some((each) => each.perReplica !== undefined || each.learnsPerReplica === true)) {
    notes.push('nothing has a perReplica, so there is no capacity, no shortfall and no recommendation');
  }

  const scaling = compileScaling(entry, { seconds, fault, notes });
  for (const { path, problem } of scaling.target === undefined ? [] : targetFaults(scaling.target, declaredIn)) {
    fault(['scaling', 'target', ...path], problem);
  }
  const forecast = compileForecast(entry, scaling.leadTimeSeconds, seconds, fault);
  for (const [index, event] of (entry.calendar ?? []).entries()) {
    if (Date.parse(event.end) <= Date.parse(event.start)) {
      fault(['calendar', index, 'end'], 'must be after start');
    }
  }
  for (const [index, name] of (entry.scenarios ?? []).entries()) {
    if (entry.scenarios?.indexOf(name) !== index) {
      fault(['scenarios', index], `is named twice: ${name}`);
    } else if (name === 'baseline') {
      fault(['scenarios', index], 'must not be baseline: that is the future without a scenario');
    }
  }
  if ((entry.scenarios?.length ?? 0) > LIMITS.maxScenarios) {
    fault(['scenarios'], `must be at most ${LIMITS.maxScenarios}`);
  } else if (entry.scenarios !== undefined && entry.scenarios.length > 0 && demand === undefined) {
    notes.push('scenarios have no effect: they act on demand, and there is no activity');
  }
  const timeZone = entry.account?.timeZone ?? DEFAULTS.timeZone;
  if (!isTimeZone(timeZone)) {
    fault(['account', 'timeZone'], `is not a time zone: ${timeZone}`);
  }

  const { latency, errors, latencySeconds, objective, serviceSeconds } = entry.slo ?? {};
  const { unitSeconds, queueLimit, variability, scalability, refit: refits = false } = entry.capacity ?? {};
  const canRefit = [demand, 'cpu'].every((name) =>
    series.some((each) => each.name === name && (each.perReplica !== undefined || each.learnsPerReplica === true))
  );
  if (refits && (!canRefit || replicas === undefined)) {
    fault(['capacity', 'refit'], 'needs capacity.replicas, capacity.perReplica and resources.cpu with a perReplica');
  }
  const workload: WorkloadConfig = {
    name: entry.name,
    declaredIn,
    definition: entry,
    account: {
      name: entry.account?.name ?? '',
      tier: entry.account?.tier ?? '',
      industry: entry.account?.industry ?? '',
      region: entry.account?.region ?? '',
      timeZone,
    },
    calendar: (entry.calendar ?? []).map(({ name, start, end }) => ({
      name,
      startSeconds: Date.parse(start) / 1000,
      endSeconds: Date.parse(end) / 1000,
    })),
    ...(demand === undefined ? {} : { demand }),
    series,
    ...(replicas === undefined ? {} : { replicas }),
    notes,
    forecast,
    scenarios: entry.scenarios ?? [],
    slo: {
      ...(latencySeconds === undefined ? {} : { latencySeconds }),
      ...(objective === undefined ? {} : { objective }),
      ...(serviceSeconds === undefined ? {} : { serviceSeconds }),
      ...(latency === undefined
        ? {}
        : { latency: { ...query(latency, ['slo', 'latency']), quantile: latency.quantile } }),
      ...(errors === undefined ? {} : { errors: query(errors, ['slo', 'errors']) }),
    },
    serving: {
      unitSeconds: unitSeconds ?? DEFAULTS.serving.unitSeconds,
      ...(queueLimit === undefined ? {} : { queueLimit }),
      ...(variability === undefined ? {} : { variability }),
      ...(scalability === undefined ? {} : { scalability }),
    },
    ...(refits ? { refitsServing: true } : {}),
    scaling,
    cost: compileCost(entry.cost, (path, problem) => fault(['cost', ...path], problem)),
  };
  return { workload, faults };
}

type Seconds = (text: string | undefined, path: FaultPath, fallback: number) => number;
type AddFault = (path: FaultPath, problem: string) => void;

function compileForecast(
  entry: WorkloadEntry,
  leadTimeSeconds: number,
  seconds: Seconds,
  fault: AddFault
): WorkloadConfig['forecast'] {
  const { step, horizon, history, model, season } = entry.forecast ?? {};
  const stepSeconds = seconds(step, ['forecast', 'step'], DEFAULTS.forecast.stepSeconds);
  const horizonSeconds = seconds(horizon, ['forecast', 'horizon'], DEFAULTS.forecast.horizonSeconds);
  const historySeconds = seconds(history, ['forecast', 'history'], DEFAULTS.forecast.historySeconds);
  if (stepSeconds < LIMITS.minStepSeconds || stepSeconds % 1 !== 0) {
    fault(['forecast', 'step'], `must be whole seconds, at least ${LIMITS.minStepSeconds}s`);
  }
  if (horizonSeconds % stepSeconds !== 0 || horizonSeconds / stepSeconds > LIMITS.maxHorizonSteps) {
    fault(['forecast', 'horizon'], `must be a whole number of steps, at most ${LIMITS.maxHorizonSteps}`);
  }
  if (historySeconds < 2 * stepSeconds || historySeconds / stepSeconds > LIMITS.maxHistorySteps) {
    fault(['forecast', 'history'], `must be 2 to ${LIMITS.maxHistorySteps} steps`);
  }
  return {
    stepSeconds,
    horizonSeconds,
    historySeconds,
    model: model ?? DEFAULTS.forecast.model,
    ...(season === undefined ? {} : { seasonSeconds: seconds(season, ['forecast', 'season'], 86_400) }),
    ...compileRanges({ entry: entry.forecast ?? {}, stepSeconds, leadTimeSeconds, seconds, fault }),
  };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
