import type { ApprovedFloor, ScalingWish } from '../../scaling/index.ts';
import { formatDuration, gridIndexAt } from '../../timeseries/index.ts';
import type { WorkloadView } from '../fleetView.ts';

type Lost = Extract<ScalingWish, { kind: 'lost' }>;

/** What the forecast asks for now, or why nothing is built on it; `since` and `mostOfLate` are the actor's to know. */
export type PresentWish =
  | {
      readonly kind: 'fresh';
      readonly floor: number;
      readonly issuedAtSeconds: number;
      readonly approved?: ApprovedFloor;
      readonly isUncarried?: true;
    }
  | Omit<Lost, 'sinceSeconds'>;

/** Beyond it a series is off the course that was learnt. */
const ON_COURSE = 1;

export function wishOf(
  { config, health, outlook, floor: floorNow, recommendation, drift }: WorkloadView,
  nowSeconds: number
): PresentWish {
  const { scaling } = config;
  if (outlook?.replicas === undefined || recommendation === undefined) {
    const why = health.problem ?? 'there is no recommendation yet';
    return { kind: 'lost', code: 'no-forecast', reason: `Nothing is foreseen: ${why}` };
  }
  if (health.state !== 'ok') {
    return {
      kind: 'lost',
      code: 'stale-forecast',
      reason: `The forecast is not fresh: ${health.problem ?? health.state}`,
    };
  }
  if (drift !== undefined && drift > ON_COURSE) {
    const reason = `Back to the reactive autoscaler: its demand is off the course that was learnt, ${drift.toFixed(1)} times what noise does`;
    return { kind: 'lost', code: 'drift', reason };
  }
  const { historySeconds, level } = recommendation.confidence;
  if (historySeconds < scaling.minHistorySeconds) {
    const [had, asked] = [historySeconds, scaling.minHistorySeconds].map((seconds) =>
      formatDuration(Math.round(seconds))
    );
    const reason = `${had ?? ''} of history are too few to act on: scaling.minHistory asks for ${asked ?? ''}`;
    return { kind: 'lost', code: 'low-confidence', reason };
  }
  if (level === 'low' && scaling.minHistorySeconds > 0) {
    return { kind: 'lost', code: 'low-confidence', reason: 'The forecast is too unsure to act on: see its coverage' };
  }
  const present = gridIndexAt(outlook.grid, nowSeconds);
  const floor = floorNow ?? outlook.replicas.total[present];
  return floor === undefined || !Number.isFinite(floor)
    ? { kind: 'lost', code: 'stale-forecast', reason: 'The forecast says nothing of now' }
    : { kind: 'fresh', floor, issuedAtSeconds: outlook.issuedAtSeconds };
}
