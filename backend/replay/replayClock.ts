import type { Series } from '../timeseries/index.ts';
import type { ReplayService } from './replayService.ts';

const NOISE = 1e-9;

/** When policies decide, and what they know then. */
export interface ReplayClock {
  /** The first row after the warm-up. */
  readonly firstRow: number;
  readonly tickCount: number;
  secondsAt(tick: number): number;
  /** Rows known at a tick: those whose timestamp is at least the metric's lag old. */
  knownAt(tick: number): number;
  /** The row whose demand holds at a tick. */
  rowAt(tick: number): number;
  /** The last tick at or before a row's timestamp. */
  tickOf(row: number): number;
  readonly rowCount: number;
  rowSeconds(row: number): number;
}

/** A clock over the rows from `firstRow` on; decisions stand `hpa.syncSeconds` apart, the first at that row. */
export function replayClock({ grid }: Series, firstRow: number, service: ReplayService): ReplayClock {
  const { syncSeconds } = service.hpa;
  const { startSeconds, stepSeconds, length } = grid;
  const outsetSeconds = startSeconds + firstRow * stepSeconds;
  const rowsAfter = (seconds: number): number => Math.floor(seconds / stepSeconds + NOISE);
  return {
    firstRow,
    tickCount: Math.ceil(((length - firstRow) * stepSeconds) / syncSeconds - NOISE),
    secondsAt: (tick) => outsetSeconds + tick * syncSeconds,
    knownAt: (tick) =>
      Math.max(0, Math.min(length, firstRow + rowsAfter(tick * syncSeconds - service.metricLagSeconds) + 1)),
    rowAt: (tick) => Math.min(length - 1, firstRow + rowsAfter(tick * syncSeconds)),
    tickOf: (row) => Math.floor(((row - firstRow) * stepSeconds) / syncSeconds + NOISE),
    rowCount: length - firstRow,
    rowSeconds: (row) => startSeconds + row * stepSeconds,
  };
}
