import React, { useCallback, useMemo } from 'react';
import { PluginPage } from '@grafana/runtime';
import { t } from '../../translations';
import { EmptyState, LinkButton, Stack, ToolbarButton } from '@grafana/ui';
import { useLocation } from 'react-router-dom';
import type { WorkloadsResponse } from '../../../contract/api.ts';
import { PauseBanner } from '../../acting/PauseBanner';
import { PARAMS, setupUrl, workloadUrl } from '../../routes';
import { isAllowed } from '../../sidecar/isAllowed';
import { PERMISSIONS } from '../../sidecar/permissions';
import { useWorkloads } from '../../sidecar/useWorkloads';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { StaleNotice } from '../../states/StaleNotice';
import { testIds } from '../../testIds';
import { EmptyFleet } from './EmptyFleet';
import { filterFleet } from './fleetFilter';
import { FleetFilters } from './FleetFilters';
import { FleetSummary } from './FleetSummary';
import { FleetTable } from './FleetTable';
import { SinceYesterday } from './SinceYesterday';
import { useFleetFilter } from './useFleetFilter';

/** The fleet by urgency: which service runs short, when, and how sure that is. */
export default function Overview() {
  const { resource, isLoading, reload } = useWorkloads();
  return (
    <PluginPage
      pageNav={{ text: t('overview.title', 'Overview') }}
      subTitle={t('overview.subtitle', 'Which services will run short, when, and how sure that is.')}
      actions={
        <Stack direction="row" gap={1}>
          {isAllowed(PERMISSIONS.admin) && (
            <LinkButton variant="secondary" icon="plus" href={setupUrl()} data-testid={testIds.overview.add}>
              {t('overview.add', 'Add a workload')}
            </LinkButton>
          )}
          <ToolbarButton
            variant="canvas"
            icon={isLoading ? 'fa fa-spinner' : 'sync'}
            tooltip={t('overview.refresh', 'Refresh')}
            aria-label={t('overview.refresh', 'Refresh')}
            onClick={reload}
          />
        </Stack>
      }
    >
      <div data-testid={testIds.overview.page}>
        {resource.kind === 'loading' && <LoadingRows label={t('overview.loading', 'Loading the fleet')} />}
        {resource.kind === 'failed' && <FailureNotice failure={resource.failure} onRetry={reload} />}
        {resource.kind === 'ready' && (
          <Stack direction="column" gap={2}>
            {resource.failure !== null && (
              <StaleNotice failure={resource.failure} loadedAtMs={resource.loadedAtMs} onRetry={reload} />
            )}
            <PauseBanner onChanged={reload} />
            <Fleet fleet={resource.value} />
          </Stack>
        )}
      </div>
    </PluginPage>
  );
}

function Fleet({ fleet: { now, workloads } }: { readonly fleet: WorkloadsResponse }) {
  const [filter, changeFilter] = useFleetFilter();
  const shown = useMemo(() => filterFleet(workloads, filter), [workloads, filter]);
  const linkTo = useWorkloadLink();
  if (workloads.length === 0) {
    return <EmptyFleet />;
  }
  return (
    <>
      <FleetSummary workloads={workloads} now={now} />
      <SinceYesterday workloads={workloads} />
      <FleetFilters workloads={workloads} shown={shown.length} filter={filter} onChange={changeFilter} />
      {shown.length === 0 ? (
        <div data-testid={testIds.states.empty}>
          <EmptyState variant="not-found" message={t('overview.noMatch', 'No workload matches')} role="alert" />
        </div>
      ) : (
        <FleetTable workloads={shown} now={now} linkTo={linkTo} />
      )}
    </>
  );
}

/** Addresses of workloads that keep the time range of this page's address. */
function useWorkloadLink(): (name: string) => string {
  const { search } = useLocation();
  return useCallback(
    (name) => {
      const params = new URLSearchParams(search);
      const kept = (key: string) => params.get(key) ?? undefined;
      return workloadUrl(name, {
        [PARAMS.from]: kept(PARAMS.from),
        [PARAMS.to]: kept(PARAMS.to),
        [PARAMS.timeZone]: kept(PARAMS.timeZone),
      });
    },
    [search]
  );
}
