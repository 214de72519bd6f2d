import type { ExperimentPlanRequest, ExperimentPower } from '../../../contract/index.ts';
import { DEFAULTS } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import {
  ERROR_RATE,
  outcomeUnit,
  pastWindows,
  planSwitchback,
  POWER,
  powerWords,
  switchbackShape,
  type SwitchbackShape,
} from '../../learning/index.ts';
import { gridEnd } from '../../timeseries/index.ts';
import type { WorkloadView } from '../fleetView.ts';
import { outcomeSeries } from './outcomeSeries.ts';

const DAY_SECONDS = 86_400;
const SEED = 1;

export type ExperimentShape = Pick<ExperimentPower, 'outcome' | 'unit'> & SwitchbackShape;

/** A design from what is asked for; throws EXPERIMENT_INVALID with what is wrong. */
export function experimentDesign({ config }: WorkloadView, asked: ExperimentPlanRequest): ExperimentShape {
  const { scaling, cost, forecast } = config;
  const shape = switchbackShape(asked, {
    leadTimeSeconds: scaling.leadTimeSeconds,
    drainSeconds: scaling.drainSeconds,
    stepSeconds: forecast.stepSeconds,
    ...(asked.b?.policy === 'hpa' ? { settleSeconds: givingBackSeconds(scaling) } : {}),
  });
  const outcome = asked.outcome ?? (cost.replicaHour === undefined ? 'replicas' : 'cost');
  if (outcome === 'cost' && cost.replicaHour === undefined) {
    throw new HeadroomError('EXPERIMENT_INVALID', { problem: 'cost needs cost.replicaHour of the workload' });
  }
  return { outcome, unit: outcomeUnit(outcome, cost.currency), ...shape };
}

/** Until a floor that goes back is the owner's, and the autoscaler has come down to its own size. */
function givingBackSeconds({ stabilizationSeconds, leadTimeSeconds }: WorkloadView['config']['scaling']): number {
  return (
    Math.max(stabilizationSeconds, 2 * leadTimeSeconds) +
    DEFAULTS.reactive.hpa.downStabilizationSeconds +
    leadTimeSeconds
  );
}

/** What such a test, and shorter and longer ones, would find by the past; null where the past is too short. */
export function experimentPower(view: WorkloadView, shape: ExperimentShape): ExperimentPower | null {
  const measured = outcomeSeries(view, shape.outcome)?.outcome;
  if (measured === undefined) {
    return null;
  }
  const { windowSeconds, burnInSeconds, periodSeconds, blockCount, outcome, unit } = shape;
  const end = Math.floor(gridEnd(measured.grid) / windowSeconds) * windowSeconds;
  const past = pastWindows(measured, shape, end);
  const counts = [...new Set([Math.ceil(blockCount / 2), blockCount, 2 * blockCount])];
  const power = planSwitchback(past, periodSeconds / windowSeconds, counts, SEED);
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
    words: powerWords(power, periodSeconds, unit),
  };
}
