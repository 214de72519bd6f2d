import React from 'react';
import { type TimeOption, type TimeRange } from '@grafana/data';
import { t } from '../translations';
import { TimeRangePicker } from '@grafana/ui';
import type { UrlTimeRange } from './useUrlTimeRange';

/** The time range of a page, with ranges that reach into the future at hand. */
export function PageTimeRange({ time }: { readonly time: UrlTimeRange }) {
  const { range, timeZone, setAbsolute, setRange, setTimeZone } = time;
  const fromMs = range.from.valueOf();
  const toMs = range.to.valueOf();
  const span = toMs - fromMs;
  return (
    <TimeRangePicker
      value={range}
      timeZone={timeZone}
      quickRanges={quickRanges()}
      onChange={(next: TimeRange) => setRange(next)}
      onChangeTimeZone={setTimeZone}
      onMoveBackward={() => setAbsolute(fromMs - span / 2, toMs - span / 2)}
      onMoveForward={() => setAbsolute(fromMs + span / 2, toMs + span / 2)}
      onZoom={() => setAbsolute(fromMs - span / 2, toMs + span / 2)}
    />
  );
}

function quickRanges(): TimeOption[] {
  const around = (from: string, to: string, display: string): TimeOption => ({ from, to, display });
  return [
    around('now-24h', 'now+24h', t('timeRange.day', 'A day back, a day ahead')),
    around('now-6h', 'now+6h', t('timeRange.hours6', '6 hours back, 6 hours ahead')),
    around('now-1h', 'now+6h', t('timeRange.hour', 'An hour back, 6 hours ahead')),
    around('now-7d', 'now+24h', t('timeRange.week', 'A week back, a day ahead')),
    around('now-21d', 'now+24h', t('timeRange.weeks3', 'Three weeks back, a day ahead')),
    around('now-3h', 'now+1h', t('timeRange.near', '3 hours back, an hour ahead')),
    around('now-90d', 'now+90d', t('timeRange.planning', '90 days back, 90 days ahead')),
    around('now', 'now+24h', t('timeRange.ahead', 'The next 24 hours')),
    around('now-24h', 'now', t('timeRange.back', 'The last 24 hours')),
  ];
}
