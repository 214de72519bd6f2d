import type { PlanFile } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { formatDuration, parseDurationSeconds, type TimeGrid } from '../../timeseries/index.ts';

/** A plan over the steps of a simulation. */
export interface CountedPlan {
  readonly name: string;
  /** Replicas that serve, `[step]`. */
  readonly counts: Int32Array;
}

/**
 * The replicas of a plan at each step; before its first entry those of now serve, and the last value holds.
 *
 * Throws PLAN_INVALID, naming the field, for entries out of order or after the horizon, and for counts outside
 * [min, max]. Times of a plan are relative to the cutoff, one step before the grid's first instant.
 */
export function planCounts(
  plan: PlanFile,
  grid: TimeGrid,
  limits: { readonly current: number; readonly min: number; readonly max: number }
): CountedPlan {
  const horizonSeconds = grid.length * grid.stepSeconds;
  let previous = -1;
  const entries = plan.replicas.map(({ at, count }, index) => {
    const fail = (field: string, problem: string): never => {
      throw new HeadroomError('PLAN_INVALID', {
        where: plan.name,
        field: `replicas[${String(index)}].${field}`,
        problem,
      });
    };
    const seconds = parseDurationSeconds(at) ?? fail('at', `must be a duration such as 30m, not ${at}`);
    if (seconds <= previous) {
      fail('at', `does not come after the entry before it: ${at}`);
    }
    if (seconds > horizonSeconds) {
      fail('at', `lies after the horizon of ${formatDuration(horizonSeconds)}: ${at}`);
    }
    if (count > limits.max) {
      fail('count', `is beyond max ${String(limits.max)}: ${String(count)}`);
    }
    if (count < limits.min) {
      fail('count', `is below min ${String(limits.min)}: ${String(count)}`);
    }
    previous = seconds;
    return { seconds, count };
  });
  return {
    name: plan.name,
    counts: Int32Array.from({ length: grid.length }, (_, step) => {
      const since = entries.findLast(({ seconds }) => seconds <= (step + 1) * grid.stepSeconds);
      return since?.count ?? limits.current;
    }),
  };
}

/** A plan's changes: from `at` seconds after the cutoff on, `count` replicas serve. */
export function planEntries(
  counts: Int32Array,
  stepSeconds: number
): ReadonlyArray<{ readonly at: number; readonly count: number }> {
  return Array.from(counts, (count, step) => ({ at: step === 0 ? 0 : (step + 1) * stepSeconds, count })).filter(
    ({ count }, step) => step === 0 || count !== counts[step - 1]
  );
}
