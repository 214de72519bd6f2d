import { reactiveRun, type ReplayService } from '../../replay/index.ts';
import { gridIndexAt, seriesSlice, timeAt, type Series } from '../../timeseries/index.ts';
import type { KpiDay, KpiRun } from './kpiDay.ts';
import { seasonalFloors } from './seasonalFloors.ts';

const DAY_SECONDS = 86_400;
const HOUR = 3600;
/** So long before the day the counterfactuals begin, so that the day does not tell how they were set off. */
const RUN_IN_SECONDS = 6 * HOUR;
/** With less of the day foreseen, the forecast is not credited with it. */
const LEAST_FORESEEN = 0.9;

export interface DayInput extends Pick<
  KpiDay,
  'workload' | 'account' | 'tier' | 'daySeconds' | 'replicaHour' | 'violationMinute' | 'currency' | 'isActedOn'
> {
  /** Demand with as many days before as there are, on the grid of `replicas`. */
  readonly demand: Series;
  /** Ready replicas. */
  readonly replicas: Series;
  readonly latency?: { readonly series: Series; readonly most: number };
  readonly errors?: { readonly series: Series; readonly most: number };
  readonly service: ReplayService;
  /** The floor that was recommended for an instant, by what was known a lead time before; NaN where there was none. */
  readonly recommendedFloor: (atSeconds: number) => number;
}

/**
 * Reckons a workload's day, beside what the reactive autoscaler would have come to on the same demand: alone, above a
 * seasonal-naive floor, above the floor of the forecasts. Yields now and then.
 *
 * Undefined where not one step of the day has both demand and replicas.
 */
export function* reckonDay(input: DayInput): Generator<undefined, KpiDay | undefined> {
  const { demand, replicas, service, daySeconds, recommendedFloor } = input;
  const { stepSeconds } = demand.grid;
  const first = Math.ceil((daySeconds - demand.grid.startSeconds) / stepSeconds);
  const expectedSteps = Math.round(DAY_SECONDS / stepSeconds);
  const from = Math.max(0, first - Math.round(RUN_IN_SECONDS / stepSeconds));
  const trace = seriesSlice(demand, 0, Math.min(demand.values.length, first + expectedSteps));
  const steps = measuredSteps(input, first, trace.grid.length);
  if (steps.length === 0) {
    return undefined;
  }
  const scored = (readyAt: (step: number) => number): KpiRun => {
    let [replicaCount, violations] = [0, 0];
    for (const step of steps) {
      const ready = readyAt(step);
      replicaCount += ready;
      violations += demand.values[step]! > ready * service.perReplica * (1 + 1e-9) ? 1 : 0;
    }
    return {
      replicaHours: (replicaCount * stepSeconds) / HOUR,
      violationMinutes: (violations * stepSeconds) / 60,
    };
  };
  function* above(floors?: Float64Array): Generator<undefined, KpiRun> {
    const { readyAtRow } = yield* reactiveRun(trace, from, service, floors);
    return scored((step) => readyAtRow[step - from]!);
  }
  const seasonal = seasonalFloors(trace, first, service);
  const recommended = trace.values.map((_, row) =>
    row < first ? Number.NaN : recommendedFloor(timeAt(demand.grid, row))
  );
  const isForeseen = steps.filter((step) => !Number.isNaN(recommended[step])).length >= LEAST_FORESEEN * steps.length;
  const { workload, account, tier, replicaHour, violationMinute, currency, isActedOn } = input;
  return {
    ...{ workload, account, tier, daySeconds, stepSeconds, expectedSteps, measuredSteps: steps.length },
    usedReplicaHours:
      (steps.reduce((sum, step) => sum + demand.values[step]! / service.perReplica, 0) * stepSeconds) / HOUR,
    actual: scored((step) => replicas.values[step + offset(demand, replicas)]!),
    reactive: yield* above(),
    seasonal: seasonal === undefined ? null : yield* above(seasonal),
    forecast: isForeseen ? yield* above(recommended) : null,
    slo: sloOf(input, daySeconds, expectedSteps),
    ...{ replicaHour, violationMinute, currency, isActedOn },
  };
}

/** Rows of demand in the day that have both demand and replicas. */
function measuredSteps({ demand, replicas }: DayInput, first: number, end: number): number[] {
  const shift = offset(demand, replicas);
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index).filter(
    (row) => row >= 0 && !Number.isNaN(demand.values[row]) && !Number.isNaN(replicas.values[row + shift] ?? Number.NaN)
  );
}

function offset(from: Series, to: Series): number {
  return gridIndexAt(to.grid, from.grid.startSeconds);
}

function sloOf({ latency, errors, demand }: DayInput, daySeconds: number, expectedSteps: number): KpiDay['slo'] {
  if (latency === undefined || errors === undefined) {
    return null;
  }
  const at = ({ grid, values }: Series, atSeconds: number): number =>
    values[gridIndexAt(grid, atSeconds)] ?? Number.NaN;
  let [measured, met] = [0, 0];
  for (let step = 0; step < expectedSteps; step++) {
    const atSeconds = daySeconds + step * demand.grid.stepSeconds;
    const [seconds, share] = [at(latency.series, atSeconds), at(errors.series, atSeconds)];
    if (!Number.isNaN(seconds) && !Number.isNaN(share)) {
      measured++;
      met += seconds <= latency.most && share <= errors.most ? 1 : 0;
    }
  }
  return measured === 0 ? null : { measuredSteps: measured, metSteps: met };
}
