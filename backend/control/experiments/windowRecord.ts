import { meanBetween, type SwitchbackPlan, type SwitchbackWindow } from '../../learning/index.ts';
import { gridIndexAt, timeAt } from '../../timeseries/index.ts';
import { armWords } from './armSetting.ts';
import type { ExperimentRecord, WindowRecord } from './experimentRecord.ts';
import type { OutcomeSeries } from './outcomeSeries.ts';

/** Fewer measured steps of a window are no harm yet. */
const FEWEST_STEPS = 3;

/** What was measured of a window that is over; `reason` is why it does not count, null where it does. */
export function windowRecord(
  { outcome, violated }: OutcomeSeries,
  { startSeconds, endSeconds }: SwitchbackWindow,
  { burnInSeconds }: SwitchbackPlan,
  reason: string | null
): WindowRecord {
  const [from, middle] = [startSeconds + burnInSeconds, (startSeconds + burnInSeconds + endSeconds) / 2];
  const figure = (value: number): number | null => (Number.isNaN(value) ? null : value);
  return {
    whole: figure(meanBetween(outcome, from, endSeconds)),
    early: figure(meanBetween(outcome, from, middle)),
    late: figure(meanBetween(outcome, middle, endSeconds)),
    violationShare: figure(meanBetween(violated, from, endSeconds)),
    void: reason,
  };
}

/** Why a test must end at once: too much of the window that is under way violates the SLO, its burn-in included. */
export function harmIn(
  { violated: { grid, values } }: OutcomeSeries,
  { arm, startSeconds, endSeconds }: SwitchbackWindow,
  { worstShare, plan, arms }: ExperimentRecord
): string | undefined {
  let [known, bad] = [0, 0];
  for (let step = Math.max(0, gridIndexAt(grid, startSeconds) + 1); timeAt(grid, step) < endSeconds; step++) {
    const value = values[step] ?? Number.NaN;
    known += Number.isNaN(value) ? 0 : 1;
    bad += Number.isNaN(value) ? 0 : value;
  }
  // Of the whole window: three bad steps at its start are not yet a bad window.
  const share = bad / (plan.windowSeconds / grid.stepSeconds);
  return known < FEWEST_STEPS || share <= worstShare
    ? undefined
    : `Stopped for harm: in a window of ${arm} (${armWords(arms[arm])}) ${String(bad)} of ${String(known)} measured steps violated the SLO, more than ${String(Number((100 * worstShare).toPrecision(3)))} % of a window.`;
}
