import { decayedRidge } from '../../forecasting/index.ts';
import type { Series } from '../../timeseries/index.ts';
import type { ReplayService } from '../replayService.ts';
import { allocationHabit } from './allocationHabit.ts';
import { allocationState, STATE_SIZE, type AllocationMoment, type AllocationView } from './allocationState.ts';

const HALF_LIFE_SECONDS = 7 * 86_400;
const LEAST_DECISIONS = 10 * STATE_SIZE;
const PRIOR_SAMPLES = 1;
/** Below half a replica, how many replicas demand takes says nothing about a habit. */
const LEAST_REPLICAS = 0.5;
const NOISE = 1e-9;

/** What a demonstrator would ask for, learnt from its decisions. */
export interface Imitator {
  /**
   * Replicas, not rounded, that it would ask for once `known` rows are known; NaN as long as it has shown too little.
   *
   * To be asked with `known` rising by one from 1 on; decisions are learnt from as their rows become known.
   */
  after(known: number): number;
}

/**
 * Behavioural cloning: a ridge regression from the state (demand, its change, the clock, the habits of the day and the week, the replicas held) to the
 * replicas asked for over the demand, which forgets half in a week.
 *
 * `log` is what the demonstrator asked for, `[row]`, NaN where that is unknown; at a row's timestamp it saw the rows that
 * were `metricLagSeconds` old. The clone holds what it asked for itself, and never asks for more or less over the demand
 * than it was shown.
 */
export function imitator({ grid, values }: Series, log: Float64Array, service: ReplayService): Imitator {
  const { startSeconds, stepSeconds } = grid;
  const { perReplica, metricLagSeconds, min, max } = service;
  const lagRows = Math.ceil(metricLagSeconds / stepSeconds - NOISE);
  const inReplicas = (count: number): number => Math.log(Math.max(LEAST_REPLICAS, count));
  const levels = new Float64Array(values.length).fill(Number.NaN);
  const view: AllocationView = { levels, stepSeconds };
  const habit = allocationHabit(stepSeconds);
  const ridge = decayedRidge(STATE_SIZE);
  const forgetting = 0.5 ** (stepSeconds / HALF_LIFE_SECONDS);
  const state = new Float64Array(STATE_SIZE);
  const coefficients = new Float64Array(STATE_SIZE);
  let shown = 0;
  let [least, most] = [Infinity, -Infinity];
  let held = Number.NaN;
  let lastAsked = Number.NaN;
  const momentAt = (row: number, known: number, present: number): AllocationMoment => ({
    nowSeconds: startSeconds + row * stepSeconds,
    known,
    present: inReplicas(present),
    daily: habit.ofDay(row),
    weekly: habit.ofWeek(row),
  });
  const learn = (row: number): void => {
    ridge.decay(forgetting);
    const seen = row - lagRows + 1;
    const [before, asked] = [log[row - 1] ?? Number.NaN, log[row]!];
    if (seen < 1 || Number.isNaN(before + asked + values[seen - 1]!)) {
      return;
    }
    allocationState(view, momentAt(row, seen, before), state);
    const over = inReplicas(asked) - levels[seen - 1]!;
    ridge.learn(state, over);
    shown++;
    [least, most] = [Math.min(least, over), Math.max(most, over)];
  };
  return {
    after(known) {
      const row = known - 1;
      const value = values[row]!;
      levels[row] = Number.isNaN(value) ? (levels[row - 1] ?? Number.NaN) : inReplicas(value / perReplica);
      learn(row);
      if (!Number.isNaN(log[row]!)) {
        lastAsked = log[row]!;
        habit.note(row, inReplicas(lastAsked));
      }
      if (shown < LEAST_DECISIONS || Number.isNaN(value)) {
        return held;
      }
      const present = Number.isNaN(held) ? lastAsked : held;
      ridge.solve(coefficients, PRIOR_SAMPLES);
      allocationState(view, momentAt(row + lagRows, known, present), state);
      const over = coefficients.reduce((sum, coefficient, index) => sum + coefficient * state[index]!, 0);
      held = Math.max(min, Math.min(max, Math.exp(levels[row] + Math.max(least, Math.min(most, over)))));
      return held;
    },
  };
}
