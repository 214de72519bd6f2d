import React from 'react';
import { useForecast } from '../sidecar/useForecast';
import { isAllowed } from '../sidecar/isAllowed';
import { PERMISSIONS } from '../sidecar/permissions';
import { missingPermission } from '../acting/missingPermission';
import { useWorkload } from '../sidecar/useWorkload';
import { FailureNotice } from '../states/FailureNotice';
import { LoadingRows } from '../states/LoadingRows';
import { testIds } from '../testIds';
import { t } from '../translations';
import { ForecastFrame } from '../pages/ForecastFrame';

/** What another app gives the exposed component; a change that breaks them is a new version of its id. */
export interface WorkloadForecastProps {
  readonly workload: string;
  /** One of its activities or resources; default its demand. */
  readonly resource?: string;
  /** As Grafana writes times; default a day back and a day ahead. */
  readonly from?: string;
  readonly to?: string;
  /** In pixels; default 300. */
  readonly height?: number;
}

const DEFAULT_HEIGHT = 300;

/** A workload's past and the bands of its future, for other apps to show beside what they know of it. */
export default function WorkloadForecast(props: WorkloadForecastProps) {
  return (
    <div data-testid={testIds.exposed.forecast}>
      {isAllowed(PERMISSIONS.read) ? <Known {...props} /> : missingPermission(PERMISSIONS.read)}
    </div>
  );
}

function Known(props: WorkloadForecastProps) {
  const { resource, reload } = useWorkload(props.workload);
  if (resource.kind === 'failed') {
    return <FailureNotice failure={resource.failure} onRetry={reload} />;
  }
  if (resource.kind === 'loading') {
    return <LoadingRows label={t('workload.loading', 'Loading the workload')} />;
  }
  const { summary } = resource.value;
  const shown = props.resource ?? summary.demand ?? summary.resources[0]?.name ?? '';
  const unit = summary.resources.find(({ name }) => name === shown)?.unit ?? '';
  return <Forecast {...props} resource={shown} unit={unit} />;
}

type ForecastProps = WorkloadForecastProps & { readonly resource: string; readonly unit: string };

function Forecast({ workload, resource, unit, from = 'now-24h', to = 'now+24h', height }: ForecastProps) {
  const forecast = useForecast({ workload, resource, range: 'day', aggregate: 'mean', rawFrom: from, rawTo: to });
  if (forecast.resource.kind === 'failed') {
    return <FailureNotice failure={forecast.resource.failure} onRetry={forecast.reload} />;
  }
  const ranged = forecast.resource.kind === 'ready' ? forecast.resource.value : null;
  return (
    <ForecastFrame
      title={`${workload}: ${resource}`}
      name={resource}
      unit={unit}
      response={ranged?.response ?? null}
      isLoading={forecast.isLoading}
      height={height ?? DEFAULT_HEIGHT}
      fromMs={ranged?.fromMs ?? 0}
      nowMs={(ranged?.response.now ?? 0) * 1000}
      testId={testIds.exposed.chart}
    />
  );
}
