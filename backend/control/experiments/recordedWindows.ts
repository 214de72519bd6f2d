import { windowAt, type SwitchbackDesign, type SwitchbackWindow } from '../../learning/index.ts';
import type { ExperimentRecord, WindowRecord } from './experimentRecord.ts';
import type { OutcomeSeries } from './outcomeSeries.ts';
import { windowRecord } from './windowRecord.ts';

export interface WindowsNow {
  readonly nowSeconds: number;
  /** Measurements of a window may come so late. */
  readonly lateSeconds: number;
  /** Why a window that is over does not count, null where it does; asked once for each. */
  readonly voidOf: (window: SwitchbackWindow, lateSeconds: number) => string | null;
}

/** The windows of a test that are over and measured by now, those that were recorded before first. */
export function recordedWindows(
  { plan, windows: before }: ExperimentRecord,
  measured: OutcomeSeries,
  design: SwitchbackDesign,
  { nowSeconds, lateSeconds, voidOf }: WindowsNow
): WindowRecord[] {
  const windows = [...before];
  const nextOf = () => windowAt(design, plan.startSeconds + windows.length * plan.windowSeconds);
  for (let next = nextOf(); next !== undefined && next.endSeconds + lateSeconds <= nowSeconds; next = nextOf()) {
    windows.push(windowRecord(measured, next, plan, voidOf(next, lateSeconds)));
  }
  return windows;
}
