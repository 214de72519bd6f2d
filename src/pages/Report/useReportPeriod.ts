import { useCallback, useMemo } from 'react';
import { dateMath } from '@grafana/data';
import { useSearchParams } from 'react-router-dom';
import { PARAMS } from '../../routes';
import { isEpochMs } from '../../timeRange/toTimeRange';

const DAY_SECONDS = 86_400;

/** Periods that can be chosen by name, as the address writes them. */
export const PERIODS = {
  week: { from: 'now-7d/d', to: 'now/d' },
  month: { from: 'now-30d/d', to: 'now/d' },
  quarter: { from: 'now-90d/d', to: 'now/d' },
  thisMonth: { from: 'now/M', to: 'now/d' },
  lastMonth: { from: 'now-1M/M', to: 'now/M' },
} as const;
export type PeriodName = keyof typeof PERIODS;

export interface ReportPeriod {
  /** Epoch seconds of whole UTC days; the end's day is not in it. */
  readonly start: number;
  readonly end: number;
  /** Null for one that has no name. */
  readonly name: PeriodName | null;
  readonly choose: (name: PeriodName) => void;
}

/** The period in the address, in whole UTC days; the last 30 by default. */
export function useReportPeriod(): ReportPeriod {
  const [params, setParams] = useSearchParams();
  const from = params.get(PARAMS.from) ?? PERIODS.month.from;
  const to = params.get(PARAMS.to) ?? PERIODS.month.to;
  const choose = useCallback(
    (name: PeriodName) =>
      setParams((before) => {
        const after = new URLSearchParams(before);
        after.set(PARAMS.from, PERIODS[name].from);
        after.set(PARAMS.to, PERIODS[name].to);
        return after;
      }),
    [setParams]
  );
  return useMemo(() => {
    const end = dayOf(to) ?? dayOf(PERIODS.month.to) ?? 0;
    const asked = dayOf(from);
    const start = asked !== undefined && asked < end ? asked : end - 30 * DAY_SECONDS;
    const names = Object.keys(PERIODS) as PeriodName[];
    const name = names.find((each) => PERIODS[each].from === from && PERIODS[each].to === to) ?? null;
    return { start, end, name, choose };
  }, [from, to, choose]);
}

/** The start of the UTC day of an instant as the address writes it. */
function dayOf(text: string): number | undefined {
  const ms = isEpochMs(text) ? Number(text) : dateMath.toDateTime(text, { roundUp: false, timezone: 'utc' })?.valueOf();
  return ms === undefined || Number.isNaN(ms) ? undefined : Math.floor(ms / 1000 / DAY_SECONDS) * DAY_SECONDS;
}
