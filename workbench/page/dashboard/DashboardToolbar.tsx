import { dateTime, type TimeRange } from '@grafana/data';
import { TimeRangePicker, ToolbarButton } from '@grafana/ui';
import React from 'react';
import { type DashboardTime } from './useDashboardTime.ts';

interface DashboardToolbarProps {
  readonly time: DashboardTime;
  readonly timeZone: string;
  readonly setTimeZone: (timeZone: string) => void;
}

const QUICK_RANGES = [
  { from: 'now-24h', to: 'now+24h', display: 'A day back, a day ahead' },
  { from: 'now-7d', to: 'now+24h', display: 'A week back, a day ahead' },
  { from: 'now-6h', to: 'now+6h', display: '6 hours back, 6 hours ahead' },
  { from: 'now', to: 'now+24h', display: 'Next 24 hours' },
  { from: 'now-24h', to: 'now', display: 'Last 24 hours' },
];

/** Time range, with ranges into the future, and refresh. */
export function DashboardToolbar({ time, timeZone, setTimeZone }: DashboardToolbarProps) {
  const { range } = time;
  const move = (share: number) => time.setRange(moved(range, share, share));
  return (
    <>
      <TimeRangePicker
        value={range}
        timeZone={timeZone}
        quickRanges={QUICK_RANGES}
        onChange={(next) => time.setRange(next.raw)}
        onChangeTimeZone={setTimeZone}
        onMoveBackward={() => move(-0.5)}
        onMoveForward={() => move(0.5)}
        onZoom={() => time.setRange(moved(range, -0.5, 0.5))}
      />
      <ToolbarButton icon="sync" tooltip="Refresh" aria-label="Refresh the dashboard" onClick={time.refresh} />
    </>
  );
}

function moved({ from, to }: TimeRange, fromShare: number, toShare: number) {
  const span = to.valueOf() - from.valueOf();
  return { from: dateTime(from.valueOf() + span * fromShare), to: dateTime(to.valueOf() + span * toShare) };
}
