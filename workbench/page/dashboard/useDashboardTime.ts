import { dateTime, rangeUtil, type RawTimeRange, type TimeRange } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useLocation } from 'react-router';

const DEFAULT_FROM = 'now-24h';
const DEFAULT_TO = 'now+24h';
const REFRESH_MS = 60_000;

export interface DashboardTime {
  readonly range: TimeRange;
  readonly setRange: (raw: RawTimeRange) => void;
  readonly refresh: () => void;
}

/** The dashboard's time range: kept in the address (`from`, `to`), made anew every minute as `now` goes on. */
export function useDashboardTime(): DashboardTime {
  const { search } = useLocation();
  const [tick, setTick] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => setTick((count) => count + 1), REFRESH_MS);
    return () => window.clearInterval(timer);
  }, []);
  const range = useMemo(() => {
    const params = new URLSearchParams(search);
    const raw = { from: timeOf(params.get('from'), DEFAULT_FROM), to: timeOf(params.get('to'), DEFAULT_TO) };
    return rangeUtil.convertRawToRange(raw);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a tick makes the same words mean a later time
  }, [search, tick]);
  const setRange = useCallback((raw: RawTimeRange) => {
    locationService.partial({ from: textOf(raw.from), to: textOf(raw.to) });
  }, []);
  return { range, setRange, refresh: useCallback(() => setTick((count) => count + 1), []) };
}

function timeOf(text: string | null, otherwise: string) {
  const value = text ?? otherwise;
  return /^\d+$/.test(value) ? dateTime(Number(value)) : value;
}

function textOf(time: RawTimeRange['from']): string {
  return typeof time === 'string' ? time : String(time.valueOf());
}
