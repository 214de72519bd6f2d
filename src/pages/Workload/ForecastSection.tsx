import React, { useMemo } from 'react';
import { Stack, Tab, TabsBar } from '@grafana/ui';
import type { Decision, WorkloadDetail } from '../../../contract/api.ts';
import { useDecisions } from '../../sidecar/useDecisions';
import { useForecast } from '../../sidecar/useForecast';
import { FailureNotice } from '../../states/FailureNotice';
import { StaleNotice } from '../../states/StaleNotice';
import { testIds } from '../../testIds';
import type { UrlTimeRange } from '../../timeRange/useUrlTimeRange';
import { ForecastPanel } from './ForecastPanel';
import { RangeSwitch } from './RangeSwitch';
import { RangeTrouble } from './RangeTrouble';
import type { UrlForecastRange } from './useForecastRange';
import { useDeployments } from './useDeployments';
import { workloadMarks } from './workloadMarks';

interface ForecastSectionProps {
  readonly detail: WorkloadDetail;
  readonly resource: string;
  readonly time: UrlTimeRange;
  readonly chosen: UrlForecastRange;
  readonly onResource: (name: string) => void;
}

const MOST_DECISIONS = 100;
const NO_DECISIONS: readonly Decision[] = [];

/** One resource at a time: what was measured, what is forecast, and how likely it exceeds the capacity. */
export function ForecastSection({ detail, resource, time, chosen, onResource }: ForecastSectionProps) {
  const { summary, ranges } = detail;
  const state = ranges.find(({ range }) => range === chosen.range);
  return (
    <Stack direction="column" gap={1}>
      <TabsBar>
        {summary.resources.map(({ name, firstShortfallAt }) => (
          <Tab
            key={name}
            label={name}
            active={name === resource}
            icon={firstShortfallAt === null ? undefined : 'exclamation-triangle'}
            onChangeTab={(event) => {
              event.preventDefault();
              onResource(name);
            }}
            data-testid={testIds.workload.resource(name)}
          />
        ))}
      </TabsBar>
      <RangeSwitch ranges={ranges} chosen={chosen} />
      <RangeTrouble range={chosen.range} state={state} />
      {state !== undefined && <Forecast detail={detail} resource={resource} time={time} chosen={chosen} />}
    </Stack>
  );
}

function Forecast({ detail, resource, time, chosen }: Omit<ForecastSectionProps, 'onResource'>) {
  const { summary } = detail;
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
  const { resource: decided } = useDecisions({ workload: summary.name, limit: MOST_DECISIONS });
  const decisions = decided.kind === 'ready' ? decided.value.decisions : NO_DECISIONS;
  const deployments = useDeployments({ workload: summary.name, rawFrom: time.rawFrom, rawTo: time.rawTo });
  const marks = useMemo(
    () => [...workloadMarks(detail.definition, decisions), ...deployments],
    [detail.definition, decisions, deployments]
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
          forecast={forecast.kind === 'ready' ? forecast.value : null}
          marks={marks}
          risk={detail.recommendation?.risk ?? detail.definition?.scaling?.risk ?? null}
          time={time}
          chosen={chosen}
          isLoading={isLoading}
        />
      )}
    </Stack>
  );
}
