import {
  forecastResponseSchema,
  type ForecastRange,
  type ForecastResponse,
  type PlanningAggregate,
} from '../../contract/api.ts';
import { toTimeRange } from '../timeRange/toTimeRange';
import { ask } from './client';
import { useResource, type Polled } from './useResource';

const INTERVAL_MS = 30_000;

/** The levels that the pages' bands need: 50 % is read between 0.2, 0.3 and 0.7, 0.8. */
export const PAGE_LEVELS = [0.025, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.975] as const;

export interface ForecastQuestion {
  readonly workload: string;
  readonly resource: string;
  readonly range: ForecastRange;
  /** Of the planning range. */
  readonly aggregate: PlanningAggregate;
  /** As in the address; relative instants are read at each question. */
  readonly rawFrom: string;
  readonly rawTo: string;
}

/** A forecast and the range it was asked for. */
export interface RangedForecast {
  readonly response: ForecastResponse;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Past and future of one series of a workload. */
export function useForecast(question: ForecastQuestion): Polled<RangedForecast> {
  const { workload, resource, range: forecastRange, aggregate, rawFrom, rawTo } = question;
  return useResource(
    async (signal) => {
      const range = toTimeRange(rawFrom, rawTo);
      const fromMs = range.from.valueOf();
      const toMs = range.to.valueOf();
      const response = await ask({
        path: `api/v1/workloads/${encodeURIComponent(workload)}/forecast`,
        params: {
          resource,
          levels: PAGE_LEVELS.join(','),
          start: Math.floor(fromMs / 1000),
          end: Math.ceil(toMs / 1000),
          range: forecastRange === 'day' ? undefined : forecastRange,
          aggregate: forecastRange === 'planning' ? aggregate : undefined,
        },
        reader: forecastResponseSchema,
        signal,
      });
      return { response, fromMs, toMs };
    },
    {
      key: ['forecast', workload, resource, forecastRange, aggregate, rawFrom, rawTo].join(' '),
      intervalMs: INTERVAL_MS,
    }
  );
}
