import type { SyntheticShape } from '../syntheticSeries.ts';

const PERIODS = [600, 1800, 3600, 3600, 10_800, 21_600, 43_200, 86_400, 86_400, 86_400, 86_400, 604_800];

/** The periods at which monitoring data repeat, in steps, from 3 steps to half the length; the shape's cycle thrice. */
export function jobPeriods({ length, stepSeconds, seasonSteps }: SyntheticShape): number[] {
  const steps = [seasonSteps, seasonSteps, seasonSteps, ...PERIODS.map((seconds) => Math.round(seconds / stepSeconds))];
  const fitting = steps.filter((each) => each >= 3 && each <= length / 2);
  return fitting.length > 0 ? fitting : [Math.max(3, Math.round(length / 4))];
}
