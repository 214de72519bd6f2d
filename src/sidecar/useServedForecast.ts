import { forecastResponseSchema, type ForecastResponse } from '../../contract/api.ts';
import { toTimeRange } from '../timeRange/toTimeRange';
import { ask } from './client';
import { LEVELS } from './useBacktest';
import { useResource, type Polled } from './useResource';

export interface ServedQuestion {
  readonly workload: string;
  readonly resource: string;
  /** As in the address; relative instants are read as it is asked. */
  readonly rawFrom: string;
  readonly rawTo: string;
}

/** What was served of a series in a time range, a lead time ahead, at every published level, beside what came. */
export function useServedForecast(question: ServedQuestion): Polled<ForecastResponse> {
  const { workload, resource, rawFrom, rawTo } = question;
  return useResource(
    (signal) => {
      const { from, to } = toTimeRange(rawFrom, rawTo);
      return ask({
        path: `api/v1/workloads/${encodeURIComponent(workload)}/forecast`,
        params: {
          resource,
          levels: LEVELS.join(','),
          start: Math.floor(from.valueOf() / 1000),
          end: Math.ceil(to.valueOf() / 1000),
        },
        reader: forecastResponseSchema,
        signal,
      });
    },
    { key: ['served', workload, resource, rawFrom, rawTo].join(' ') }
  );
}
