import { EventBusSrv, type GrafanaTheme2, type PanelPlugin, type PanelPluginMeta } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { Alert, Combobox, Field, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import React, { useEffect, useMemo, useState } from 'react';
import { useLocation } from 'react-router';
import { loadPanelPlugin } from '../app/hostedPlugin.ts';
import { Failure } from '../shell/Failure.tsx';
import { Page } from '../shell/Page.tsx';
import { DashboardPanel } from './DashboardPanel.tsx';
import { DashboardToolbar } from './DashboardToolbar.tsx';
import { DEMO_PLUGINS, demoPanels } from './demoPanels.ts';
import { useDashboardTime } from './useDashboardTime.ts';
import { useFleet } from './useFleet.ts';

type LoadedPlugins = ReadonlyMap<string, PanelPlugin>;

/** A dashboard that hosts the nested panels over the sidecar's Prometheus API. */
export function DemoDashboard({ panels }: { readonly panels: ReadonlyMap<string, PanelPluginMeta> }) {
  const styles = useStyles2(getStyles);
  const [plugins, setPlugins] = useState<LoadedPlugins | Error | undefined>();
  const [timeZone, setTimeZone] = useState('browser');
  const fleet = useFleet();
  const time = useDashboardTime();
  const eventBus = useMemo(() => new EventBusSrv(), []);
  const chosen = new URLSearchParams(useLocation().search).get('var-workload');
  useEffect(() => {
    loadPlugins(panels).then(setPlugins, setPlugins);
  }, [panels]);
  const members = fleet.kind === 'loaded' ? fleet.members : [];
  const member = members.find(({ name }) => name === chosen) ?? members[0];
  const models = useMemo(() => (member === undefined ? [] : demoPanels(member.name, member.resources)), [member]);
  return (
    <Page pageNav={{ text: 'Demo dashboard' }} actions={<DashboardToolbar {...{ time, timeZone, setTimeZone }} />}>
      {plugins instanceof Error && <Failure error={plugins} />}
      {fleet.kind === 'failed' && <Alert severity="error" title={fleet.message} />}
      {fleet.kind === 'loaded' && members.length === 0 && (
        <Alert severity="info" title="The sidecar has measured nothing yet" />
      )}
      {(plugins === undefined || fleet.kind === 'loading') && <LoadingPlaceholder text="Loading the panels" />}
      {member !== undefined && plugins !== undefined && !(plugins instanceof Error) && (
        <>
          <Field label="Workload" className={styles.variable}>
            <Combobox
              id="workload"
              options={members.map(({ name }) => ({ label: name, value: name }))}
              value={member.name}
              onChange={({ value }) => locationService.partial({ 'var-workload': value })}
            />
          </Field>
          <div className={styles.grid}>
            {models.map((model) => {
              const plugin = plugins.get(model.pluginId);
              return plugin === undefined ? null : (
                <DashboardPanel key={`${member.name} ${model.id}`} {...{ model, plugin, time, timeZone, eventBus }} />
              );
            })}
          </div>
        </>
      )}
    </Page>
  );
}

async function loadPlugins(panels: ReadonlyMap<string, PanelPluginMeta>): Promise<LoadedPlugins> {
  const loaded = await Promise.all(
    DEMO_PLUGINS.map(async (id) => {
      const meta = panels.get(id);
      if (meta === undefined) {
        throw new Error(`The app includes no panel ${id}`);
      }
      return [id, await loadPanelPlugin(meta)] as const;
    })
  );
  return new Map(loaded);
}

const getStyles = (theme: GrafanaTheme2) => ({
  variable: css({ maxWidth: 320 }),
  grid: css({
    display: 'grid',
    gap: theme.spacing(1),
    gridTemplateColumns: 'minmax(0, 1fr)',
    [theme.breakpoints.up('xl')]: { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))' },
  }),
});
