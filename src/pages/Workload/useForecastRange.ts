import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  forecastRangeSchema,
  planningAggregateSchema,
  type ForecastRange,
  type PlanningAggregate,
} from '../../../contract/api.ts';
import { PARAMS } from '../../routes';
import type { RawSpan } from '../../timeRange/useUrlTimeRange';

/** What is shown of a range where the address names no time. */
export const RANGE_SPANS: Readonly<Record<ForecastRange, RawSpan>> = {
  near: { from: 'now-3h', to: 'now+1h' },
  day: { from: 'now-24h', to: 'now+24h' },
  planning: { from: 'now-90d', to: 'now+90d' },
};

export interface UrlForecastRange {
  readonly range: ForecastRange;
  /** Of the planning range; capacity is bought for peaks. */
  readonly aggregate: PlanningAggregate;
  readonly setRange: (range: ForecastRange) => void;
  readonly setAggregate: (aggregate: PlanningAggregate) => void;
}

/** The forecast range in the address; another one starts at its own time span. */
export function useForecastRange(): UrlForecastRange {
  const [params, setParams] = useSearchParams();
  const range = forecastRangeSchema.safeParse(params.get(PARAMS.range));
  const aggregate = planningAggregateSchema.safeParse(params.get(PARAMS.aggregate));
  const change = useCallback(
    (alter: (params: URLSearchParams) => void) =>
      setParams((before) => {
        const after = new URLSearchParams(before);
        alter(after);
        return after;
      }),
    [setParams]
  );
  return {
    range: range.success ? range.data : 'day',
    aggregate: aggregate.success ? aggregate.data : 'peak',
    setRange: useCallback(
      (chosen) =>
        change((after) => {
          [PARAMS.from, PARAMS.to, PARAMS.aggregate, PARAMS.range].forEach((name) => after.delete(name));
          if (chosen !== 'day') {
            after.set(PARAMS.range, chosen);
          }
        }),
      [change]
    ),
    setAggregate: useCallback((chosen) => change((after) => after.set(PARAMS.aggregate, chosen)), [change]),
  };
}
