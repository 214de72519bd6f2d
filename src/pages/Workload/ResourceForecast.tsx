import React, { useMemo } from 'react';
import { Stack } from '@grafana/ui';
import type { WorkloadDetail } from '../../../contract/api.ts';
import type { Mark } from '../../charts/marks';
import { planFan } from '../../recommendation/planFan';
import { useForecast } from '../../sidecar/useForecast';
import { FailureNotice } from '../../states/FailureNotice';
import { StaleNotice } from '../../states/StaleNotice';
import type { UrlTimeRange } from '../../timeRange/useUrlTimeRange';
import { ForecastPanel } from './ForecastPanel';
import type { UrlForecastRange } from './useForecastRange';

interface ResourceForecastProps {
  readonly detail: WorkloadDetail;
  readonly resource: string;
  readonly marks: readonly Mark[];
  readonly time: UrlTimeRange;
  readonly chosen: UrlForecastRange;
  /** Charts of one scope share their cursor. */
  readonly scope: string;
  readonly height: number;
}

/** One resource, asked for and drawn: what was measured, what is forecast, its capacity now and by the plan. */
export function ResourceForecast({ detail, resource, marks, time, chosen, scope, height }: ResourceForecastProps) {
  const { summary, recommendation, definition } = detail;
  const {
    resource: forecast,
    isLoading,
    reload,
  } = useForecast({
    workload: summary.name,
    resource,
    range: chosen.range,
    aggregate: chosen.aggregate,
    rawFrom: time.rawFrom,
    rawTo: time.rawTo,
  });
  const known = forecast.kind === 'ready' ? forecast.value : null;
  const plan = useMemo(
    () =>
      known === null || recommendation === null || chosen.range === 'planning'
        ? undefined
        : planFan(known.response, recommendation),
    [known, recommendation, chosen.range]
  );
  return (
    <Stack direction="column" gap={1}>
      {forecast.kind === 'failed' && <FailureNotice failure={forecast.failure} onRetry={reload} />}
      {forecast.kind === 'ready' && forecast.failure !== null && (
        <StaleNotice failure={forecast.failure} loadedAtMs={forecast.loadedAtMs} onRetry={reload} />
      )}
      {forecast.kind !== 'failed' && (
        <ForecastPanel
          workload={summary}
          resource={resource}
          forecast={known}
          marks={marks}
          risk={recommendation?.risk ?? definition?.scaling?.risk ?? null}
          plan={plan}
          time={time}
          chosen={chosen}
          isLoading={isLoading}
          scope={scope}
          height={height}
        />
      )}
    </Stack>
  );
}
