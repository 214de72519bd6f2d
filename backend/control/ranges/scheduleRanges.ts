import type { WorkloadConfig } from '../../config/index.ts';
import type { ScheduledWorkload, Scheduler } from '../scheduler.ts';
import type { RangeName } from './rangeView.ts';

/** Planning looks this often whether a day is over, or one that failed can be read now. */
const PLANNING_INTERVAL_SECONDS = 3600;

/** Puts the ranges that workloads ask for on their schedules; workloads named in `fresh` have their turn at once. */
export function scheduleRanges(
  schedulers: Readonly<Record<RangeName, Scheduler>>,
  configs: readonly WorkloadConfig[],
  fresh: readonly string[]
): void {
  const scheduled = (intervalOf: (forecast: WorkloadConfig['forecast']) => number | undefined): ScheduledWorkload[] =>
    configs.flatMap(({ name, forecast }) => {
      const stepSeconds = intervalOf(forecast);
      return stepSeconds === undefined ? [] : [{ name, stepSeconds }];
    });
  const near = scheduled((forecast) => forecast.near?.intervalSeconds);
  const planning = scheduled((forecast) => forecast.planning && PLANNING_INTERVAL_SECONDS);
  schedulers.near.schedule(near, fresh);
  schedulers.planning.schedule(planning, fresh);
}
