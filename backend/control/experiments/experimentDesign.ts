import type { ExperimentPlanRequest, ExperimentPower } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { ERROR_RATE, meanBetween, planSwitchback, POWER, type SwitchbackPlan } from '../../learning/index.ts';
import { gridEnd, parseDurationSeconds } from '../../timeseries/index.ts';
import type { WorkloadView } from '../fleetView.ts';
import { outcomeSeries, outcomeUnit } from './outcomeSeries.ts';

const DAY_SECONDS = 86_400;
const DEFAULT_DAYS = 14;
const DEFAULT_WINDOW_SECONDS = 7200;
/** A new floor, replicas that start and those that drain. */
const BURN_IN_LEADS = 3;
/** Fewer steps of a window after its burn-in say too little. */
const LEAST_STEPS = 4;
const MOST_WINDOWS = 3000;
const SEED = 1;
const STILL =
  'The outcome did not vary in the past, so the past does not tell how small a difference a test would find among what varies once something is tried.';

export type ExperimentShape = Pick<ExperimentPower, 'outcome' | 'unit'> &
  Pick<SwitchbackPlan, 'windowSeconds' | 'burnInSeconds' | 'periodSeconds' | 'blockCount'>;

/** A design from what is asked for; throws EXPERIMENT_INVALID with what is wrong. */
export function experimentDesign({ config }: WorkloadView, asked: ExperimentPlanRequest): ExperimentShape {
  const fail = (problem: string): never => {
    throw new HeadroomError('EXPERIMENT_INVALID', { problem });
  };
  const { scaling, cost, forecast } = config;
  const periodSeconds = (asked.period === 'week' ? 7 : 1) * DAY_SECONDS;
  const secondsOf = (field: 'window' | 'burnIn', text: string): number =>
    parseDurationSeconds(text) ?? fail(`${field} is no duration as Prometheus writes them, like 2h`);
  const windowSeconds = asked.window === undefined ? DEFAULT_WINDOW_SECONDS : secondsOf('window', asked.window);
  const burnInSeconds =
    asked.burnIn === undefined
      ? Math.min(BURN_IN_LEADS * scaling.leadTimeSeconds + scaling.drainSeconds, windowSeconds / 2)
      : secondsOf('burnIn', asked.burnIn);
  const blockSeconds = 2 * periodSeconds;
  const days = asked.days ?? Math.max(DEFAULT_DAYS, blockSeconds / DAY_SECONDS);
  const blockCount = (days * DAY_SECONDS) / blockSeconds;
  if (!(windowSeconds > 0) || !Number.isInteger(periodSeconds / windowSeconds)) {
    fail(`windows must fill ${asked.period === 'week' ? 'a week' : 'a day'} without a rest`);
  }
  if (!Number.isInteger(blockCount) || blockCount < 1) {
    fail(`days must be a multiple of ${String(blockSeconds / DAY_SECONDS)}: a window and its pair lie in one block`);
  }
  if (burnInSeconds < scaling.leadTimeSeconds) {
    fail(`burnIn must be at least the lead time, ${String(scaling.leadTimeSeconds)} s: replicas start so late`);
  }
  if (windowSeconds - burnInSeconds < LEAST_STEPS * forecast.stepSeconds) {
    fail(`a window must last ${String(LEAST_STEPS)} steps of ${String(forecast.stepSeconds)} s beyond its burn-in`);
  }
  if ((blockCount * blockSeconds) / windowSeconds > MOST_WINDOWS) {
    fail(`there must be at most ${String(MOST_WINDOWS)} windows`);
  }
  const outcome = asked.outcome ?? (cost.replicaHour === undefined ? 'replicas' : 'cost');
  if (outcome === 'cost' && cost.replicaHour === undefined) {
    fail('cost needs cost.replicaHour of the workload');
  }
  return {
    outcome,
    unit: outcomeUnit(outcome, cost.currency),
    windowSeconds,
    burnInSeconds,
    periodSeconds,
    blockCount,
  };
}

/** What such a test, and shorter and longer ones, would find by the past; null where the past is too short. */
export function experimentPower(view: WorkloadView, shape: ExperimentShape): ExperimentPower | null {
  const measured = outcomeSeries(view, shape.outcome)?.outcome;
  if (measured === undefined) {
    return null;
  }
  const { windowSeconds, burnInSeconds, periodSeconds, blockCount, outcome, unit } = shape;
  const end = Math.floor(gridEnd(measured.grid) / windowSeconds) * windowSeconds;
  const periods = Math.floor((end - measured.grid.startSeconds) / periodSeconds);
  const windowsAPeriod = periodSeconds / windowSeconds;
  const past = Float64Array.from({ length: Math.max(0, periods) * windowsAPeriod }, (_, window) => {
    const start = end - (periods * windowsAPeriod - window) * windowSeconds;
    return meanBetween(measured, start + burnInSeconds, start + windowSeconds);
  });
  const counts = [...new Set([Math.ceil(blockCount / 2), blockCount, 2 * blockCount])];
  const power = planSwitchback(past, windowsAPeriod, counts, SEED);
  if (power === undefined) {
    return null;
  }
  const blockDays = (2 * periodSeconds) / DAY_SECONDS;
  const points = power.points.map(({ blocks, minimumEffect }) => ({
    days: blocks * blockDays,
    minimumEffect: Number.isFinite(minimumEffect) ? minimumEffect : null,
    relative: Number.isFinite(minimumEffect) && power.mean > 0 ? minimumEffect / power.mean : null,
  }));
  return {
    ...{ outcome, unit, windowSeconds, burnInSeconds, periodSeconds, blocks: blockCount },
    ...{ power: POWER, errorRate: ERROR_RATE, mean: power.mean, deviation: power.deviation },
    autocorrelation: power.autocorrelation,
    points,
    words: !(power.deviation > 1e-9 * Math.abs(power.mean))
      ? [STILL]
      : points.map(({ days, minimumEffect, relative }) =>
          minimumEffect === null
            ? `A test of ${String(days)} days would find no effect reliably.`
            : `A test of ${String(days)} days finds a difference of ${text(minimumEffect, unit)}${relative === null || unit === '%' ? '' : ` (${String(Number((100 * relative).toPrecision(2)))} % of the mean)`} four times in five, and one that is not there at most once in twenty.`
        ),
  };
}

function text(value: number, unit: string): string {
  return unit === '%'
    ? `${String(Number((100 * value).toPrecision(3)))} points`
    : `${String(Number(value.toPrecision(3)))} ${unit}`;
}
