import { levelMean } from './levelMean.ts';
import type { PreparedSeries } from './prepareSeries.ts';
import { PATCH_STEPS } from './windowShape.ts';

const HOUR_STEPS = 12;

/** How many cycles back the newest complete continuation of a patch lies. */
export function firstCycle({ cycle }: PreparedSeries, lead: number): number {
  return Math.ceil((lead + PATCH_STEPS - 1) / cycle);
}

/** The level shifts by which an earlier cycle's continuation comes to the present level. */
export interface Shifts {
  readonly byHour: number;
  readonly byCycle: number;
  /** The share of a trailing sum that is still to leave, less what was to leave then; or a shift that fades. */
  readonly fading: (lead: number) => number;
}

/** Shifts between the present and the same moment `back` cycles earlier. */
export function shiftsOf(series: PreparedSeries, back: number): Shifts {
  const { end, cycle, events, sumSteps } = series;
  const then = end - back * cycle;
  const byHour = levelMean(series, end, HOUR_STEPS) - levelMean(series, then, HOUR_STEPS);
  const byCycle = levelMean(series, end, cycle) - levelMean(series, then, cycle);
  if (events !== undefined && then - sumSteps >= 0) {
    const left = (at: number, lead: number): number =>
      lead >= sumSteps ? 0 : events[at]! - events[at - sumSteps + lead]!;
    return { byHour, byCycle, fading: (lead) => left(end, lead) - left(then, lead) };
  }
  const tau = cycle / 4;
  return { byHour, byCycle, fading: (lead) => byHour * Math.exp(-lead / tau) };
}
