import { usePluginComponent } from '@grafana/runtime';
import { LoadingPlaceholder } from '@grafana/ui';
import React from 'react';
import { useLocation } from 'react-router';
import { useFleet } from '../dashboard/useFleet.ts';
import { PLUGIN_ID } from '../pluginId.ts';
import { Page } from '../shell/Page.tsx';

interface ForecastProps {
  readonly workload: string;
}

/** A page of somebody else's app that shows the component which ours exposes. */
export function OtherApp() {
  const { component: Forecast, isLoading } = usePluginComponent<ForecastProps>(`${PLUGIN_ID}/workload-forecast/v1`);
  const fleet = useFleet();
  const asked = new URLSearchParams(useLocation().search).get('workload');
  const workload = asked ?? (fleet.kind === 'loaded' ? fleet.members[0]?.name : undefined);
  return (
    <Page pageNav={{ text: 'Another app' }} subTitle="What Headroom exposes, in a page that is not its own.">
      {isLoading || workload === undefined ? (
        <LoadingPlaceholder text="Loading" />
      ) : Forecast === null || Forecast === undefined ? (
        <p>Nothing of that name is exposed.</p>
      ) : (
        <Forecast workload={workload} />
      )}
    </Page>
  );
}
