import { normalQuantile } from '../statistics/index.ts';
import { timeAt, type Series } from '../timeseries/index.ts';
import type { TimeCorrelation } from './timeCorrelation.ts';

/** How many past days a Schaake shuffle needs as its template. */
const MIN_TEMPLATE_DAYS = 30;
const MAX_TEMPLATE_DAYS = 366;
const MAX_MISSING_SHARE = 0.1;
const DAY_SECONDS = 86_400;

/** Past days' surprises as normal scores of their ranks among each other, `[series][step][day]`. */
export interface TemplateDays {
  readonly dayCount: number;
  readonly scores: Float64Array;
}

/**
 * The days of the past that a Schaake shuffle orders its draws by; fewer than MIN_TEMPLATE_DAYS is none.
 *
 * Each begins at the cutoff's time of day and runs for `stepCount` steps; its values are `residuals` less what the
 * residual at its beginning let expect (`times`). Days of the cutoff's kind (working day, weekend) where there are
 * enough. All `histories` end at the cutoff; a day with more than a tenth missing in one of them is left out.
 */
export function templateDays(
  histories: readonly Series[],
  residuals: readonly Float64Array[],
  times: readonly TimeCorrelation[],
  stepCount: number
): TemplateDays | undefined {
  const first = histories[0];
  if (first === undefined) {
    return undefined;
  }
  const starts = dayStarts(first, stepCount).filter((stepsBack) =>
    residuals.every((residual) => missingShare(residual, residual.length - stepsBack, stepCount) <= MAX_MISSING_SHARE)
  );
  const cutoffKind = isWeekend(first, 0);
  const sameKind = starts.filter((stepsBack) => isWeekend(first, stepsBack) === cutoffKind);
  const chosen = (sameKind.length >= MIN_TEMPLATE_DAYS ? sameKind : starts).slice(0, MAX_TEMPLATE_DAYS);
  if (chosen.length < MIN_TEMPLATE_DAYS) {
    return undefined;
  }
  const dayCount = chosen.length;
  const scores = new Float64Array(residuals.length * stepCount * dayCount);
  residuals.forEach((residual, series) => {
    const surprises = chosen.map((stepsBack) =>
      daySurprises(residual, residual.length - stepsBack, stepCount, times[series]!)
    );
    fillScores(scores.subarray(series * stepCount * dayCount), surprises, stepCount);
  });
  return { dayCount, scores };
}

/** How many steps before the end the days begin, newest first; a step longer than a day counts as one. */
function dayStarts({ grid }: Series, stepCount: number): number[] {
  const stride = Math.max(1, DAY_SECONDS / grid.stepSeconds);
  const starts: number[] = [];
  for (let back = stride; Number.isInteger(stride) && back < grid.length; back += stride) {
    if (back >= stepCount) {
      starts.push(back);
    }
  }
  return starts;
}

function missingShare(residual: Float64Array, start: number, stepCount: number): number {
  if (start < 1 || Number.isNaN(residual[start - 1]!)) {
    return 1;
  }
  let count = 0;
  for (let i = start; i < start + stepCount; i++) {
    count += Number.isNaN(residual[i]!) ? 1 : 0;
  }
  return count / stepCount;
}

function isWeekend({ grid }: Series, stepsBack: number): boolean {
  const day = Math.floor(timeAt(grid, grid.length - stepsBack) / DAY_SECONDS);
  return (day + 4) % 7 === 0 || (day + 4) % 7 === 6;
}

function daySurprises(
  residual: Float64Array,
  start: number,
  stepCount: number,
  { weight, persistence }: TimeCorrelation
): Float64Array {
  const before = residual[start - 1]!;
  let expected = weight * before;
  let last = 0;
  return Float64Array.from({ length: stepCount }, (_, step) => {
    expected *= persistence;
    const value = residual[start + step]!;
    last = Number.isNaN(value) ? last : value - expected;
    return last;
  });
}

function fillScores(scores: Float64Array, surprises: readonly Float64Array[], stepCount: number): void {
  const dayCount = surprises.length;
  const byRank = Array.from({ length: dayCount }, (_, rank) => normalQuantile((rank + 0.5) / dayCount));
  const days = Uint32Array.from(surprises.keys());
  for (let step = 0; step < stepCount; step++) {
    sortFromBefore(
      days,
      surprises.map((day) => day[step]!)
    );
    for (let rank = 0; rank < dayCount; rank++) {
      scores[step * dayCount + days[rank]!] = byRank[rank]!;
    }
  }
}

/** Insertion sort: nearly linear, since the order of days changes little from step to step. */
function sortFromBefore(days: Uint32Array, values: readonly number[]): void {
  for (let i = 1; i < days.length; i++) {
    const day = days[i]!;
    const value = values[day]!;
    let place = i;
    while (place > 0 && values[days[place - 1]!]! > value) {
      days[place] = days[place - 1]!;
      place--;
    }
    days[place] = day;
  }
}
